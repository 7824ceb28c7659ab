"""Days and deadlines on somebody's calendar."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest

from hiring.lib import clock

WEEKDAYS = {0, 1, 2, 3, 4}


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 11, 23), 5, date(2026, 11, 30)),  # Monday to Monday
        (date(2026, 11, 27), 1, date(2026, 11, 30)),  # over a weekend
        (date(2026, 11, 28), 5, date(2026, 12, 4)),  # from a Saturday
        (date(2026, 11, 29), 1, date(2026, 11, 30)),  # from a Sunday
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
    ],
)
def test_weekends_do_not_count(day: date, count: int, expected: date) -> None:
    assert clock.business_days_after(day, count, working_days=WEEKDAYS, holidays=()) == expected


def test_holidays_do_not_count() -> None:
    holidays = {date(2026, 12, 25), date(2026, 12, 28)}

    found = clock.business_days_after(date(2026, 12, 24), 1, working_days=WEEKDAYS, holidays=holidays)

    assert found == date(2026, 12, 29)


def test_the_working_week_is_the_companys() -> None:
    sunday_to_thursday = {6, 0, 1, 2, 3}

    found = clock.business_days_after(date(2026, 11, 26), 1, working_days=sunday_to_thursday, holidays=())

    assert found == date(2026, 11, 29)


def test_a_company_without_working_days_works_monday_to_friday() -> None:
    assert clock.business_days_after(date(2026, 11, 27), 1, working_days=(), holidays=()) == date(2026, 11, 30)


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Europe/Paris", "America/Los_Angeles", "Asia/Kathmandu"])
def test_the_days_are_counted_where_the_person_is(zone: str) -> None:
    moment = datetime(2026, 11, 21, 23, 40, tzinfo=UTC)

    end = clock.end_of_day_after(moment, 7, ZoneInfo(zone))

    assert end.astimezone(ZoneInfo(zone)).strftime("%H:%M:%S") == "23:59:59"
    assert end.astimezone(ZoneInfo(zone)).date() == moment.astimezone(ZoneInfo(zone)).date() + timedelta(days=7)


def test_of_two_last_seconds_the_later_one_counts() -> None:
    clocks_go_back_at_midnight = ZoneInfo("America/Asuncion")  # on 24 March 2024, 24:00 became 23:00

    end = clock.end_of_day(date(2024, 3, 23), clocks_go_back_at_midnight)

    assert end.astimezone(UTC) == datetime(2024, 3, 24, 3, 59, 59, tzinfo=UTC)


def test_every_zone_has_an_end_of_day_after_now() -> None:
    moment = datetime(2026, 11, 21, 12, tzinfo=UTC)

    ends = [clock.end_of_day_after(moment, 7, ZoneInfo(zone)) for zone in available_timezones()]

    assert all(timedelta(days=6) < end - moment < timedelta(days=8, hours=2) for end in ends)


@pytest.mark.parametrize(
    ("zone", "label"),
    [("Europe/Paris", "Paris"), ("America/New_York", "New York"), ("UTC", "UTC"), ("America/Indiana/Knox", "Knox")],
)
def test_a_zone_is_called_by_its_city(zone: str, label: str) -> None:
    assert clock.zone_label(zone) == label


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "Europe/Paris\x00", "../etc/passwd", "x" * 1_000_000])
def test_what_is_no_zone(name: str) -> None:
    assert not clock.is_zone(name)
    assert clock.is_zone("Europe/Paris")


# R3: what a person typed, and the one or two moments it means; of none, where the clock goes on.
TYPED = [
    ("America/New_York", "2026-03-08 02:30", "2026-03-08T07:30Z", 0),
    ("America/New_York", "2026-11-01 01:30", "2026-11-01T05:30Z", "2026-11-01T06:30Z"),
    ("Europe/London", "2026-03-29 01:30", "2026-03-29T01:30Z", 0),
    ("Europe/London", "2026-10-25 01:30", "2026-10-25T00:30Z", "2026-10-25T01:30Z"),
    ("Europe/Dublin", "2026-03-29 01:30", "2026-03-29T01:30Z", 0),
    ("Europe/Dublin", "2026-10-25 01:30", "2026-10-25T00:30Z", "2026-10-25T01:30Z"),
    ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03T15:45Z", 0),
    ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04T14:45Z", "2026-04-04T15:15Z"),
    ("America/Sao_Paulo", "2018-11-04 00:30", "2018-11-04T03:30Z", 0),
    ("America/Sao_Paulo", "2018-02-17 23:30", "2018-02-18T01:30Z", "2018-02-18T02:30Z"),
    ("Pacific/Apia", "2011-12-30 12:00", "2011-12-30T22:00Z", 0),
    ("Africa/Casablanca", "2026-02-15 02:30", "2026-02-15T01:30Z", "2026-02-15T02:30Z"),
    ("Africa/Casablanca", "2026-03-22 02:30", "2026-03-22T02:30Z", 0),
    ("Africa/Casablanca", "2026-09-20 01:30", "2026-09-20T00:30Z", "2026-09-20T01:30Z"),
    ("Africa/Cairo", "2026-04-24 00:30", "2026-04-23T22:30Z", 0),
    ("Asia/Kolkata", "2026-03-08 02:30", "2026-03-07T21:00Z", 1),
]


@pytest.mark.parametrize(("zone", "typed", "means", "second"), TYPED)
def test_a_typed_time_means_one_moment_whatever_the_clocks_do(
    zone: str, typed: str, means: str, second: str | int
) -> None:
    local, moment = datetime.fromisoformat(typed), datetime.fromisoformat(means)
    again = [datetime.fromisoformat(second)] if isinstance(second, str) else []

    assert clock.instant(local, ZoneInfo(zone)) == moment
    assert clock.readings(local, ZoneInfo(zone)) == ([] if second == 0 else [moment, *again])
