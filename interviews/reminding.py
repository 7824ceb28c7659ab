"""Reminders by the clock: whoever has not opened the invitation, whose time is running out, who stopped halfway.

Nothing is planned ahead, so nothing has to be called off or moved: each time the clock asks, the interviews as they are
now say who is to be reminded. Only by day where the candidate is, and never of what they were told less than a day ago.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import CombinedExpression

from hiring.lib import clock, memo
from hiring.lib.actors import SYSTEM
from hiring.mail.models import Message
from hiring.pipeline import events, promises
from hiring.pipeline.models import Application, Decision
from interviews import deadlines, letters, locks, words
from interviews.models import Interview

MOST = 100  # in one go: what a crowd is owed must not keep the next beat waiting
TOLD_BY = tuple(letter.kind for letter in (words.INVITATION, words.REMINDER, words.EXTENSION, words.NEW_LINK))


@dataclass(frozen=True, slots=True)
class Reminder:
    """When a reminder may first be sent, and until when and to whom it still says something."""

    kind: str
    opens: CombinedExpression
    window: Callable[[datetime], Q]


def _left(now: datetime, *, most: int, least: int) -> Q:
    """Between so many hours are left to answer."""
    return Q(deadline_at__lte=now + timedelta(hours=most), deadline_at__gt=now + timedelta(hours=least))


def _unopened(now: datetime) -> Q:
    asked = Q(invited_at__lte=now - timedelta(hours=48), invited_at__gt=now - timedelta(hours=96))
    return asked & Q(deadline_at__gt=now + timedelta(hours=48), link__entered_at=None, consents=None)


def _begun(now: datetime) -> Q:
    return _left(now, most=24, least=6) & Q(status=Interview.Status.STARTED)


ALL = (
    Reminder("unopened", F("invited_at") + timedelta(hours=48), _unopened),
    Reminder("ending", F("deadline_at") - timedelta(hours=48), lambda now: _left(now, most=48, least=24)),
    Reminder("begun", F("deadline_at") - timedelta(hours=24), _begun),
)


def remind_due(now: datetime) -> int:
    """Write every reminder that is due at ``now``; the number written."""
    with memo.remembering():
        return sum(_remind(reminder, interview, now) for reminder in ALL for interview in _by_day(reminder, now))


def due(reminder: Reminder, now: datetime) -> QuerySet[Interview]:
    """The interviews in ``reminder``'s window, of candidates who still wait for nothing but themselves."""
    told = Message.objects.filter(
        Q(created_at__gte=OuterRef("opens_at")) | Q(created_at__gt=now - deadlines.BETWEEN_REMINDERS),
        about=OuterRef("application"),
        kind__in=TOLD_BY,
    )
    decided = Decision.objects.pending().filter(application=OuterRef("application"))
    standing = Q(stage=F("application__stage"), application__outcome=None, application__job__archived_at=None)
    way_in = Q(link__revoked_at=None, link__expires_at__gt=now)
    return (
        Interview.objects.filter(standing, way_in, reminder.window(now), status__in=locks.OPEN)
        .annotate(opens_at=reminder.opens)
        .filter(~Exists(told), ~Exists(decided))
    )


def _by_day(reminder: Reminder, now: datetime) -> list[Interview]:
    found = due(reminder, now).select_related("application__candidate").order_by("deadline_at", "pk")
    awake = (one for one in found if clock.is_daytime(now, promises.zone_of(one.application.candidate)))
    return [one for one, _number in zip(awake, range(MOST), strict=False)]


@transaction.atomic
def _remind(reminder: Reminder, found: Interview, now: datetime) -> bool:
    """Once more by the locked rows: it may have been handed in, moved on or decided about since it was found."""
    theirs = Application.objects.select_for_update(skip_locked=True).filter(pk=found.application_id)
    its = Interview.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=found.pk)
    if theirs.first() is None or its.first() is None or not due(reminder, now).filter(pk=found.pk).exists():
        return False
    whole = Interview.objects.select_related("application__candidate", "application__job", "link")
    interview = whole.get(pk=found.pk)
    letters.reminder(interview, by=SYSTEM, key=f"{reminder.kind}:{interview.deadline_at.isoformat()}")
    events.record(
        interview.application, "candidate_reminded", by=SYSTEM, interview=str(found.pk), occasion=reminder.kind
    )
    return True
