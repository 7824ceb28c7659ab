"""Somebody's calendar as the slot engine sees it, and the two weeks before them in words and lengths."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from hiring.lib import clock
from scheduling import queries, slots, windows
from scheduling.models import MINUTES_OF_DAY, Booking, BusyInterval, InterviewerProfile
from scheduling.slots import Person, Request, Span, Window

DAYS = 14
CONVERSATION = 45  # minutes: what a live round has unless somebody says otherwise
STEP = 15


@dataclass(frozen=True, slots=True)
class Special:
    """A date with hours of its own, or days off; ``pk`` is what to name to take it back."""

    pk: UUID
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What somebody has said about when they can be met."""

    zone: str
    has_hours: bool
    minutes: int
    dates: list[Special]
    times_off: list[Special]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Time in which a conversation fits, in minutes of the local day."""

    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day ahead: when somebody could be met, or in ``closed`` why not."""

    on: date
    name: str
    text: str
    stretches: Sequence[Stretch]
    closed: str


def person(profile: InterviewerProfile, now: datetime, until: datetime) -> Person:
    """``profile`` as the slot engine sees them from ``now`` to ``until``."""
    return queries.person(profile, now, now - slots.REACH, until + slots.REACH)


def summary(profile: InterviewerProfile, now: datetime) -> Summary:
    """The dates and days off that are not over yet, and how many minutes a week somebody gives."""
    zone = ZoneInfo(profile.zone)
    today = now.astimezone(zone).date()
    weekly = [Window(row.start_minute, row.end_minute) for row in profile.weekly.all()]
    dates = [row for row in profile.overrides.all() if row.on >= today]
    off = [row for row in profile.busy.all() if row.source == BusyInterval.Source.MANUAL and row.end_at > now]
    return Summary(
        zone=clock.zone_label(profile.zone),
        has_hours=bool(weekly) or any(row.windows for row in dates),
        minutes=windows.minutes(weekly),
        dates=[Special(row.pk, _named(row.on), windows.written(row.windows)) for row in dates],
        times_off=[Special(row.pk, *_first_and_last(row, zone)) for row in off],
    )


def _first_and_last(row: BusyInterval, zone: ZoneInfo) -> tuple[str, str]:
    first = row.start_at.astimezone(zone).date()
    last = (row.end_at - timedelta(minutes=1)).astimezone(zone).date()
    days = (last - first).days + 1
    name = (
        _named(first) if first == last else _("%(first)s – %(last)s") % {"first": _named(first), "last": _named(last)}
    )
    return name, ngettext("%(number)d day", "%(number)d days", days) % {"number": days}


def told(booking: Booking, zone: ZoneInfo) -> str:
    """``Wed 25 Nov, 9:00–9:45``, by the clock of ``zone``."""
    start, end = booking.start_at.astimezone(zone), booking.end_at.astimezone(zone)
    minutes = (start.hour * 60 + start.minute, end.hour * 60 + end.minute)
    return _("%(day)s, %(time)s") % {"day": _named(start.date()), "time": windows.written([minutes])}


def is_free_of(someone: Person, start: datetime, end: datetime) -> bool:
    """Whether ``[start, end)`` lies in their hours, and in no time off."""
    is_off = any(since < end and start < until for since, until in someone.busy)
    return not is_off and slots.at_work(someone, start, end) == [Span(start, end)]


def ahead(profile: InterviewerProfile, now: datetime) -> list[Day]:
    """Today and the days after it in the zone of ``profile``: when a conversation of 45 minutes could be booked."""
    someone = person(profile, now, now + timedelta(days=DAYS))
    today = now.astimezone(someone.zone).date()
    days = [today + timedelta(days=n) for n in range(DAYS)]
    request = Request(
        people={someone.id: someone},
        seats=[[someone.id]],
        start=now,
        end=_midnight(days[-1] + timedelta(days=2), someone.zone),
        duration=CONVERSATION,
        step=STEP,
        grid_zone=someone.zone,
        now=now,
    )
    found: dict[date, list[Stretch]] = defaultdict(list)
    for span in _run_together(slots.starts(request)):
        for day, stretch in _by_day(span, someone.zone):
            found[day].append(stretch)
    return [_day(someone, day, found[day], now) for day in days]


def _day(someone: Person, on: date, stretches: Sequence[Stretch], now: datetime) -> Day:
    return Day(
        on=on,
        name=_named(on),
        text=windows.written((each.start, each.start + each.length) for each in stretches),
        stretches=stretches,
        closed="" if stretches else _why_closed(someone, on, now),
    )


def _run_together(starts: Iterable[datetime]) -> list[Span]:
    """The time that conversations from ``starts`` could fill."""
    spans: list[Span] = []
    for start in starts:
        end = start + timedelta(minutes=CONVERSATION)
        if spans and start <= spans[-1].end:
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
    return spans


def _by_day(span: Span, zone: ZoneInfo) -> Iterator[tuple[date, Stretch]]:
    """``span`` cut at midnight, each part on its day."""
    start, end = span.start.astimezone(zone), span.end.astimezone(zone)
    day = start.date()
    while day <= end.date():
        first = start.hour * 60 + start.minute if day == start.date() else 0
        last = end.hour * 60 + end.minute if day == end.date() else MINUTES_OF_DAY
        if first < last:
            yield day, Stretch(first, last - first)
        day += timedelta(days=1)


def _why_closed(someone: Person, on: date, now: datetime) -> str:
    start, end = _midnight(on, someone.zone), _midnight(on + timedelta(days=1), someone.zone)
    if any(since <= start and end <= until for since, until in someone.busy):
        return _("Time off")
    work = slots.at_work(someone, start, end)
    if not work:
        return _("Away on this date") if on in someone.overrides else _("No hours")
    if work[-1].end - now < timedelta(minutes=CONVERSATION):
        return _("Over for today")
    return _("Booked up")


def _named(on: date) -> str:
    return date_format(on, pgettext("date format", "D j M"))


def _midnight(on: date, zone: ZoneInfo) -> datetime:
    return clock.instant(datetime.combine(on, time.min), zone)
