"""Many people at the same moment, in real transactions: one has the time, the others are told so."""

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import combinations
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.pipeline.models import Application, Job
from scheduling import operations
from scheduling.models import Assignment, Booking, InterviewerProfile, LiveRound, Offer
from scheduling.rules import SlotTaken
from tests import factories, live_cast
from tests.live_cast import CANDIDATE_PHONE, utc

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 20
TEN = utc(24, 10)


@pytest.fixture(autouse=True)
def _friday(friday: object) -> None:
    """Also in the threads: the clock is the process's."""


def offers(count: int, job: Job, live: LiveRound) -> list[Offer]:
    return [live_cast.offer(factories.application(job, f"Person {number}"), live) for number in range(count)]


def at_once(*verbs: Callable[[], Any]) -> Counter[str]:
    """How each of ``verbs`` ends when all begin at the same moment: ``done``, or the code of its refusal."""
    ready = Barrier(len(verbs))

    def run(verb: Callable[[], Any]) -> str:
        ready.wait(timeout=20)
        try:
            verb()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(verbs)) as pool:
        return Counter(pool.map(run, verbs))


def confirming(made: Offer, start: datetime) -> Callable[[], Booking]:
    return lambda: operations.confirm(made, start, phone=CANDIDATE_PHONE, by=made.application.candidate)


def overlaps(bookings: Iterable[Booking]) -> list[tuple[Booking, Booking]]:
    return [
        (one, two) for one, two in combinations(bookings, 2) if one.start_at < two.end_at and two.start_at < one.end_at
    ]


@pytest.fixture
def alone(job: Job, lead: InterviewerProfile) -> LiveRound:
    """Grace by herself, no buffers."""
    return live_cast.live_round(job, [lead], buffer_before=0, buffer_after=0, step_minutes=5)


def test_one_of_twenty_has_the_time(job: Job, alone: LiveRound) -> None:  # SCH-E01
    ends = at_once(*(confirming(made, TEN) for made in offers(MANY, job, alone)))

    assert ends == {"done": 1, "slot_taken": MANY - 1}
    assert (Booking.objects.count(), Assignment.objects.count()) == (1, 1)


def test_who_is_told_a_time_is_gone_keeps_nobody_waiting(job: Job, alone: LiveRound) -> None:
    first, second = offers(2, job, alone)
    confirming(first, TEN)()

    def free_to_be_locked() -> int:
        try:
            with transaction.atomic():
                people = InterviewerProfile.objects.select_for_update(nowait=True).filter(seats__round=alone)
                candidate = Application.objects.select_for_update(nowait=True).filter(pk=second.application_id)
                return len(people) + len(candidate)
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as others:  # as a request with an Idempotency-Key
        with pytest.raises(SlotTaken):
            confirming(second, TEN)()
        assert others.submit(free_to_be_locked).result(timeout=20) == 2


def test_staggered_times_never_overlap(job: Job, alone: LiveRound) -> None:  # SCH-E02
    ends = at_once(
        *(confirming(made, TEN + timedelta(minutes=5 * number)) for number, made in enumerate(offers(MANY, job, alone)))
    )

    accepted = list(Booking.objects.all())
    assert overlaps(accepted) == []
    assert ends == {"done": len(accepted), "slot_taken": MANY - len(accepted)}
    assert 2 <= len(accepted) <= 3


def test_neighbours_both_have_theirs(job: Job, alone: LiveRound) -> None:  # SCH-E03
    one, two = offers(2, job, alone)

    assert at_once(confirming(one, TEN), confirming(two, TEN + timedelta(minutes=45))) == {"done": 2}


