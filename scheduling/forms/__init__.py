"""What people type in about live rounds."""
