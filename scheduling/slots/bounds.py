"""What bounds a start, rule by rule: the predicate asks it of one start, the sweep clears whole stretches by it."""

from collections import Counter
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from scheduling.slots.request import Person, Request, Span, Taken
from scheduling.slots.wallclock import local_day, minute_from, minute_of, week_of


class Cause(StrEnum):
    """Why a start is not offered."""

    OUTSIDE_RANGE = "outside_range"
    OFF_GRID = "off_grid"
    TOO_SOON = "too_soon"
    TOO_FAR_AHEAD = "too_far_ahead"
    CANDIDATE_BUSY = "candidate_busy"
    UNKNOWN_PERSON = "unknown_person"
    OUTSIDE_HOURS = "outside_hours"
    BUSY = "busy"
    BOOKED = "booked"
    DAY_FULL = "day_full"
    WEEK_FULL = "week_full"
    TOO_FEW_PEOPLE = "too_few_people"


def earliest(request: Request) -> int:
    """The first start that gives the notice asked for (R8)."""
    return minute_from(request.now) + request.min_notice


def latest(request: Request) -> int | None:
    """The last start within the horizon (R8), if there is one."""
    return None if request.max_horizon is None else minute_of(request.now) + request.max_horizon


class Block(NamedTuple):
    """Something in a calendar that forbids every start later than ``after`` and earlier than ``before``."""

    after: int
    before: int
    cause: Cause
    span: Span


def blocks(person: Person, request: Request) -> Iterator[Block]:
    """What ``person`` already has, with the gaps to keep around it (R5).

    Two interviews keep the larger of the gap after the first and the gap before the second, never the sum. Next to
    anything else only the gaps of the interview to come count. Gaps have to be free; they need not be working hours.
    """
    gap_before = max(person.buffer_before, request.buffer_before)
    gap_after = max(person.buffer_after, request.buffer_after)
    for start, end in person.busy:
        yield from _block(Span(start, end), Cause.BUSY, request.duration, gap_before, gap_after)
    for taken in _bookings(person, request):
        yield from _block(
            Span(taken.start, taken.end),
            Cause.BOOKED,
            request.duration,
            max(gap_before, person.buffer_after, taken.buffer_after),
            max(gap_after, person.buffer_before, taken.buffer_before),
        )


def candidate_blocks(request: Request) -> Iterator[Block]:
    """What the candidate already has. Nobody's gaps apply to it."""
    for start, end in request.candidate_busy:
        yield from _block(Span(start, end), Cause.CANDIDATE_BUSY, request.duration, 0, 0)


def _block(span: Span, cause: Cause, duration: int, gap_before: int, gap_after: int) -> Iterator[Block]:
    first_taken, first_free = minute_of(span.start), minute_from(span.end)
    if first_taken < first_free:  # an empty stretch blocks nothing
        yield Block(first_taken - duration - gap_after, first_free + gap_before, cause, span)


class Quota(NamedTuple):
    """How many interviews somebody has in each day, or week, of their own calendar, and how many they take (R9)."""

    cause: Cause
    limit: int
    period: Callable[[int], int]  # of a local day
    held: Counter[int]  # by period

    def is_used_up_on(self, day: int) -> bool:
        return self.held[self.period(day)] >= self.limit


def quotas(person: Person, request: Request) -> Iterator[Quota]:
    days = [local_day(person.zone, minute_of(taken.start)) for taken in _bookings(person, request)]
    if person.max_per_day is not None:
        yield Quota(Cause.DAY_FULL, person.max_per_day, int, Counter(days))
    if person.max_per_week is not None:
        week = partial(week_of, week_start=person.week_start)
        yield Quota(Cause.WEEK_FULL, person.max_per_week, week, Counter(map(week, days)))


def _bookings(person: Person, request: Request) -> Iterator[Taken]:
    return (taken for taken in person.bookings if taken.id not in request.exclude)
