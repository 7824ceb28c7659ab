"""What is asked, what good sounds like, and what people scored."""
