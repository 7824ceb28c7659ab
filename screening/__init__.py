"""Résumé review: the structured filter before anybody records."""
