"""Moments as each side reads them (SCH-I01 to I09), and the names of zones."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from scheduling import times, zones


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("instant", "zone", "day", "clock", "offset"),
    [
        ("2026-05-05T03:30Z", "America/Los_Angeles", "Monday 4 May", "20:30", "UTC−7"),
        ("2026-05-04T19:00Z", "Asia/Kolkata", "Tuesday 5 May", "00:30", "UTC+5:30"),
        ("2026-05-03T20:00Z", "Pacific/Apia", "Monday 4 May", "09:00", "UTC+13"),
        ("2026-05-03T20:00Z", "Pacific/Pago_Pago", "Sunday 3 May", "09:00", "UTC−11"),
        ("2026-12-01T15:00Z", "America/Vancouver", "Tuesday 1 December", "08:00", "UTC−7"),
    ],
)
def test_a_time_stands_on_the_readers_day(instant: str, zone: str, day: str, clock: str, offset: str) -> None:
    found = times.days([at(instant)], ZoneInfo(zone))[0]

    assert (found.name, found.offset, [slot.clock for slot in found.slots]) == (day, offset, [clock])


def test_an_hour_that_comes_twice_is_two_times() -> None:  # SCH-I04
    twice = times.days([at("2026-11-01T05:30Z"), at("2026-11-01T06:30Z")], ZoneInfo("America/New_York"))[0]

    assert [(slot.clock, slot.mark) for slot in twice.slots] == [("01:30", "EDT (UTC−4)"), ("01:30", "EST (UTC−5)")]


def test_an_hour_that_is_skipped_is_not_told() -> None:  # SCH-I05
    day = times.days([at("2026-03-29T00:30Z"), at("2026-03-29T01:00Z")], ZoneInfo("Europe/London"))[0]

    assert [slot.clock for slot in day.slots] == ["00:30", "02:00"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("US/Eastern", "America/New_York"),
        ("Europe/Stockholm", "Europe/Stockholm"),
        ("Etc/GMT+5", "Etc/GMT+5"),
        ("Etc/UTC", "UTC"),
        ("Mars/X", ""),
        ("", ""),
        ("../../etc/passwd", ""),
    ],
)
def test_a_zone_is_called_as_people_there_call_it(name: str, meant: str) -> None:  # SCH-I07
    assert zones.canonical(name) == meant


def test_a_zone_that_is_an_offset_has_the_sign_people_use() -> None:
    assert zones.label("Etc/GMT+5", at("2026-11-20T12:00Z")) == "UTC−5"


def test_a_zone_is_listed_with_the_offset_it_has_then() -> None:
    offered = dict(zones.groups(at("2026-11-20T12:00Z")))

    assert ("Europe/Lisbon", "Lisbon (UTC+0)") in offered["Europe"]
    assert ("America/Argentina/Buenos_Aires", "Buenos Aires (UTC−3)") in offered["America"]
    assert offered["UTC"] == [("UTC", "UTC")]


@pytest.mark.parametrize(
    ("local", "minutes", "is_humane"),
    [("07:00", 45, True), ("06:45", 45, False), ("20:15", 45, True), ("20:30", 45, False), ("23:30", 45, False)],
)
def test_early_and_late_are_by_the_candidates_clock(local: str, minutes: int, *, is_humane: bool) -> None:  # SCH-I09
    zone = ZoneInfo("Asia/Kolkata")
    start = datetime.combine(datetime(2026, 11, 24, tzinfo=zone), datetime.strptime(local, "%H:%M").time(), zone)  # noqa: DTZ007 (a wall clock)

    assert times.is_humane(start, minutes, zone) == is_humane


def test_the_other_clock_is_told_where_it_differs() -> None:
    with timezone.override("Europe/Lisbon"):
        assert times.elsewhere(at("2026-12-01T11:00Z"), "Europe/Berlin") == "12:00 in Berlin (UTC+1)"
        assert times.elsewhere(at("2026-12-01T11:00Z"), "Asia/Tokyo") == "20:00 in Tokyo (UTC+9)"
        assert times.elsewhere(at("2026-12-01T18:00Z"), "Asia/Tokyo") == "Wednesday 03:00 in Tokyo (UTC+9)"
        assert times.elsewhere(at("2026-12-01T11:00Z"), "Europe/London") == ""


def test_a_moment_is_told_with_date_zone_and_offset() -> None:
    with timezone.override("Asia/Kolkata"):
        told = times.when(at("2026-05-04T19:00Z"), at("2026-05-04T19:45Z"))

    assert told == "Tuesday 5 May 2026, 00:30 – 01:15 (Kolkata time, UTC+5:30)"
