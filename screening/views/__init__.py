"""Pages of the résumé review, by audience."""
