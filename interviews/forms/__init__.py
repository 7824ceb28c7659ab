"""What people type into the pages of the one-way interview, and what is wrong with it in their words."""
