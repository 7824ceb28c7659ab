"""Doing something for its words alone: what would be written is taken back, what would be mailed is read."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import transaction

from hiring.lib import tokens
from hiring.mail.letters import Filled, Letter


@dataclass(frozen=True, slots=True)
class Draft:
    """A message that would leave, word for word but for the reader's own link."""

    letter: Letter
    email: str
    name: str
    filled: Filled


_drafts: ContextVar[list[Draft] | None] = ContextVar("drafts", default=None)


@contextmanager
def rehearsing() -> Iterator[list[Draft]]:
    """Within, operations do what they always do, but at the end every row is taken back and nothing is sent; the list
    holds what would have been, in order. What refuses, refuses as in earnest.

    Never around what calls another system: only rows can be taken back.
    """
    drafts: list[Draft] = []
    token = _drafts.set(drafts)
    try:
        with transaction.atomic():
            yield drafts
            transaction.set_rollback(True)
    finally:
        _drafts.reset(token)


def current() -> list[Draft] | None:
    """Where drafts go now; ``None`` in earnest."""
    return _drafts.get()


def stamp(drafts: Sequence[Draft]) -> str:
    """Which words these are, to notice that they are no longer those somebody read."""
    words = [part for draft in drafts for part in (draft.email, draft.filled.subject, draft.filled.text)]
    return tokens.fingerprint("\0".join(words))
