"""What reviewers see of the résumé review."""
