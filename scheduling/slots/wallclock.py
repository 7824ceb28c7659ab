"""Minutes, and what a wall clock makes of them.

Within the engine a moment is an int: whole minutes since 1970 in UTC. A *local minute* is the same count on the wall
clock of a zone, so that ``divmod(local, 1440)`` is the local day, counted from 1970, and the minute of that day.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from scheduling.slots.request import MINUTES_A_DAY

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_ORDINAL = EPOCH.toordinal()
EPOCH_WEEKDAY = EPOCH.weekday()
DAYS_A_WEEK = 7
MINUTE = timedelta(minutes=1)


def minute_of(instant: datetime) -> int:
    """The minute that ``instant`` falls in."""
    return (instant - EPOCH) // MINUTE


def minute_from(instant: datetime) -> int:
    """The first minute that does not begin before ``instant``."""
    return -((EPOCH - instant) // MINUTE)


def instant_of(minute: int) -> datetime:
    return EPOCH + minute * MINUTE


def day_of(on: date) -> int:
    return on.toordinal() - EPOCH_ORDINAL


def date_of(day: int) -> date:
    return date.fromordinal(day + EPOCH_ORDINAL)


def weekday_of(day: int) -> int:
    return (day + EPOCH_WEEKDAY) % DAYS_A_WEEK


def week_of(day: int, week_start: int) -> int:
    """The number of the week ``day`` is in, if weeks begin on the weekday ``week_start``."""
    return (day + EPOCH_WEEKDAY - week_start) // DAYS_A_WEEK


def local_minute(zone: ZoneInfo, minute: int) -> int:
    return minute + _offset(zone, minute)


def local_day(zone: ZoneInfo, minute: int) -> int:
    return local_minute(zone, minute) // MINUTES_A_DAY


class Segment(NamedTuple):
    """A stretch ``[start, end)`` all through which the wall clock is ``offset`` minutes ahead of UTC.

    Inside one nothing strange happens: local and absolute minutes differ by a constant. A skipped hour lies between two
    segments, in neither; a repeated hour lies in both.
    """

    start: int
    end: int
    offset: int

    def days(self) -> range:
        """The local days this segment has minutes of."""
        return range((self.start + self.offset) // MINUTES_A_DAY, (self.end - 1 + self.offset) // MINUTES_A_DAY + 1)

    def clip(self, local_start: int, local_end: int) -> tuple[int, int]:
        """The part of these local minutes that is in this segment, in absolute ones; the end may precede the start."""
        return max(self.start, local_start - self.offset), min(self.end, local_end - self.offset)


@lru_cache(maxsize=1024)
def segments(zone: ZoneInfo, start: int, end: int) -> tuple[Segment, ...]:
    """``[start, end)`` cut where the wall clock of ``zone`` is changed, in order."""
    return tuple(_cut(zone, start, end))


def _cut(zone: ZoneInfo, start: int, end: int) -> Iterator[Segment]:
    since, offset = start, _offset(zone, start)
    for probe in range(start, end, MINUTES_A_DAY):  # no zone ever changed its clock twice in one day
        upto = min(probe + MINUTES_A_DAY, end - 1)
        if _offset(zone, upto) == offset:
            continue
        change = _first_minute_off(zone, offset, probe, upto)
        yield Segment(since, change, offset)
        since, offset = change, _offset(zone, change)
    if since < end:
        yield Segment(since, end, offset)


def _first_minute_off(zone: ZoneInfo, offset: int, before: int, after: int) -> int:
    """By bisection: ``offset`` still holds at ``before`` and no longer at ``after``."""
    while after - before > 1:
        middle = (before + after) // 2
        if _offset(zone, middle) == offset:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, minute: int) -> int:
    local = instant_of(minute).astimezone(zone).replace(tzinfo=UTC)
    return (local - EPOCH) // MINUTE - minute
