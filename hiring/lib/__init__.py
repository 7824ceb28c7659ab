"""Knows no app: storage, tokens, errors, the clock, fragments."""
