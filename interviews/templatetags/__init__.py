"""What the pages of the one-way interview say in their own way."""
