"""Pages about question sets.

Whoever is signed in may read and preview them: they hold nothing about a candidate, and people should be able to read
what they score by. Only admins change them.
"""
