"""The root of /api/v1/."""
