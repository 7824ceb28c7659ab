"""Reads files of slot questions: people's calendars, a round, and the starts somebody expects.

A case is ``{"id", "request", "expected_starts"}``. Lengths are minutes, times of day ``"HH:MM"``, moments ISO 8601 with
an offset. Whatever cannot be read raises ``Malformed`` with a sentence that says where and what.
"""

import json
import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from hiring.lib import clock
from scheduling.slots import Person, Request, Taken, Window

T = TypeVar("T")
Reader = Callable[[object], T]

A_DAY = 24 * 60
TIME_OF_DAY = re.compile(r"(?P<hours>[0-9]{1,2}):(?P<minutes>[0-5][0-9])")
YEARS = range(1900, 2200)  # further out no zone is defined
LONGEST_RANGE = timedelta(days=3660)
LONGEST_QUOTE = 60


class Malformed(ValueError):
    """What is wrong with the file, for whoever wrote it."""


class Unfit(ValueError):
    """A value that is not what its key needs; the text names what that is."""


@dataclass(frozen=True)
class Case:
    id: str
    request: Request
    expected: Sequence[datetime] | None
    """What the file says the starts are; ``None`` if it does not say."""
    unread: Sequence[str]
    """Keys that mean nothing here: they may be typing mistakes."""


def read(text: str) -> list[Case]:
    """The cases of a file's ``text``. Raises ``Malformed``."""
    try:
        content = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as problem:
        raise Malformed(f"The file is not JSON: {problem}.") from problem
    listed = Item("The file", content).read("cases", _list(_anything))
    return [_case(number, value) for number, value in enumerate(listed, start=1)]


class Item:
    """A JSON object and the place it is at. ``read`` takes a key's value apart, or says where and why it cannot."""

    def __init__(self, place: str, value: object) -> None:
        if not isinstance(value, dict):
            raise Malformed(f"{place} has to be an object, {{…}}, and is {_quote(value)}.")
        self.place = place
        self.values = value
        self.asked_for: set[str] = set()

    def read(self, key: str, reader: Reader[T]) -> T:
        self.asked_for.add(key)
        if key not in self.values:
            raise Malformed(f"{self.place}: “{key}” is missing.")
        try:
            return reader(self.values[key])
        except Unfit as unfit:
            raise Malformed(f"{self.place}: “{key}” has to be {unfit}, and is {_quote(self.values[key])}.") from None

    def read_or(self, default: T, key: str, reader: Reader[T]) -> T:
        """As ``read``; left out or null is the default."""
        self.asked_for.add(key)
        return default if self.values.get(key) is None else self.read(key, reader)

    def read_list(self, key: str, reader: Reader[T]) -> list[T]:
        """The values of a list that may be left out."""
        nothing: list[T] = []
        return self.read_or(nothing, key, _list(reader))

    def items(self, key: str, one: str) -> list["Item"]:
        """The objects of a list, placed by their id, or by their number if they have none."""
        found = []
        for number, value in enumerate(self.read_list(key, _anything), start=1):
            name = value.get("id", number) if isinstance(value, dict) else number
            found.append(Item(f"{self.place}, {one} {name}", value))
        return found

    def unread(self) -> list[str]:
        """The keys nobody asked for, with their place."""
        return [f"{self.place}: “{key}”" for key in self.values if key not in self.asked_for]


def _case(number: int, value: object) -> Case:
    case = Item(f"Case {number}", value)
    case.place = f"Case {case.read('id', _text)}"
    asked = Item(case.place, case.read("request", _anything))
    interviewers = asked.items("interviewers", "interviewer")
    people: dict[Hashable, Person] = {}
    for interviewer in interviewers:
        person = _person(interviewer, asked)
        if person.id in people:
            raise Malformed(f"{case.place}: there are two interviewers “{person.id}”.")
        people[person.id] = person
    request = _request(asked, people)
    expected = case.read_or(None, "expected_starts", _list(_moment))
    unread = [key for item in (asked, *interviewers) for key in item.unread()]
    return Case(case.read("id", _text), request, expected, unread)


def _person(item: Item, asked: Item) -> Person:
    weekly: dict[int, list[Window]] = {}
    for weekday, window in item.read_list("weekly", _weekly):
        weekly.setdefault(weekday, []).append(window)
    bookings = [
        Taken(booking.read("id", _text), booking.read("start", _moment), booking.read("end", _moment))
        for booking in item.items("bookings", "booking")
    ]
    for taken in bookings:
        if taken.end < taken.start:
            raise Malformed(f"{item.place}: booking {taken.id} ends before it starts.")
    return Person(
        id=item.read("id", _text),
        zone=item.read("tz", _zone),
        weekly=weekly,
        overrides=item.read_or({}, "overrides", _overrides),
        busy=item.read_list("busy", _span),
        bookings=bookings,
        buffer_before=item.read_or(0, "buffer_before", _minutes),
        buffer_after=item.read_or(0, "buffer_after", _minutes),
        max_per_day=item.read_or(None, "max_per_day", _minutes),
        max_per_week=item.read_or(None, "max_per_week", _minutes),
        week_start=item.read_or(asked.read_or(0, "week_start", _weekday), "week_start", _weekday),
    )


