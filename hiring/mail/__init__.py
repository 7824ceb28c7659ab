"""What we told whom."""
