"""Random questions for the slot engine, most of them about days on which somebody's clock is changed."""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from scheduling.slots import Person, Request, Taken, Window

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# Halves and quarters of an hour, changes by half an hour, at midnight, by a whole day, for a month of fasting, none.
ZONES = [
    *("Africa/Cairo", "Africa/Casablanca", "America/Havana", "America/New_York", "America/Sao_Paulo"),
    *("America/St_Johns", "America/Vancouver", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Tehran"),
    *("Australia/Lord_Howe", "Europe/Dublin", "Europe/London", "Pacific/Apia", "Pacific/Auckland"),
    *("Pacific/Chatham", "UTC"),
]
STEPS = [5, 7, 10, 15, 20, 30, 45, 50, 60, 90, 120]
IDS = ["A", "B", "C", "D"]
STEADY_ZONES = ["UTC", "Asia/Kolkata", "Asia/Kathmandu", "America/Phoenix"]


@cache
def changes(zone: str) -> list[datetime]:
    """The days from 2005 to 2030 on which the clock of ``zone`` is changed, to a day."""
    days = [datetime(2005, 1, 1, tzinfo=UTC) + n * DAY for n in range(26 * 365)]
    local = ZoneInfo(zone)
    return [day for day in days if (day + DAY).astimezone(local).utcoffset() != day.astimezone(local).utcoffset()]


def minutes(least: int, most: int) -> st.SearchStrategy[int]:
    """Quarters of an hour as often as not: edges are met where two things end at the same minute."""
    return st.one_of(st.integers(least // 15, most // 15).map(lambda n: n * 15), st.integers(least, most))


@st.composite
def beginnings(draw: st.DrawFn, zones: list[str]) -> datetime:
    """A minute within the two days around a change of the clocks, or any in zones that have none."""
    days = changes(draw(st.sampled_from(zones))) or [
        datetime(2026, 5, 4, tzinfo=UTC),
        datetime(2028, 2, 28, tzinfo=UTC),
    ]
    return draw(st.sampled_from(days)) + draw(minutes(-24 * 60, 60)) * MINUTE


def windows() -> st.SearchStrategy[Window]:
    fine = st.builds(Window, st.integers(0, 1439), st.integers(0, 1440))
    coarse = st.builds(lambda a, b: Window(a * 30, b * 30), st.integers(0, 47), st.integers(0, 48))
    office = st.just(Window(9 * 60, 17 * 60))
    whole_day = st.just(Window(0, 1440))
    return st.one_of(whole_day, whole_day, office, coarse, fine)


@st.composite
def spans(draw: st.DrawFn, around: datetime) -> tuple[datetime, datetime]:
    start = around + draw(minutes(-6 * 60, 48 * 60)) * MINUTE
    return start, start + draw(st.one_of(minutes(0, 90), minutes(0, 600))) * MINUTE


@st.composite
def people(draw: st.DrawFn, person_id: str, zones: list[str], around: datetime) -> Person:
    sets = st.lists(windows(), min_size=draw(st.sampled_from([1, 1, 1, 0])), max_size=3)
    bookings = draw(st.lists(spans(around), max_size=2))
    buffers = st.sampled_from([0, 0, 5, 15, 40])
    dates = st.integers(-1, 3).map(lambda days: (around + days * DAY).date())
    return Person(
        id=person_id,
        zone=ZoneInfo(draw(st.sampled_from(zones))),
        weekly={weekday: draw(sets) for weekday in draw(st.sampled_from([range(7), range(7), range(5), range(4, 7)]))},
        overrides=draw(st.dictionaries(dates, sets, max_size=2)),
        busy=draw(st.lists(spans(around), max_size=3)),
        bookings=[Taken(f"{person_id}{n}", *span, draw(buffers), draw(buffers)) for n, span in enumerate(bookings)],
        buffer_before=draw(buffers),
        buffer_after=draw(buffers),
        max_per_day=draw(st.sampled_from([None, None, None, None, 1, 2, 3, 0])),
        max_per_week=draw(st.sampled_from([None, None, None, None, 1, 2, 4])),
        week_start=draw(st.sampled_from([0, 5, 6])),
    )


@st.composite
def requests(draw: st.DrawFn, zones: list[str] = ZONES) -> Request:
    near = draw(st.lists(st.sampled_from(zones), min_size=1, max_size=2))
    start = draw(beginnings(near))
    ids = IDS[: draw(st.integers(1, len(IDS)))]
    drawn = [draw(people(person_id, near, start)) for person_id in ids]
    pool = st.lists(st.sampled_from(draw(st.sampled_from([ids, ids, ids, IDS]))), min_size=1, unique=True)
    return Request(
        people={person.id: person for person in drawn},
        seats=draw(st.lists(pool, min_size=1, max_size=min(3, len(ids)))),
        start=start,
        end=start + draw(st.sampled_from([60, 12 * 60, 30 * 60, 48 * 60])) * MINUTE,
        duration=draw(st.sampled_from([5, 15, 30, 45, 60, 90])),
        step=draw(st.sampled_from(STEPS)),
        grid_zone=ZoneInfo(draw(st.sampled_from(near))),
        now=start + draw(st.sampled_from([-48, -48, -25, -1, 6])) * HOUR + draw(st.integers(0, 7200)) * SECOND,
        min_notice=draw(st.sampled_from([0, 0, 0, 61, 24 * 60])),
        max_horizon=draw(st.sampled_from([None, None, None, 24 * 60, 3 * 24 * 60])),
        buffer_before=draw(st.sampled_from([0, 0, 10])),
        buffer_after=draw(st.sampled_from([0, 0, 10])),
        candidate_busy=draw(st.lists(spans(start), max_size=1)),
        exclude=frozenset(draw(st.lists(st.sampled_from(["A0", "A1", "B0"]), max_size=2))),
    )
