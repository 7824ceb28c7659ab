"""What shows that whoever sets up an empty installation also installed it: a key read at a terminal, never on a page.

It follows from ``SECRET_KEY``, so nothing is stored; it opens nothing once somebody works here.
"""

from django.conf import settings
from django.utils.crypto import constant_time_compare

from hiring.lib import tokens

PURPOSE = "setup-key"


def is_needed() -> bool:
    """Whether the first page asks for it: everywhere but in development."""
    return bool(settings.FIRST_RUN_NEEDS_KEY)


def key() -> str:
    """Five groups of four letters, 100 bits."""
    return tokens.short_code(PURPOSE, b"")


def is_right(typed: str) -> bool:
    """Whether ``typed`` is the key, spaces, hyphens and small letters forgiven."""
    return constant_time_compare(tokens.read_short_code(typed), key())
