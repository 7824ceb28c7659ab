"""When somebody works: every minute whose local date and time lie in a window of that local date (R2).

Nothing is shifted where clocks change: a skipped hour offers nothing, a repeated one is offered twice.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from scheduling.slots.request import MINUTES_A_DAY, Person, Span, Window
from scheduling.slots.wallclock import date_of, instant_of, minute_from, minute_of, segments, weekday_of


def hours(person: Person, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of ``[start, end)``, as long as they go, in which ``person`` works; in order."""
    return _joined(_pieces(person, start, end))


def at_work(person: Person, start: datetime, end: datetime) -> list[Span]:
    """As ``hours``, asked and answered in instants."""
    found = hours(person, minute_of(start), minute_from(end))
    return [Span(instant_of(opens), instant_of(closes)) for opens, closes in found]


def is_at_work(person: Person, start: int, end: int) -> bool:
    """Whether ``person`` works every minute of ``[start, end)``."""
    return hours(person, start, end) == [(start, end)]


def _pieces(person: Person, start: int, end: int) -> Iterator[tuple[int, int]]:
    for segment in segments(person.zone, start, end):
        for day in segment.days():
            midnight = day * MINUTES_A_DAY
            for opens, closes in sorted(_windows_on(person, day)):
                first, last = segment.clip(midnight + opens, midnight + closes)
                if first < last:
                    yield first, last


def _windows_on(person: Person, day: int) -> Iterator[tuple[int, int]]:
    """The windows of one local day: its own, and what the evening before spills into it unless an override says."""
    for window in _set_for(person, day):
        yield window.start, MINUTES_A_DAY if _runs_past_midnight(window) else window.end
    if date_of(day) not in person.overrides:
        for window in _set_for(person, day - 1):
            if _runs_past_midnight(window):
                yield 0, window.end


def _set_for(person: Person, day: int) -> Sequence[Window]:
    override = person.overrides.get(date_of(day))
    return person.weekly.get(weekday_of(day), ()) if override is None else override


def _runs_past_midnight(window: Window) -> bool:
    return window.end <= window.start


def _joined(pieces: Iterator[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pieces that touch or overlap made one; they come in order of their start."""
    joined: list[tuple[int, int]] = []
    for start, end in pieces:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined
