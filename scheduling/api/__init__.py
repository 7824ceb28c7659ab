"""Live rounds for programs."""
