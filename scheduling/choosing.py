"""The page of times as one candidate sees it: in their zone, grouped by their days, with what they should know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from hiring.pipeline import promises
from scheduling import queries, slots, times, zones
from scheduling.models import Booking, InterviewerProfile, LiveRound, Offer
from scheduling.times import Day

FOR_QUESTIONS = 10  # minutes of every conversation that are the candidate's


@dataclass(frozen=True, slots=True)
class Choice:
    """``days`` hold the times shown. ``hidden`` counts the early and late ones that are not, ``held`` is their own."""

    days: list[Day]
    hidden: int
    is_empty: bool
    held: Booking | None
    held_on: date | None
    zone: str
    zone_label: str
    zones: list[tuple[str, list[tuple[str, str]]]]


def choice(
    made: Offer,
    live: LiveRound,
    now: datetime,
    *,
    all_hours: bool = False,
    moving: Booking | None = None,
    free: Sequence[datetime] | None = None,
) -> Choice:
    """What ``made`` offers at ``now``; with ``moving``, what that booking could be moved to.

    ``free`` are the starts where somebody has just asked for them.
    """
    zone = promises.zone_of(made.application.candidate)
    if free is None:
        free = starts(made, live, now, moving=moving)
    found = [start for start in free if moving is None or start != moving.start_at]
    humane = [start for start in found if times.is_humane(start, live.minutes, zone)]
    shows_all = all_hours or not humane  # a page that offers nothing but a button would be a riddle
    held = made.bookings.filter(state=Booking.State.HELD, expires_at__gt=now).first()
    return Choice(
        days=times.days(found if shows_all else humane, zone),
        hidden=0 if shows_all else len(found) - len(humane),
        is_empty=not found,
        held=held,
        held_on=held.start_at.astimezone(zone).date() if held else None,
        zone=zone.key,
        zone_label=zones.label(zone.key, found[0] if found else now),
        zones=zones.groups(now),
    )


def starts(made: Offer, live: LiveRound, now: datetime, *, moving: Booking | None = None) -> list[datetime]:
    """Every start ``made`` offers at ``now``, in UTC; with ``moving``, every other one that booking could have."""
    found = slots.starts(queries.request(live, now, of=made, exclude=[moving.pk] if moving else []))
    return [start for start in found if moving is None or start != moving.start_at]


def days_to_move(booking: Booking, now: datetime, zone: ZoneInfo) -> list[Day]:
    """What ``booking`` could be moved to at ``now``, on the days of ``zone``; at any hour."""
    return times.days(starts(booking.offer, booking.round, now, moving=booking), zone)


def minutes_of(live: LiveRound) -> tuple[int, int]:
    """How long it takes, and how much of that is for the candidate's questions."""
    return live.minutes, min(FOR_QUESTIONS, live.minutes // 2)


def people(live: LiveRound, booking: Booking | None) -> Sequence[InterviewerProfile]:
    """Whom the candidate meets: those who sit in ``booking``, or before there is one, all who might."""
    return queries.interviewers_of(booking) if booking else queries.everybody(live)


def is_settled(live: LiveRound) -> bool:
    """Whether everybody who might come does: no seat has a choice of people."""
    return len(queries.everybody(live)) == live.seats.count()


def zone_of(made: Offer) -> ZoneInfo:
    return promises.zone_of(made.application.candidate)
