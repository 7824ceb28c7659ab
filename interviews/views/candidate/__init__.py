"""The candidate's pages of the one-way interview."""
