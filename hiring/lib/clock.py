"""Days and deadlines on somebody's calendar. Pure: zones, working days and the moment come from the caller."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

LAST_SECOND = time(23, 59, 59)
DAY_BEGINS, DAY_ENDS = time(8), time(20)
MONDAY_TO_FRIDAY = frozenset({0, 1, 2, 3, 4})


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The last second of ``day`` in ``zone``; of two such seconds, when clocks go back at midnight, the later."""
    return datetime.combine(day, LAST_SECOND, zone).replace(fold=1)


def end_of_day_after(moment: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The last second of the day that is ``days`` days after the one ``moment`` falls on in ``zone``."""
    return end_of_day(moment.astimezone(zone).date() + timedelta(days=days), zone)


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """What the wall clock reading ``local`` in ``zone`` means, in UTC, as RFC 5545 (3.3.5) has it.

    A reading that comes twice means its first time; one that is skipped is counted on from the time before the gap.
    """
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def readings(local: datetime, zone: ZoneInfo) -> list[datetime]:
    """Every instant, in UTC, at which the wall clock in ``zone`` reads ``local``: one, none in a gap, or two.

    Ask this of what a person typed: none is worth a message, two are worth a question. ``instant`` decides by itself.
    """
    both = sorted({local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)})
    return [moment for moment in both if moment.astimezone(zone).replace(tzinfo=None, fold=0) == local]


def business_days_after(day: date, count: int, *, working_days: Collection[int], holidays: Collection[date]) -> date:
    """The ``count``-th working day after ``day``, which itself does not count.

    ``working_days`` are weekday numbers, Monday 0. Nobody works on no day: an empty one means Monday to Friday.
    """
    weekdays = working_days or MONDAY_TO_FRIDAY
    for _ in range(count):
        day += timedelta(days=1)
        while day.weekday() not in weekdays or day in holidays:
            day += timedelta(days=1)
    return day


def is_daytime(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether it is between 08:00 and 20:00 in ``zone``: when mail that can wait may be sent."""
    return DAY_BEGINS <= moment.astimezone(zone).time() < DAY_ENDS


def zone_label(zone: str) -> str:
    """What people call the zone ``zone``: the city of ``America/New_York`` is ``New York``; ``UTC`` stays."""
    return zone.rpartition("/")[2].replace("_", " ")


def is_zone(name: str) -> bool:
    """Whether ``name`` is an IANA zone, like ``Europe/Paris``."""
    return name in _zones()


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())  # walks the whole tzdata package
