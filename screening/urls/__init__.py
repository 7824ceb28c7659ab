"""Where the résumé review answers, per audience."""
