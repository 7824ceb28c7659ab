"""The pages of live rounds."""
