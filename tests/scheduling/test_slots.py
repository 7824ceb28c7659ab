"""The slot engine against an oracle that checks every minute, and against what must hold between two questions."""

import os
from collections.abc import Hashable
from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scheduling import slots
from scheduling.slots import Person, Request, Taken
from tests.scheduling import oracle, questions

EXAMPLES = int(os.environ.get("SLOT_EXAMPLES", "200"))
FEW = EXAMPLES // 5
WEEK = timedelta(weeks=1)
requests = questions.requests()


def changed(request: Request, person_id: Hashable, **fields: object) -> Request:
    """``request`` with one person's ``fields`` replaced."""
    person = replace(request.people[person_id], **fields)  # type: ignore[arg-type]
    return replace(request, people={**request.people, person_id: person})


@given(requests)
@settings(max_examples=EXAMPLES)
def test_the_starts_are_those_the_rules_allow(request: Request) -> None:
    assert slots.starts(request) == oracle.starts(request)


@given(requests)
@settings(max_examples=FEW)
def test_what_is_listed_is_what_can_be_booked(request: Request) -> None:
    listed = set(slots.starts(request))

    for start in slots.grid(request):
        offered = start in listed
        seated = slots.assign(request, start)
        assert slots.feasible(request, start) is offered
        assert (slots.why(request, start) == []) is offered
        assert (seated is not None) is offered
        if seated is not None:
            assert len(set(seated)) == len(request.seats)
            assert all(person in pool for person, pool in zip(seated, request.seats, strict=True))


@given(requests, st.integers(-300, 3300))
@settings(max_examples=FEW)
def test_any_minute_may_be_asked_about(request: Request, minutes: int) -> None:
    start = request.start + timedelta(minutes=minutes)

    assert slots.feasible(request, start) is oracle.offers(request, start)


@given(requests, st.data())
@settings(max_examples=FEW)
def test_one_more_in_a_pool_takes_no_start_away(request: Request, data: st.DataObject) -> None:
    seat = data.draw(st.integers(0, len(request.seats) - 1))
    person = data.draw(st.sampled_from(questions.IDS))
    wider = [[*pool, person] if number == seat else pool for number, pool in enumerate(request.seats)]

    assert set(slots.starts(request)) <= set(slots.starts(replace(request, seats=wider)))


@given(requests, st.data())
@settings(max_examples=FEW)
def test_more_to_heed_adds_no_start(request: Request, data: st.DataObject) -> None:
    person = request.people[data.draw(st.sampled_from(list(request.people)))]
    before = set(slots.starts(request))

    busier = changed(request, person.id, busy=[*person.busy, data.draw(questions.spans(request.start))])
    wider = changed(request, person.id, buffer_before=person.buffer_before + 10, buffer_after=person.buffer_after + 5)
    fewer = changed(request, person.id, max_per_day=1 if person.max_per_day is None else 0)

    for stricter in (busier, wider, fewer, replace(request, min_notice=request.min_notice + 30)):
        assert set(slots.starts(stricter)) <= before


@given(requests, st.integers(0, 3000), st.integers(0, 3000))
@settings(max_examples=FEW)
def test_a_wider_range_changes_nothing_inside(request: Request, earlier: int, later: int) -> None:
    wider = replace(
        request, start=request.start - timedelta(minutes=earlier), end=request.end + timedelta(minutes=later)
    )
    length = timedelta(minutes=request.duration)

    inside = [start for start in slots.starts(wider) if request.start <= start and start + length <= request.end]

    assert inside == slots.starts(request)


@given(questions.requests(questions.STEADY_ZONES), st.integers(-60, 60))
@settings(max_examples=FEW)
def test_weeks_are_alike_where_clocks_stay(request: Request, weeks: int) -> None:
    by = weeks * WEEK

    moved = replace(
        request,
        people={person.id: translated(person, by) for person in request.people.values()},
        start=request.start + by,
        end=request.end + by,
        now=request.now + by,
        candidate_busy=[(start + by, end + by) for start, end in request.candidate_busy],
    )

    assert [start - by for start in slots.starts(moved)] == slots.starts(request)


def translated(person: Person, by: timedelta) -> Person:
    return replace(
        person,
        overrides={day + by: windows for day, windows in person.overrides.items()},
        busy=[(start + by, end + by) for start, end in person.busy],
        bookings=[replace(taken, start=taken.start + by, end=taken.end + by) for taken in person.bookings],
    )


@given(requests, st.randoms(use_true_random=False))
@settings(max_examples=FEW)
def test_order_does_not_matter(request: Request, random: Random) -> None:
    people = random.sample(list(request.people.items()), len(request.people))
    pools = random.sample(request.seats, len(request.seats))
    seats = [random.sample(pool, len(pool)) for pool in pools]

    assert slots.starts(replace(request, people=dict(people), seats=seats)) == slots.starts(request)


@given(requests, st.data())
@settings(max_examples=FEW)
def test_busy_time_may_be_told_in_pieces(request: Request, data: st.DataObject) -> None:
    busy = {person.id: person.busy for person in request.people.values() if person.busy}
    assume(busy)
    person = data.draw(st.sampled_from(list(busy)))
    (start, end), *others = busy[person]
    between = start + timedelta(minutes=data.draw(st.integers(0, (end - start) // timedelta(minutes=1))))

    split = changed(request, person, busy=[*others, (start, between), (between, end)])

    assert slots.starts(split) == slots.starts(request)


@given(requests, st.data())
@settings(max_examples=FEW)
def test_a_listed_start_can_be_taken_and_then_is_gone(request: Request, data: st.DataObject) -> None:
    listed = slots.starts(request)
    assume(listed)
    start = data.draw(st.sampled_from(listed))
    seated = slots.assign(request, start)
    assert seated is not None

    end = start + timedelta(minutes=request.duration)
    after = request
    for person in seated:
        bookings = [*after.people[person].bookings, Taken("new", start, end)]
        after = changed(after, person, bookings=bookings)

    assert set(slots.starts(after)) <= set(listed)
    assert not any(set(seated) & set(team) for team in slots.assignments(after, start))
    assert slots.feasible(replace(after, exclude=request.exclude | {"new"}), start)
