"""Pages that span stages, one module per audience."""
