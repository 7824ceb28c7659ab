"""What admins type about question sets, questions and anchors."""
