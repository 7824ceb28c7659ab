"""The slot engine against asking minute by minute: 20 people, 30 days, in one run."""

from datetime import UTC, datetime, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

from scheduling import slots
from scheduling.slots import Person, Request, Window
from tests.benchmarks.conftest import Report
from tests.scheduling import oracle

PEOPLE = 20
DAYS = 30
BUSY_A_DAY = 8
ZONES = ["America/New_York", "Europe/London", "Asia/Kolkata", "Australia/Lord_Howe"]
FIRST = datetime(2026, 3, 7, tzinfo=UTC)  # clocks change in three of the zones before the month is over


def person(number: int) -> Person:
    busy = [
        (start, start + timedelta(minutes=20))
        for day in range(DAYS)
        for n in range(BUSY_A_DAY)
        if (start := FIRST + timedelta(days=day, minutes=(97 * number + 167 * n + 31 * day) % 1440))
    ]
    hours = [Window(9 * 60, 17 * 60)]
    return Person(f"P{number:02}", ZoneInfo(ZONES[number % len(ZONES)]), dict.fromkeys(range(5), hours), busy=busy)


def test_starts_are_found_many_times_quicker_than_by_asking_each_minute(report: Report) -> None:
    people = [person(number) for number in range(PEOPLE)]
    everybody = [person.id for person in people]
    request = Request(
        people={person.id: person for person in people},
        seats=[everybody[:10], everybody[5:15], everybody],
        start=FIRST,
        end=FIRST + timedelta(days=DAYS),
        duration=45,
        step=15,
        grid_zone=ZoneInfo("Europe/London"),
        now=FIRST,
    )

    begun = perf_counter()
    found = slots.starts(request)
    cold = perf_counter() - begun
    begun = perf_counter()
    slots.starts(request)
    warm = perf_counter() - begun
    begun = perf_counter()
    expected = oracle.starts(request)
    naive = perf_counter() - begun

    assert found == expected
    assert found
    report("slots: 20 people, 30 days, first time", cold * 1000, "ms", must="< 500 ms", met=cold < 0.5)
    report("slots: the same again", warm * 1000, "ms", must="< 150 ms", met=warm < 0.15)
    ratio = naive / warm
    report("slots: quicker than each minute by", ratio, "×", must="> 20 ×", met=ratio > 20)
