"""Jobs, candidates, applications and the one door through which they move."""
