"""Pages of the one-way interview, one module per audience."""