def _request(item: Item, people: dict[Hashable, Person]) -> Request:
    seats = item.read("seats", _list(_list(_text)))
    strangers = [person for pool in seats for person in pool if person not in people]
    if strangers:
        raise Malformed(f"{item.place}: “seats” names “{strangers[0]}”, who is not among the interviewers.")
    start, end = item.read("from", _moment), item.read("to", _moment)
    if end - start > LONGEST_RANGE:
        raise Malformed(f"{item.place}: “from” and “to” are more than ten years apart.")
    try:
        return Request(
            people=people,
            seats=seats,
            start=start,
            end=end,
            duration=item.read("duration", _minutes),
            step=item.read("step", _minutes),
            grid_zone=item.read("grid_tz", _zone),
            now=item.read("now", _moment),
            min_notice=item.read_or(0, "min_notice", _minutes),
            max_horizon=item.read_or(None, "max_horizon", _minutes),
            buffer_before=item.read_or(0, "buffer_before", _minutes),
            buffer_after=item.read_or(0, "buffer_after", _minutes),
            candidate_busy=item.read_list("candidate_busy", _span),
            exclude=item.read_or(frozenset[Hashable](), "exclude", _ids),
        )
    except Malformed:
        raise
    except ValueError as problem:  # the request's own words
        raise Malformed(f"{item.place}: {problem}") from problem


def _anything(value: object) -> object:
    return value


def _text(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise Unfit("a name, “…”")


def _minutes(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise Unfit("a whole number, 0 or more")


def _weekday(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and value in range(7):
        return value
    raise Unfit("a weekday from 0, Monday, to 6, Sunday")


def _list(reader: Reader[T]) -> Reader[list[T]]:
    def read_list(value: object) -> list[T]:
        if not isinstance(value, list):
            raise Unfit("a list, […]")
        return [reader(each) for each in value]

    return read_list


def _ids(value: object) -> frozenset[Hashable]:
    return frozenset(_list(_text)(value if isinstance(value, list) else [value]))


def _moment(value: object) -> datetime:
    unfit = Unfit("a moment with its offset, like “2026-03-08T17:00Z”")
    if not isinstance(value, str):
        raise unfit
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise unfit from None
    if moment.tzinfo is None or moment.year not in YEARS:
        raise unfit
    return moment


def _zone(value: object) -> ZoneInfo:
    if isinstance(value, str) and clock.is_zone(value):
        return ZoneInfo(value)
    raise Unfit("a time zone like “Europe/Paris”")


def _span(value: object) -> tuple[datetime, datetime]:
    match value:
        case [start, end] if _moment(start) <= _moment(end):
            return _moment(start), _moment(end)
    raise Unfit("a list of pairs, a start and an end that is not before it")


def _time_of_day(value: object) -> int:
    written = TIME_OF_DAY.fullmatch(value) if isinstance(value, str) else None
    minutes = int(written["hours"]) * 60 + int(written["minutes"]) if written else A_DAY + 1
    if minutes > A_DAY:
        raise Unfit("times of day from “00:00” to “24:00”")
    return minutes


def _window(value: object) -> Window:
    match value:
        case [start, end] if _time_of_day(start) < A_DAY:
            return Window(_time_of_day(start), _time_of_day(end))
    raise Unfit("hours like “09:00”, “17:00”, that start before “24:00”")


def _weekly(value: object) -> tuple[int, Window]:
    match value:
        case [weekday, start, end]:
            return _weekday(weekday), _window([start, end])
    raise Unfit("a list of a weekday, Monday 0, and hours: [0, “09:00”, “17:00”]")


def _overrides(value: object) -> dict[date, list[Window]]:
    unfit = Unfit("an object of dates and hours, {“2026-05-05”: [[“09:00”, “12:00”]]}")
    if not isinstance(value, dict):
        raise unfit
    try:
        return {date.fromisoformat(day): _list(_window)(windows) for day, windows in value.items()}
    except Unfit:
        raise
    except ValueError:
        raise unfit from None


def _quote(value: object) -> str:
    quoted = json.dumps(value, ensure_ascii=False)
    return quoted if len(quoted) <= LONGEST_QUOTE else f"{quoted[:LONGEST_QUOTE]}…"
