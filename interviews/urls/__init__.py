"""Where the one-way interview answers, per audience."""
