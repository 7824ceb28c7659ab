"""The rules of slots one by one, where the file of cases has no example."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import pairwise, permutations
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling import slots
from scheduling.slots import Cause, Person, Reason, Request, Span, Taken, Window, seats, wallclock

LONDON = ZoneInfo("Europe/London")
NINE_TO_FIVE = {weekday: [Window(9 * 60, 17 * 60)] for weekday in range(5)}


def at(hour: int, minute: int = 0, *, day: int = 4) -> datetime:
    """A time of the week that begins on Monday, 4 May 2026, in UTC."""
    return datetime(2026, 5, day, hour, minute, tzinfo=UTC)


def someone(name: str = "Grace", **fields: object) -> Person:
    return Person(name, **{"zone": ZoneInfo("UTC"), "weekly": NINE_TO_FIVE, **fields})  # type: ignore[arg-type]


def request(*people: Person, **fields: object) -> Request:
    """An hour on the hour with one of ``people`` on that Monday."""
    asked: dict[str, object] = {
        "people": {person.id: person for person in people},
        "seats": [[person.id for person in people]],
        "start": at(0),
        "end": at(0, day=5),
        "duration": 60,
        "step": 60,
        "grid_zone": ZoneInfo("UTC"),
        "now": at(0, day=1),
    }
    return Request(**{**asked, **fields})  # type: ignore[arg-type]


def hours(asked: Request) -> list[int]:
    return [start.hour for start in slots.starts(asked)]


def test_between_two_interviews_the_larger_gap_is_kept() -> None:
    booked = Taken("other", at(12), at(13), buffer_before=30, buffer_after=45)
    grace = someone(bookings=[booked], buffer_before=15, buffer_after=20)

    starts = slots.starts(request(grace, step=5))

    assert at(10, 30) in starts
    assert at(10, 35) not in starts
    assert at(13, 40) not in starts
    assert at(13, 45) in starts


def test_the_gaps_of_the_round_and_of_the_person_are_not_added() -> None:
    grace = someone(busy=[(at(12), at(13))], buffer_before=15)

    starts = slots.starts(request(grace, step=5, buffer_before=20, buffer_after=10))

    assert [at(10, 50) in starts, at(10, 55) in starts] == [True, False]
    assert [at(13, 15) in starts, at(13, 20) in starts] == [False, True]


def test_a_closed_day_ends_what_the_evening_before_would_spill_into_it() -> None:
    nights = {weekday: [Window(22 * 60, 2 * 60)] for weekday in range(7)}

    open_day = someone(weekly=nights)
    closed = someone(weekly=nights, overrides={date(2026, 5, 4): []})
    evening_before_closed = someone(weekly=nights, overrides={date(2026, 5, 3): []})

    assert hours(request(open_day)) == [0, 1, 22, 23]
    assert hours(request(closed)) == []
    assert hours(request(evening_before_closed)) == [22, 23]


def test_an_override_may_itself_run_past_midnight() -> None:
    grace = someone(weekly={}, overrides={date(2026, 5, 3): [Window(22 * 60, 2 * 60)]})

    assert hours(request(grace)) == [0, 1]


def test_windows_that_touch_are_one() -> None:
    grace = someone(weekly={0: [Window(10 * 60, 10 * 60 + 30), Window(10 * 60 + 30, 11 * 60)]})

    assert hours(request(grace)) == [10]


def test_a_night_over_midnight_is_one() -> None:
    grace = someone(weekly={0: [Window(23 * 60, 1440)], 1: [Window(0, 60)]})

    found = slots.starts(request(grace, end=at(0, day=6), duration=90, step=30))

    assert found == [at(23), at(23, 30)]


def test_notice_and_horizon_are_counted_to_the_second() -> None:
    on_time = request(someone(), now=at(9), min_notice=120, max_horizon=240)
    a_second_late = request(someone(), now=at(9) + timedelta(seconds=1), min_notice=120, max_horizon=240)

    assert hours(on_time) == [11, 12, 13]
    assert hours(a_second_late) == [12, 13]


def test_elapsed_time_is_counted_whatever_clock_the_question_is_asked_by() -> None:
    now = datetime(2026, 10, 24, 9, 0, tzinfo=LONDON)  # the clocks go back that night: 24 hours later it is 8 there
    grace = someone(zone=LONDON, weekly={weekday: [Window(0, 1440)] for weekday in range(7)})

    found = slots.starts(request(grace, now=now, min_notice=24 * 60, start=now, end=now + timedelta(days=2)))

    assert found[0] == datetime(2026, 10, 25, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "start", [at(9, 30), at(9) + timedelta(seconds=1), at(9, day=5), datetime.max.replace(tzinfo=UTC)]
)
def test_a_forged_start_is_refused(start: datetime) -> None:
    asked = request(someone())

    assert slots.feasible(asked, at(9))
    assert not slots.feasible(asked, start)


def test_the_candidate_is_in_one_place_at_a_time() -> None:
    asked = request(someone(buffer_before=30, buffer_after=30), candidate_busy=[(at(11), at(12))])

    assert hours(asked) == [9, 10, 12, 13, 14, 15, 16]
    assert slots.why(asked, at(11)) == [Reason(Cause.CANDIDATE_BUSY, span=Span(at(11), at(12)))]


def test_a_week_begins_where_its_owner_says() -> None:
    sunday, monday = Taken("x", at(9, day=3), at(10, day=3)), at(0)
    from_monday = someone(bookings=[sunday], max_per_week=1)
    from_sunday = someone(bookings=[sunday], max_per_week=1, week_start=6)

    assert slots.starts(request(from_monday, start=monday))
    assert not slots.starts(request(from_sunday, start=monday))


def test_who_takes_no_interviews_a_day_gets_none() -> None:
    assert hours(request(someone(max_per_day=0))) == []


def test_an_empty_busy_time_blocks_nothing() -> None:
    grace = someone(busy=[(at(9, 30), at(9, 30))], buffer_before=30)

    assert 9 in hours(request(grace))


@pytest.mark.parametrize("pools", [[], [[]], [["Grace"], []], [["Grace"], ["nobody"]], [["Grace"], ["Grace"]]])
def test_a_seat_nobody_can_take_closes_the_round(pools: list[list[str]]) -> None:
    asked = request(someone(), seats=pools)

    assert slots.starts(asked) == []
    assert not slots.feasible(asked, at(9))
    assert slots.why(asked, at(9))[-1].cause is Cause.TOO_FEW_PEOPLE


def test_what_is_in_the_way_is_told_for_each_person() -> None:
    ada = someone("Ada", busy=[(at(8, 30), at(9, 30))])
    grace = someone(bookings=[Taken("x", at(14), at(15))], max_per_day=1)
    katherine = someone("Katherine", zone=ZoneInfo("America/New_York"))

    assert slots.why(request(ada, grace, katherine), at(9)) == [
        Reason(Cause.BUSY, "Ada", span=Span(at(8, 30), at(9, 30))),
        Reason(Cause.DAY_FULL, "Grace"),
        Reason(Cause.OUTSIDE_HOURS, "Katherine"),
        Reason(Cause.TOO_FEW_PEOPLE, pool=frozenset({"Ada", "Grace", "Katherine"}), needed=1),
    ]


def test_two_seats_that_compete_for_one_person_say_so() -> None:
    ada, grace = someone("Ada"), someone(weekly={})

    asked = request(ada, grace, seats=[["Ada", "Grace"], ["Ada"]])

    assert slots.why(asked, at(9)) == [
        Reason(Cause.OUTSIDE_HOURS, "Grace"),
        Reason(Cause.TOO_FEW_PEOPLE, pool=frozenset({"Ada", "Grace"}), needed=2),
    ]


def test_who_carries_least_for_their_share_is_asked_first() -> None:
    ada = someone("Ada", load=4, weight=2)
    grace = someone("Grace", load=3)
    katherine = someone("Katherine", load=2, last_assigned_at=at(9, day=1))
    dorothy = someone("Dorothy", load=2, last_assigned_at=at(9, day=2))

    teams = list(slots.assignments(request(grace, dorothy, katherine, ada), at(9)))

    assert teams == [("Ada",), ("Katherine",), ("Dorothy",), ("Grace",)]
    assert slots.assign(request(grace, dorothy), at(9)) == ("Dorothy",)


def test_of_equals_the_lowest_id_is_asked_first() -> None:
    people = [someone(name) for name in ("Katherine", "Ada", "Grace")]

    teams = list(slots.assignments(request(*people, seats=[["Katherine", "Grace", "Ada"], ["Ada", "Grace"]]), at(9)))

    assert teams == [("Ada", "Grace"), ("Grace", "Ada"), ("Katherine", "Ada"), ("Katherine", "Grace")]


@given(st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_teams_come_as_a_full_list_sorted_by_fairness_would(random: Random) -> None:
    people = {
        name: someone(
            name,
            load=random.randint(0, 3),
            weight=random.choice([1, 2]),
            last_assigned_at=at(0, day=random.randint(1, 3)),
        )
        for name in "ABCDE"
    }
    pools = [random.sample("ABCDE", random.randint(1, 4)) for _ in range(random.randint(1, 3))]

    def rank(team: tuple[str, ...]) -> tuple[object, ...]:
        seated = [people[name] for name in team]
        return (
            sum(Fraction(person.load) / Fraction(person.weight) for person in seated),
            [person.last_assigned_at for person in seated],
            team,
        )

    every = [
        team
        for team in permutations("ABCDE", len(pools))
        if all(name in pool for name, pool in zip(team, pools, strict=True))
    ]

    assert list(slots.assignments(request(*people.values(), seats=pools), at(9))) == sorted(every, key=rank)


def test_a_large_panel_is_seated_at_once() -> None:
    people = [someone(f"Person {n:02}", load=n % 7) for n in range(50)]
    everybody = [person.id for person in people]

    asked = request(*people, seats=[everybody] * 8)

    team = slots.assign(asked, at(9))
    assert team is not None
    assert {slots_person.load for slots_person in people if slots_person.id in team} == {0}
    assert hours(asked) == [9, 10, 11, 12, 13, 14, 15, 16]


@given(st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_by_halls_theorem_the_needs_tell_what_matching_finds(random: Random) -> None:
    pools = [random.sample("ABCDE", random.randint(1, 3)) for _ in range(random.randint(1, 5))]

    for free in (set(random.sample("ABCDE", random.randint(0, 5))) for _ in range(20)):
        by_needs = all(len(free & pool) >= needed for pool, needed in seats.needs(pools).items())
        assert by_needs == seats.are_fillable([free.intersection(pool) for pool in pools])


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"duration": 0}, "An interview has to last at least a minute."),
        ({"step": 0}, "The step between two starts has to be from 1 minute to 1440, a day."),
        ({"step": 1441}, "The step between two starts has to be from 1 minute to 1440, a day."),
        ({"now": datetime(2026, 5, 1)}, "Start, end and now have to be instants, with a zone."),  # noqa: DTZ001
    ],
)
def test_a_question_that_makes_no_sense_is_refused(fields: dict[str, object], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        request(someone(), **fields)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"weight": 0}, "The weight of Grace has to be more than 0."),
        ({"week_start": 7}, "The week of Grace has to start on a day from 0, Monday, to 6, Sunday."),
    ],
)
def test_a_person_that_makes_no_sense_is_refused(fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        someone(**fields)


def test_no_zone_changes_its_clock_twice_a_day() -> None:
    """The engine looks for changes once a day: it would overlook a clock that was put forward and back within one."""
    zone = ZoneInfo("Africa/Casablanca")  # as restless as any: four changes a year for a time
    first = datetime(2024, 1, 1, tzinfo=UTC)
    found = wallclock.segments(zone, wallclock.minute_of(first), wallclock.minute_of(at(0)))

    hourly = [first + timedelta(hours=n) for n in range(int((at(0) - first) / timedelta(hours=1)))]
    offsets = [moment.astimezone(zone).utcoffset() for moment in hourly]
    assert len(found) - 1 == sum(before != after for before, after in pairwise(offsets))
