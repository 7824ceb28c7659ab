"""Moments as each side reads them: on whose day, by whose clock, how far from UTC. Always from the pinned tzdata."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hiring.lib import clock, moments
from scheduling import zones

EARLY, LATE = time(7), time(21)  # before and after, times are shown only to who asks for them


@dataclass(frozen=True, slots=True)
class Slot:
    """A time to choose. ``mark`` tells the two apart that read the same where clocks go back: ``EDT (UTC−4)``."""

    start: datetime
    clock: str
    spoken: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    name: str
    offset: str
    slots: list[Slot]


def days(starts: Iterable[datetime], zone: ZoneInfo) -> list[Day]:
    """``starts``, in order, on the days they fall on in ``zone``."""
    local = [start.astimezone(zone) for start in starts]
    return [_day(list(of_day)) for _on, of_day in groupby(local, key=lambda start: start.date())]


def is_humane(start: datetime, minutes: int, zone: ZoneInfo) -> bool:
    """Whether all of it lies between seven in the morning and nine in the evening in ``zone``."""
    begins, ends = start.astimezone(zone), (start + timedelta(minutes=minutes)).astimezone(zone)
    return begins.date() == ends.date() and begins.time() >= EARLY and ends.time() <= LATE


def when(start: datetime, end: datetime) -> str:
    """``Tuesday 1 December 2026, 11:00 – 11:45 (Lisbon time, UTC+0)``, in the zone that is current."""
    begins = timezone.localtime(start)
    return _("%(day)s, %(start)s – %(end)s (%(zone)s)") % {
        "day": date_format(begins, pgettext("date format", "l j F Y")),
        "start": at(begins),
        "end": at(timezone.localtime(end)),
        "zone": named(begins),
    }


def elsewhere(start: datetime, zone: str) -> str:
    """``12:00 in Berlin`` where that clock reads something else than the current zone's; empty where it does not."""
    here, there = timezone.localtime(start), start.astimezone(ZoneInfo(zone))
    if here.utcoffset() == there.utcoffset():
        return ""
    words = {"time": at(there), "city": clock.zone_label(zone), "offset": zones.offset(there)}
    if here.date() == there.date():
        return _("%(time)s in %(city)s (%(offset)s)") % words
    weekday = date_format(there, pgettext("date format", "l"))
    return _("%(weekday)s %(time)s in %(city)s (%(offset)s)") % {"weekday": weekday, **words}


def at(local: datetime) -> str:
    return date_format(local, pgettext("time format", "H:i"))


def named(local: datetime) -> str:
    """The current zone with its offset at ``local``: ``Lisbon time, UTC+0``."""
    zone = moments.zone()
    return zone if zone == zones.UTC else f"{zone}, {zones.offset(local)}"


def _day(local: list[datetime]) -> Day:
    name = date_format(local[0], pgettext("date format", "l j F"))
    read = [at(start) for start in local]
    twice = {text for text in read if read.count(text) > 1}
    return Day(
        on=local[0].date(),
        name=name,
        offset=zones.offset(local[0]),
        slots=[
            Slot(
                start=start,
                clock=text,
                spoken=f"{text}, {name}, {zones.offset(start)}",
                mark=f"{start.tzname()} ({zones.offset(start)})" if text in twice else "",
            )
            for start, text in zip(local, read, strict=True)
        ],
    )
