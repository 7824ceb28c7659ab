"""Putting people into the seats of a booking: the predicate first, the database's own wall behind it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from hiring.lib import contention
from scheduling import slots
from scheduling.models import Assignment, Booking
from scheduling.rules import NotOffered, SlotTaken

OVERLAPS = "23P01"
MOST_TRIES = 20  # ways to fill the seats that are tried before the time counts as taken


def refuse_impossible(request: slots.Request, start: datetime) -> None:
    """Raise ``SlotTaken`` where somebody's calendar is in the way, ``NotOffered`` for what no calendar would allow."""
    if slots.feasible(request, start):
        return
    if slots.feasible(with_empty_calendars(request), start):
        raise SlotTaken(_("Somebody else has just taken that time. These are still free."))
    raise NotOffered(_("That time cannot be chosen. Please take one of these."))


def seat(booking: Booking, request: slots.Request, start: datetime, *, rather: Sequence[UUID] = ()) -> None:
    """Give ``booking`` its people from ``start`` on: those of ``rather`` if they can, else the fairest who can.

    Raises ``SlotTaken`` when everybody who could was given away meanwhile.
    """
    seats = list(booking.round.seats.order_by("position"))
    during = DateTimeTZRange(start, start + timedelta(minutes=request.duration))
    for people in islice(_ways(request, start, rather), MOST_TRIES):
        rows = [
            Assignment(booking=booking, seat=chair, interviewer_id=person, during=during)
            for chair, person in zip(seats, people, strict=True)
        ]
        try:
            with transaction.atomic():
                Assignment.objects.bulk_create(sorted(rows, key=lambda row: row.interviewer_id))
        except IntegrityError as error:
            if contention.pgcode(error) != OVERLAPS:
                raise
        else:
            return
    raise SlotTaken(_("Somebody else has just taken that time. These are still free."))


def release(booking: Booking) -> None:
    """What ``booking`` took of people's time is free again; who would have sat there stays to be read."""
    booking.assignments.update(occupies=False)


def people_of(booking: Booking) -> list[UUID]:
    """Who sits in ``booking``, in the order of the seats."""
    return list(booking.assignments.order_by("seat__position", "pk").values_list("interviewer_id", flat=True))


def _ways(request: slots.Request, start: datetime, rather: Sequence[UUID]) -> Iterator[tuple[UUID, ...]]:
    if len(rather) == len(request.seats) and all(
        person in pool for person, pool in zip(rather, request.seats, strict=True)
    ):
        same = replace(request, seats=tuple((person,) for person in rather))
        if slots.feasible(same, start):
            yield tuple(rather)
    yield from slots.assignments(request, start)  # type: ignore[misc] # ids are opaque to the engine, ours are UUIDs


def with_empty_calendars(request: slots.Request) -> slots.Request:
    """The same question to people who have nothing but their hours."""
    free = {
        pk: replace(person, busy=(), bookings=(), max_per_day=None, max_per_week=None)
        for pk, person in request.people.items()
    }
    return replace(request, people=free, candidate_busy=())
