"""Moving and calling off: until when, how often, with whom, and what calendars are told."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from hiring.accounts.models import User
from hiring.lib.actors import SYSTEM
from hiring.mail.models import Message
from hiring.pipeline.models import Job
from scheduling import operations, queries, rules, slots
from scheduling.models import Booking, BusyInterval, InterviewerProfile, LiveRound, Offer
from tests import factories, live_cast
from tests.live_cast import CANDIDATE_PHONE, utc

pytestmark = pytest.mark.django_db

TEN = utc(24, 10)


@pytest.fixture
def booking(offered: Offer) -> Booking:
    """Joan meets Grace and Katherine on Tuesday at ten."""
    return operations.confirm(offered, TEN, phone=CANDIDATE_PHONE, by=offered.application.candidate)


def joan_of(booking: Booking) -> Any:
    return booking.application.candidate


def sent(kind: str) -> Any:
    return Message.objects.filter(kind=kind).order_by("created_at")


def test_a_move_keeps_the_row_and_counts_up(booking: Booking) -> None:
    moved = operations.move(booking, utc(25, 14), by=joan_of(booking))

    assert (moved.pk, moved.sequence, moved.candidate_moves) == (booking.pk, 1, 1)
    assert (moved.start_at, moved.end_at) == (utc(25, 14), utc(25, 14, 45))
    assert [row.during.lower for row in moved.assignments.all()] == [utc(25, 14)] * 2
    assert moved.shown["candidate"] == "2026-11-25T15:00:00+01:00"
    mail = sent("booking_moved").get()
    assert "Wednesday 25 November 2026, 15:00 – 15:45 (Paris time, UTC+1)" in mail.subject
    assert "It was Tuesday 24 November 2026, 11:00 – 11:45 (Paris time, UTC+1)" in mail.text
    assert "14:00 in London (UTC+0)" in mail.text
    assert sent("team_booking_moved").count() == 2
    assert [event.verb for event in booking.application.events.all()] == ["booking_confirmed", "booking_moved"]


@pytest.mark.parametrize(("seconds", "is_allowed"), [(0, True), (1, False)])
def test_a_candidate_moves_until_the_cutoff(
    friday: time_machine.Traveller, booking: Booking, seconds: int, *, is_allowed: bool
) -> None:  # SCH-F01
    friday.move_to(TEN - timedelta(hours=24) + timedelta(seconds=seconds))

    if is_allowed:
        assert operations.move(booking, utc(26, 14), by=joan_of(booking)).sequence == 1
    else:
        with pytest.raises(rules.CannotMove, match=r"Call \+351 21 555 0143 or write to people@northwind.test"):
            operations.move(booking, utc(26, 14), by=joan_of(booking))


def test_the_cutoff_is_elapsed_time_over_a_change_of_clocks() -> None:  # SCH-F02
    booking = Booking(round=LiveRound(cutoff_hours=24), start_at=datetime.fromisoformat("2026-03-08T17:00Z"))

    assert rules.cutoff(booking) == datetime.fromisoformat("2026-03-07T12:00-05:00")


def test_the_third_move_of_a_candidate_is_a_persons_to_make(booking: Booking, grace: User) -> None:  # SCH-F03
    for hour in (11, 12):
        operations.move(booking, utc(24, hour), by=joan_of(booking))

    with pytest.raises(rules.CannotMove, match="a person finds a time with you"):
        operations.move(booking, utc(24, 13), by=joan_of(booking))

    assert operations.move(booking, utc(24, 13), by=grace).candidate_moves == 2


def test_the_same_time_is_no_move(booking: Booking) -> None:  # SCH-F04
    moved = operations.move(booking, TEN, by=joan_of(booking))

    assert (moved.sequence, moved.candidate_moves, sent("booking_moved").count()) == (0, 0, 0)


def test_a_move_to_a_taken_time_changes_nothing(
    booking: Booking, lead: InterviewerProfile, live: LiveRound, job: Job
) -> None:  # SCH-F05
    taken = live_cast.offer(factories.application(job, "Mary Shelley"), live)
    live_cast.booked(taken, live, utc(25, 14), lead)

    with pytest.raises(rules.SlotTaken) as refused:
        operations.move(booking, utc(25, 14), by=joan_of(booking))

    booking.refresh_from_db()
    assert (booking.start_at, booking.sequence, booking.assignments.filter(occupies=True).count()) == (TEN, 0, 2)
    assert utc(25, 14) not in (refused.value.free or [utc(25, 14)])


def test_a_booking_does_not_stand_in_its_own_way(booking: Booking) -> None:  # SCH-F06
    assert operations.move(booking, utc(24, 10, 15), by=joan_of(booking)).start_at == utc(24, 10, 15)


def test_what_was_called_off_cannot_be_moved(booking: Booking) -> None:  # SCH-F08
    operations.cancel(booking, by=joan_of(booking))

    with pytest.raises(rules.OfferEnded):
        operations.move(booking, utc(25, 14), by=joan_of(booking))


def test_calling_off_twice_is_once(booking: Booking) -> None:  # SCH-F09
    for _time in range(2):
        off = operations.cancel(booking, by=joan_of(booking), reason="A new job")

    assert (off.state, off.sequence, off.cancel_reason) == ("cancelled_by_candidate", 1, "A new job")
    mail = sent("booking_cancelled").get()
    assert "METHOD:CANCEL" in mail.calendar
    assert "Choose another time" in mail.text
    assert [("A new job" in one.text) for one in sent("team_booking_cancelled")] == [True, True]


def test_what_has_begun_is_not_called_off(friday: time_machine.Traveller, booking: Booking) -> None:
    friday.move_to(TEN)

    with pytest.raises(rules.OfferEnded):
        operations.cancel(booking, by=joan_of(booking))


def test_the_notice_holds_for_the_new_time_too(friday: time_machine.Traveller, booking: Booking) -> None:  # SCH-F11
    friday.move_to(utc(23, 9))
    request = queries.request(booking.round, timezone.now(), of=booking.offer, exclude=[booking.pk])

    assert min(slots.starts(request)) == utc(24, 9)
    with pytest.raises(rules.NotOffered):
        operations.move(booking, utc(23, 15), by=joan_of(booking))


def test_the_same_people_stay_if_they_can(booking: Booking, live: LiveRound, alan: User) -> None:
    live.seats.order_by("position")[0].pool.add(live_cast.interviewer(alan))  # fairer: he has had none

    moved = operations.move(booking, utc(25, 14), by=joan_of(booking))

    assert [profile.user.name for profile in queries.interviewers_of(moved)] == ["Grace", "Katherine"]


def test_whoever_cannot_come_to_the_new_time_is_replaced_and_told(
    booking: Booking, live: LiveRound, lead: InterviewerProfile, alan: User
) -> None:  # SCH-X05
    live.seats.order_by("position")[0].pool.add(live_cast.interviewer(alan))
    BusyInterval.objects.create(profile=lead, start_at=utc(25, 14), end_at=utc(25, 15))

    moved = operations.move(booking, utc(25, 14), by=joan_of(booking))

    assert [profile.user.name for profile in queries.interviewers_of(moved)] == ["Alan", "Katherine"]
    gone = sent("team_booking_cancelled").get()
    assert (gone.to_email, "METHOD:CANCEL" in gone.calendar) == ("grace@northwind.test", True)
    assert "STATUS:CANCELLED" not in gone.calendar
    told = {one.kind: one.to_email for one in Message.objects.filter(dedupe_key__contains=f"{moved.pk}:1:")}
    assert told == {
        "team_booked": "alan@northwind.test",
        "team_booking_moved": "katherine@northwind.test",
        "team_booking_cancelled": "grace@northwind.test",
    }


@pytest.mark.parametrize(("minutes", "is_allowed"), [(9, False), (10, True)])
def test_nobody_is_late_before_ten_minutes(
    friday: time_machine.Traveller, booking: Booking, grace: User, minutes: int, *, is_allowed: bool
) -> None:  # SCH-H01
    friday.move_to(TEN + timedelta(minutes=minutes))

    if is_allowed:
        assert operations.mark_missed(booking, by_team=False, by=grace).state == "no_show_candidate"
    else:
        with pytest.raises(rules.TooEarly):
            operations.mark_missed(booking, by_team=False, by=grace)


def test_where_we_did_not_come_the_candidate_chooses_again(
    friday: time_machine.Traveller, booking: Booking, grace: User
) -> None:  # SCH-H02
    friday.move_to(TEN + timedelta(minutes=15))

    operations.mark_missed(booking, by_team=True, by=grace)

    assert "That is our fault alone" in sent("booking_missed").get().text
    again = operations.confirm(booking.offer, utc(26, 10), phone=CANDIDATE_PHONE, by=joan_of(booking))
    assert (again.candidate_moves, again.sequence) == (0, 0)


def test_a_candidate_who_did_not_come_is_nobodys_load_but_took_their_day(
    friday: time_machine.Traveller, booking: Booking, live: LiveRound, lead: InterviewerProfile, grace: User
) -> None:  # SCH-H03
    friday.move_to(TEN + timedelta(minutes=15))
    operations.mark_missed(booking, by_team=False, by=grace)

    person = queries.request(live, timezone.now()).people[lead.pk]

    assert (person.load, len(person.bookings)) == (0, 1)


def test_a_candidate_of_two_jobs_is_not_offered_the_same_hour_twice(
    booking: Booking, live: LiveRound, job: Job, outsider: User
) -> None:
    elsewhere = factories.job("Night nurse", question_set=live.question_set, recruiter=outsider)  # type: ignore[arg-type]
    second = live_cast.live_round(elsewhere, [live_cast.interviewer(outsider)])
    offer = live_cast.offer(factories.application(elsewhere, "Joan Clarke"), second)

    starts = slots.starts(queries.request(second, timezone.now(), of=offer))

    assert (utc(24, 10) in starts, utc(24, 10, 45) in starts) == (False, True)


def test_a_question_to_the_engine_takes_as_many_queries_for_many_people(
    live: LiveRound, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(9) as two:
        queries.request(live, timezone.now())
    live.seats.order_by("position")[0].pool.add(
        *(live_cast.interviewer(factories.user(f"Person{number}")) for number in range(20))
    )

    with django_assert_num_queries(len(two.captured_queries)):
        queries.request(live, timezone.now())


def test_the_system_may_move_it_too(booking: Booking) -> None:
    assert operations.move(booking, utc(25, 14), by=SYSTEM).candidate_moves == 0


def test_nobody_missed_what_was_called_off(friday: time_machine.Traveller, booking: Booking, grace: User) -> None:
    operations.cancel(booking, by=grace)
    friday.move_to(TEN + timedelta(minutes=15))

    with pytest.raises(rules.NotAgreed, match="called off"):
        operations.mark_missed(booking, by_team=True, by=grace)
