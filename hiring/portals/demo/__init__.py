"""The demo company: made by calling the operations a person would call, with real recordings."""
