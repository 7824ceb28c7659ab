"""Model pieces every app uses."""

import secrets
import time
import uuid
from threading import Lock

from django.db import models


class UUIDModel(models.Model):
    """A row with a random public id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class _Stamps:
    """Numbers that only grow: milliseconds, and twelve bits to count within one; a clock that stands counts on."""

    def __init__(self) -> None:
        self._lock, self._last = Lock(), 0

    def next(self) -> int:
        with self._lock:
            self._last = max(self._last + 1, time.time_ns() // 1_000_000 << 12)
            return self._last


_stamps = _Stamps()


def uuid_in_order() -> uuid.UUID:
    """A version 7 id (RFC 9562): after every one this process made before, after others' by the millisecond."""
    stamp = _stamps.next()
    return uuid.UUID(int=stamp >> 12 << 80 | 7 << 76 | (stamp & 0xFFF) << 64 | 2 << 62 | secrets.randbits(62))
