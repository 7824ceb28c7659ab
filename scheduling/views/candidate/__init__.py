"""Choosing a time, and living with it."""
