"""What a slot engine is asked: who, when they work, what they already have, and the round to fit in.

Instants are aware datetimes, spans of time half-open ``[start, end)``, lengths whole minutes. Ids are opaque: anything
hashable, as long as ``str(id)`` tells people apart.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple
from zoneinfo import ZoneInfo

MONDAY = 0
MINUTES_A_DAY = 24 * 60

REACH = timedelta(days=8)
"""How far outside the range asked for busy times and bookings still matter: a local week, and a day of zones."""

Number = int | float | Decimal | Fraction


class Window(NamedTuple):
    """Hours of one local day, in minutes since its midnight: ``Window(540, 1020)`` is 9 to 17 o'clock.

    Midnight at the end of the day is 1440. A window that ends at or before its start runs past midnight.
    """

    start: int
    end: int


class Span(NamedTuple):
    """A stretch of time, ``[start, end)``. An empty one blocks nothing."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class Taken:
    """An interview, or a live hold of one, that a person already has. It occupies them and counts for their limits.

    The buffers are those of its own live round; the person's own apply to it anyway.
    """

    id: Hashable
    start: datetime
    end: datetime
    buffer_before: int = 0
    buffer_after: int = 0


@dataclass(frozen=True)
class Person:
    """An interviewer, as far as the calendar is concerned.

    An override replaces everything on its local date, what the evening before would spill into it included; no windows
    mean the day is closed. Limits of ``None`` do not limit. ``load`` is what counts as already carried (R13), an offset
    for those who joined late included; ``weight`` the share they should carry.
    """

    id: Hashable
    zone: ZoneInfo
    weekly: Mapping[int, Sequence[Window]] = field(default_factory=dict)  # by weekday, Monday 0
    overrides: Mapping[date, Sequence[Window]] = field(default_factory=dict)
    busy: Sequence[tuple[datetime, datetime]] = ()
    bookings: Sequence[Taken] = ()
    buffer_before: int = 0
    buffer_after: int = 0
    max_per_day: int | None = None
    max_per_week: int | None = None
    week_start: int = MONDAY
    load: Number = 0
    weight: Number = 1
    last_assigned_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.weight <= 0:
            raise ValueError(f"The weight of {self.id} has to be more than 0.")
        if not 0 <= self.week_start <= 6:  # noqa: PLR2004 - Monday to Sunday
            raise ValueError(f"The week of {self.id} has to start on a day from 0, Monday, to 6, Sunday.")


@dataclass(frozen=True)
class Request:
    """One question: which starts fit this round into these people's calendars?

    Every seat is a pool of ids and takes one of them, nobody twice. Somebody in a pool who is not in ``people`` is
    somebody we know nothing about, and so not available. The round has to lie within ``start`` and ``end``, and to
    begin no sooner than ``min_notice`` and no later than ``max_horizon`` from ``now``: elapsed time, both inclusive.
    ``exclude`` are the ids of bookings to look through: the one being moved, the candidate's own hold.
    """

    people: Mapping[Hashable, Person]
    seats: Sequence[Sequence[Hashable]]
    start: datetime
    end: datetime
    duration: int
    step: int
    grid_zone: ZoneInfo
    now: datetime
    min_notice: int = 0
    max_horizon: int | None = None
    buffer_before: int = 0
    buffer_after: int = 0
    candidate_busy: Sequence[tuple[datetime, datetime]] = ()
    exclude: frozenset[Hashable] = frozenset()

    def __post_init__(self) -> None:
        if self.duration < 1:
            raise ValueError("An interview has to last at least a minute.")
        if not 1 <= self.step <= MINUTES_A_DAY:
            raise ValueError("The step between two starts has to be from 1 minute to 1440, a day.")
        if self.start.tzinfo is None or self.end.tzinfo is None or self.now.tzinfo is None:
            raise ValueError("Start, end and now have to be instants, with a zone.")
