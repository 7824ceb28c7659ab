"""Secrets in links and cookies: 256 bits each, only their SHA-256 stored.

A link's secret is derived from its row's id and ``SECRET_KEY``, so that a mail can be written again without the
secret ever being stored; a cookie's is random, because nobody needs to see it twice.
"""

import base64
import hashlib
import hmac
import re
import secrets
from uuid import UUID

from django.conf import settings

NOT_A_LETTER = re.compile(r"[^A-Z2-7]")
# What people type for the letters that look alike; base32 has no 0, 1 or 8, so nothing is lost.
LOOKALIKES = str.maketrans({"0": "O", "1": "I", "8": "B"})


def derive(purpose: str, row: UUID) -> str:
    """The 256-bit secret of the row ``row`` used for ``purpose``, URL-safe, 43 characters."""
    key = hashlib.sha256(f"{purpose}:{settings.SECRET_KEY}".encode()).digest()
    digest = hmac.new(key, row.bytes, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def generate() -> str:
    """A fresh 256-bit secret, URL-safe, 43 characters."""
    return secrets.token_urlsafe(32)


def fingerprint(secret: str) -> str:
    """What is stored of a secret: its SHA-256, 64 hex digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def short_code(purpose: str, content: bytes, *, groups: int = 5) -> str:
    """An HMAC of ``content`` people can read aloud: ``groups`` of four base32 letters, 20 bits each.

    Five groups are 100 bits (DESIGN §5.5). The alphabet is RFC 4648 base32, which has no 0, 1, 8 or 9.
    """
    key = hashlib.sha256(f"{purpose}:{settings.SECRET_KEY}".encode()).digest()
    letters = base64.b32encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    return _grouped(letters, groups)


def read_short_code(typed: str, *, groups: int = 5) -> str:
    """The short code somebody typed, as it is written; ``""`` for what cannot be one.

    Spaces, hyphens and small letters are forgiven, and digits typed for letters.
    """
    letters = NOT_A_LETTER.sub("", typed[:200].upper().translate(LOOKALIKES))
    return _grouped(letters, groups) if len(letters) == groups * 4 else ""


def _grouped(letters: str, groups: int) -> str:
    return "-".join(letters[start : start + 4] for start in range(0, groups * 4, 4))
