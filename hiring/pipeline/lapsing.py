"""Before a promise lapses: the team is warned, then the candidate is told that it takes longer, with a new day."""

from datetime import datetime, timedelta

from django.db import transaction

from hiring.lib.actors import SYSTEM
from hiring.pipeline import events, letters, promises
from hiring.pipeline.models import Obligation

WARN_BEFORE = timedelta(hours=24)
TELL_BEFORE = timedelta(hours=4)


def warn_due(now: datetime) -> int:
    """Tell the recruiters of every promise that lapses within a day, once each; how many were warned of."""
    owed = Obligation.objects.owed().filter(warned_at__isnull=True, due_at__lte=now + WARN_BEFORE, **OPEN)
    return sum(_warn(promise, now) for promise in owed)


def renew_due(now: datetime) -> int:
    """Tell every candidate whose answer will be late, before it is; how many were told."""
    owed = Obligation.objects.owed().filter(warned_at__isnull=False, due_at__lte=now + TELL_BEFORE, **OPEN)
    return sum(_renew(promise, now) for promise in owed)


OPEN = {"application__outcome__isnull": True}


@transaction.atomic
def _warn(promise: Obligation, now: datetime) -> bool:
    """Two sweeps at once warn once: the second finds the row claimed."""
    claimed = Obligation.objects.owed().filter(pk=promise.pk, warned_at__isnull=True).update(warned_at=now)
    if claimed:
        letters.promise_due(promise)
        events.record(promise.application, "promise_lapsing", by=SYSTEM, obligation=str(promise.pk))
    return bool(claimed)


@transaction.atomic
def _renew(promise: Obligation, now: datetime) -> bool:
    claimed = Obligation.objects.owed().filter(pk=promise.pk).update(lapsed_at=now)
    if claimed:
        renewed = promises.promise_decision(promise.application, since=max(now, promise.due_at))
        letters.still_on_it(promise, renewed)
        events.record(promise.application, "promise_renewed", by=SYSTEM, obligation=str(renewed.pk))
    return bool(claimed)
