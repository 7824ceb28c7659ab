"""A worker's hold on a take: claimed for a short while, kept by a heartbeat, every later write fenced by the attempt.

A worker that is killed loses its hold when the lease runs out; one that was only asleep finds its writes refused.
"""

import contextlib
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import DatabaseError, connection, transaction
from django.db.models import F, Q

from hiring.lib.actors import SYSTEM
from hiring.pipeline import events
from interviews import rules, takes
from interviews.models import Take

LEASE = timedelta(seconds=45)
HEARTBEAT_SECONDS = 15.0
FINISHING_ALLOWED = F("attempts_allowed") + rules.ATTEMPTS
WORKABLE = Q(state=Take.State.RECEIVED, attempt__lt=F("attempts_allowed")) | Q(
    state=Take.State.PLAYABLE, attempt__lt=FINISHING_ALLOWED
)

logger = logging.getLogger(__name__)


class Superseded(Exception):
    """Another worker holds the take by now; nothing this one does counts any more."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on ``take`` as its ``attempt``."""

    take: Take
    attempt: int

    @property
    def patience(self) -> int:
        """1 at the first of the attempts allowed to make it playable, `rules.ATTEMPTS` at the last, then more."""
        return self.attempt - self.take.attempts_allowed + rules.ATTEMPTS

    @property
    def is_last(self) -> bool:
        is_playable = self.take.state == Take.State.PLAYABLE
        return self.patience >= (2 * rules.ATTEMPTS if is_playable else rules.ATTEMPTS)

    def write(self, **fields: object) -> None:
        """Change the row, provided this attempt still is the current one. Raises ``Superseded``."""
        if not Take.objects.filter(pk=self.take.pk, attempt=self.attempt).update(**fields):
            raise Superseded
        for name, value in fields.items():
            setattr(self.take, name, value)


def claim(take: UUID) -> Claim | None:
    """The take for one attempt, or ``None``: nothing to do, somebody holds it, or its attempts are used up."""
    mine = Take.objects.filter(WORKABLE, takes.unleased(), pk=take, next_attempt_at__isnull=False)
    with transaction.atomic():
        if not mine.update(attempt=F("attempt") + 1, lease_until=takes.later(LEASE)):
            return None
        row = Take.objects.select_related("answer__question", "answer__interview__application").get(pk=take)
    return Claim(row, row.attempt)


@contextlib.contextmanager
def kept(held: Claim) -> Iterator[None]:
    """Renew the lease every 15 seconds while the block runs, from a thread with a connection of its own."""
    done = threading.Event()
    thread = threading.Thread(target=_beat, args=(held, done), name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _beat(held: Claim, done: threading.Event) -> None:
    try:
        while not done.wait(HEARTBEAT_SECONDS):
            with contextlib.suppress(DatabaseError):  # away for a moment: the next beat may reach it
                Take.objects.filter(pk=held.take.pk, attempt=held.attempt).update(lease_until=takes.later(LEASE))
    finally:
        connection.close()


@transaction.atomic
def give_up_exhausted() -> int:
    """Fail the takes whose last attempt ended without a word (its worker was killed); the number of them."""
    silent = Take.objects.filter(takes.unleased(), next_attempt_at__isnull=False)
    silent.filter(state=Take.State.PLAYABLE, attempt__gte=FINISHING_ALLOWED).update(next_attempt_at=None)
    exhausted = silent.filter(state=Take.State.RECEIVED, attempt__gte=F("attempts_allowed"))
    rows = exhausted.select_related("answer__interview__application").select_for_update(of=("self",), skip_locked=True)
    given_up = list(rows)
    Take.objects.filter(pk__in=[take.pk for take in given_up]).update(
        state=Take.State.FAILED,
        failure=Take.Failure.BUG,
        failure_text="every attempt ended without a word",
        next_attempt_at=None,
        lease_until=None,
    )
    for take in given_up:
        application = take.answer.interview.application
        events.record(application, "answer_failed", by=SYSTEM, take=str(take.pk), reason=Take.Failure.BUG)
    return len(given_up)
