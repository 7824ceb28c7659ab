"""What a round is, and who is coming."""
