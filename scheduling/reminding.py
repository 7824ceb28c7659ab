"""Reminders: whoever is due one gets it once, and nobody is reminded of what no longer stands.

Of what is booked nothing is planned ahead, so nothing has to be called off: each time the clock asks, the bookings as
they are now say who is to be reminded. A reminder that could only be sent with less than half its lead left is not sent
at all. Of a time still to be chosen people remind.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hiring.lib.actors import Actor
from hiring.lib.errors import Refusal
from hiring.mail.models import Message
from hiring.pipeline import events, links, transitions
from hiring.pipeline.models import Application
from scheduling import letters, locks, rules
from scheduling.models import Booking, LiveRound, Offer

BETWEEN_REMINDERS = timedelta(hours=20)  # "once a day", whatever the hour
UNREACHED = (Message.State.FAILED, Message.State.BOUNCED)


class NothingToChoose(Refusal):
    """There is no time this candidate could choose now; the text says why."""

    code = "nothing_to_choose"


class RemindedAlready(Refusal):
    code = "reminded_already"


@dataclass(frozen=True, slots=True)
class Reminder:
    """Who is told so long before the start, in which words; ``kind`` is part of the key by which it is said once."""

    kind: str
    lead: timedelta
    say: Callable[[Booking], object]


def _before(kind: str, soon: str | Promise) -> Callable[[Booking], object]:
    return lambda booking: letters.remind_candidate(booking, kind=kind, soon=soon)


ALL = (
    Reminder("day", timedelta(hours=24), _before("day", _("in a day"))),
    Reminder("hour", timedelta(hours=1), _before("hour", _("in an hour"))),
    Reminder("team", timedelta(minutes=15), letters.remind_team),
)


def remind_due(now: datetime) -> int:
    """Write every reminder that is due at ``now``; the number of bookings reminded of."""
    return sum(_remind(reminder, booking.pk, now) for reminder in ALL for booking in due(reminder, now))


def due(reminder: Reminder, now: datetime) -> QuerySet[Booking]:
    """Agreed bookings in ``reminder``'s window, agreed before it opened: whoever has just booked was told just now."""
    opens = F("start_at") - reminder.lead
    coming = Booking.objects.filter(state=Booking.State.CONFIRMED, offer__application__outcome=None)
    in_window = coming.filter(start_at__lte=now + reminder.lead, start_at__gte=now + reminder.lead / 2)
    return in_window.filter(changed_at__lt=opens)


@transaction.atomic
def _remind(reminder: Reminder, pk: UUID, now: datetime) -> bool:
    """Once more by the locked row: it may have been moved or called off since it was found. Said already is said."""
    locked = Booking.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if locked is None or not due(reminder, now).filter(pk=pk).exists() or _is_said(reminder, locked):
        return False
    related = ("round__stage", "offer__application__candidate", "offer__application__job", "offer__offered_by")
    reminder.say(Booking.objects.select_related(*related).get(pk=pk))
    return True


def _is_said(reminder: Reminder, booking: Booking) -> bool:
    key = f"{booking.pk}:{booking.sequence}"
    if reminder.kind == "team":
        return Message.objects.filter(dedupe_key__startswith=f"team-booking-reminder:{key}:").exists()
    return Message.objects.filter(dedupe_key=f"booking-reminder:{key}:{reminder.kind}").exists()


@transaction.atomic
def remind_to_choose(application: Application, *, by: Actor) -> Message:
    """Tell somebody who may choose a time and has not that they still can: one event.

    Refuses with ``NothingToChoose`` where no offer stands open or a time is chosen, with ``RemindedAlready`` within a
    day of the offer or of the last reminder.
    """
    now, name = timezone.now(), {"name": application.candidate}
    made = Offer.objects.filter(application=application, stage=application.stage_id, closed_at=None).first()
    if made is None:
        raise NothingToChoose(gettext("%(name)s has not been sent any times yet.") % name)
    current = locks.offer(made)
    transitions.refuse_decided(current.application)
    if current.bookings.filter(state__in=Booking.SETTLED).exists():
        raise NothingToChoose(gettext("%(name)s has chosen a time already.") % name)
    if not rules.may_choose(current, now) or not links.is_open(current.link):
        raise NothingToChoose(gettext("The time to choose is over for %(name)s. Send a new link instead.") % name)
    said = Message.objects.filter(dedupe_key__startswith=f"booking-offer-reminder:{current.pk}:")
    told = Message.objects.filter(dedupe_key=f"booking-offer:{current.pk}") | said
    if told.exclude(state__in=UNREACHED).filter(created_at__gt=now - BETWEEN_REMINDERS).exists():
        raise RemindedAlready(gettext("%(name)s was written to within the last day. Once a day is enough.") % name)
    live = LiveRound.objects.select_related("stage").get(stage=current.stage_id)
    message = letters.still_to_choose(current, live, number=said.count() + 1, by=by)
    events.record(current.application, "candidate_reminded", by=by, offer=str(current.pk))
    return message
