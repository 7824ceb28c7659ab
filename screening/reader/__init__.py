"""Reads the bytes of a stranger's document. Knows no Django, no database and no network.

Run by `screening.reading` as a process of its own with limits (`run.py`); nothing here is called in the web process or
a worker.
"""
