"""Where live rounds answer, per audience."""
