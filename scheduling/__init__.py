"""Live rounds: the shortlist meets the team."""