def test_panels_that_share_a_person_do_not_both_have_it(
    job: Job, lead: InterviewerProfile, manager: InterviewerProfile, alan: User
) -> None:  # SCH-E04
    last = live_cast.interviewer(alan)
    first, second = live_cast.live_round(job, [lead], [manager]), live_cast.live_round(job, [manager], [last])
    one = live_cast.offer(factories.application(job, "Joan Clarke"), first)
    two = live_cast.offer(factories.application(job, "Mary Shelley"), second)

    assert at_once(confirming(one, TEN), confirming(two, TEN)) == {"done": 1, "slot_taken": 1}
    assert Assignment.objects.count() == 2


def test_panels_in_opposite_order_do_not_lock_each_other_out(
    job: Job, lead: InterviewerProfile, manager: InterviewerProfile
) -> None:  # SCH-E05
    rounds = [live_cast.live_round(job, [lead], [manager]), live_cast.live_round(job, [manager], [lead])]
    made = [
        live_cast.offer(factories.application(job, f"Person {number}"), rounds[number % 2]) for number in range(MANY)
    ]

    assert at_once(*(confirming(one, TEN) for one in made)) == {"done": 1, "slot_taken": MANY - 1}


def test_a_pool_of_two_serves_two_of_three(job: Job, lead: InterviewerProfile, manager: InterviewerProfile) -> None:
    pool = live_cast.live_round(job, [lead, manager])  # SCH-E06

    assert at_once(*(confirming(made, TEN) for made in offers(3, job, pool))) == {"done": 2, "slot_taken": 1}
    assert set(Assignment.objects.values_list("interviewer", flat=True)) == {lead.pk, manager.pk}


def test_the_same_press_twice_is_one_booking(job: Job, alone: LiveRound) -> None:  # SCH-E07
    made = offers(1, job, alone)[0]

    assert at_once(*(confirming(made, TEN) for _press in range(4))) == {"done": 4}
    assert Booking.objects.count() == 1


def test_two_tabs_are_one_booking(job: Job, alone: LiveRound) -> None:  # SCH-E08
    made = offers(1, job, alone)[0]

    assert at_once(confirming(made, TEN), confirming(made, utc(25, 10))) == {"done": 1, "already_booked": 1}


def test_two_holds_of_one_candidate_are_one(job: Job, alone: LiveRound) -> None:
    made = offers(1, job, alone)[0]
    by = made.application.candidate

    ends = at_once(*(lambda start=start: operations.hold(made, start, by=by) for start in (TEN, utc(25, 10))))

    assert (ends, Booking.objects.count()) == ({"done": 2}, 1)


def test_a_limit_per_day_is_kept_by_two_at_once(job: Job, alone: LiveRound, lead: InterviewerProfile) -> None:
    InterviewerProfile.objects.update(max_per_day=1)  # SCH-E16
    one, two = offers(2, job, alone)

    assert at_once(confirming(one, TEN), confirming(two, utc(24, 15))) == {"done": 1, "slot_taken": 1}


def test_moves_and_bookings_of_one_time_leave_one(job: Job, alone: LiveRound) -> None:
    one, two, three = offers(3, job, alone)
    bookings = [confirming(one, utc(25, 9))(), confirming(two, utc(25, 11))()]

    ends = at_once(
        *(lambda row=row: operations.move(row, TEN, by=row.application.candidate) for row in bookings),
        confirming(three, TEN),
    )

    assert ends == {"done": 1, "slot_taken": 2}
    assert overlaps(Booking.objects.all()) == []
    assert Assignment.objects.count() == Booking.objects.count()


def test_moving_and_calling_off_at_once_end_in_one_story(application: Application, alone: LiveRound) -> None:
    made = live_cast.offer(application, alone)
    booking, by = confirming(made, TEN)(), made.application.candidate

    at_once(
        lambda: operations.move(booking, utc(25, 10), by=by),
        lambda: operations.cancel(booking, by=by),
    )

    booking.refresh_from_db()
    verbs = list(application.events.values_list("verb", flat=True))
    assert booking.state == "cancelled_by_candidate"
    assert booking.sequence == len(verbs) - 1
    assert verbs[-1] == "booking_cancelled"
    assert not booking.assignments.filter(occupies=True).exists()
