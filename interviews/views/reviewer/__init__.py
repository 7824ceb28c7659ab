"""Pages for staff: watching, scoring, asking others to score."""
