"""Offer, hold, confirm, move, call off: who may, until when, and what everybody else is told."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from hiring.accounts.models import User
from hiring.lib.actors import SYSTEM
from hiring.mail.models import Message
from hiring.pipeline.models import Application, Job
from hiring.rubrics.models import ReviewAssignment
from scheduling import operations, queries, rules, slots
from scheduling.models import Booking, BusyInterval, InterviewerProfile, LiveRound, Offer
from tests import factories, live_cast
from tests.live_cast import CANDIDATE_PHONE, FRIDAY, utc

pytestmark = pytest.mark.django_db

TEN = utc(24, 10)
ELEVEN = utc(24, 11)


@pytest.fixture
def other(offered: Offer, job: Job, live: LiveRound) -> Offer:
    """Mary may choose a time too."""
    return live_cast.offer(factories.application(job, "Mary Shelley"), live)


def candidate(of: Offer) -> Any:
    return of.application.candidate


def confirm(of: Offer, start: datetime = TEN, phone: str = CANDIDATE_PHONE) -> Booking:
    return operations.confirm(of, start, phone=phone, by=candidate(of))


def listed(of: Offer) -> list[datetime]:
    return slots.starts(queries.request(LiveRound.objects.get(stage=of.stage), timezone.now(), of=of))


def sitting(booking: Booking) -> set[str]:
    return {profile.user.name for profile in queries.interviewers_of(booking)}


def kinds() -> list[str]:
    return sorted(Message.objects.values_list("kind", flat=True))


def verbs(of: Offer) -> list[str]:
    return list(of.application.events.values_list("verb", flat=True))


def test_an_offer_goes_out_with_the_note_and_the_link(
    friday: object, application: Application, live: LiveRound, grace: User
) -> None:
    application.stage = live.stage
    application.save(update_fields=["stage"])

    made = operations.offer(application, by=grace, note=" Your answer stayed with me. ")

    mail = Message.objects.get(kind="booking_offer")
    assert (made.note, made.offered_by, made.closed_at) == ("Your answer stayed with me.", grace, None)
    assert "Your answer stayed with me." in mail.text
    assert "You meet Grace and Katherine. It takes 45 minutes" in mail.text
    assert (mail.link, mail.reply_to) == (made.link_id, grace.email)
    assert verbs(made) == ["live_round_offered"]


def test_nobody_is_asked_without_a_personal_note(friday: object, offered: Offer, grace: User) -> None:
    with pytest.raises(rules.NoteNeeded):
        operations.offer(offered.application, by=grace, note=" \n")


@pytest.mark.parametrize("missing", [{"meeting_url": ""}, {"team_phone": ""}])
def test_nobody_is_asked_into_a_round_without_link_and_phone(
    friday: object, offered: Offer, live: LiveRound, grace: User, missing: dict[str, str]
) -> None:
    LiveRound.objects.update(**missing)

    with pytest.raises(rules.RoundNotReady):
        operations.offer(offered.application, by=grace, note="Come")


def test_nobody_is_asked_into_a_round_with_an_empty_seat(
    friday: object, offered: Offer, live: LiveRound, grace: User
) -> None:
    live.seats.first().pool.clear()  # type: ignore[union-attr]

    with pytest.raises(rules.RoundNotReady):
        operations.offer(offered.application, by=grace, note="Come")


def test_a_new_offer_ends_the_earlier_one(friday: object, offered: Offer, grace: User) -> None:
    operations.hold(offered, TEN, by=candidate(offered))

    made = operations.offer(offered.application, by=grace, note="Once more")

    offered.refresh_from_db()
    assert offered.closed_at == FRIDAY
    assert (Offer.objects.filter(closed_at=None).get(), Booking.objects.count()) == (made, 0)


def test_confirming_books_everybody_and_tells_them(offered: Offer, live: LiveRound) -> None:
    booking = confirm(offered, phone="+351 912 344 417")

    assert (booking.state, booking.sequence, booking.candidate_phone) == ("confirmed", 0, CANDIDATE_PHONE)
    assert (booking.start_at, booking.end_at) == (TEN, TEN + timedelta(minutes=45))
    assert booking.meeting_url == f"https://meet.example.test/{booking.pk.hex}"
    assert booking.shown == {"candidate": "2026-11-24T11:00:00+01:00", "team": "2026-11-24T10:00:00+00:00"}
    assert sitting(booking) == {"Grace", "Katherine"}
    assert kinds() == ["booking_confirmed", "team_booked", "team_booked"]
    assert verbs(offered) == ["booking_confirmed"]


def test_whoever_sits_in_it_is_asked_to_score_it(offered: Offer) -> None:
    booking = confirm(offered)

    asked = ReviewAssignment.objects.standing().filter(assessment=booking.assessment)
    assert {one.reviewer.name for one in asked} == {"Grace", "Katherine"}


@pytest.mark.parametrize("phone", ["", "12", "call me", "+1 555", "0" * 40])
def test_without_a_phone_we_can_call_nothing_is_booked(offered: Offer, phone: str) -> None:
    with pytest.raises(rules.PhoneNeeded):
        confirm(offered, phone=phone)

    assert Booking.objects.count() == 0


def test_a_number_without_its_country_is_one_of_the_candidates_zone(offered: Offer) -> None:
    offered.application.candidate.zone = "Europe/Lisbon"
    offered.application.candidate.save()

    assert confirm(offered, phone="912 344 417").candidate_phone == CANDIDATE_PHONE


def test_confirming_the_same_time_twice_is_once(offered: Offer) -> None:  # SCH-E07
    assert confirm(offered) == confirm(offered)

    assert (Booking.objects.count(), kinds().count("booking_confirmed")) == (1, 1)


def test_whoever_has_booked_chooses_no_second_time(offered: Offer) -> None:  # SCH-E08
    booking = confirm(offered)

    with pytest.raises(rules.AlreadyBooked) as refused:
        confirm(offered, ELEVEN)

    assert refused.value.detail == {"booking": str(booking.pk)}


def test_a_busy_time_that_appears_meanwhile_is_respected(offered: Offer, lead: InterviewerProfile) -> None:  # SCH-E09
    assert TEN in listed(offered)
    BusyInterval.objects.create(profile=lead, start_at=TEN, end_at=ELEVEN)

    with pytest.raises(rules.SlotTaken) as refused:
        confirm(offered)

    assert not isinstance(refused.value, rules.NotOffered)
    assert refused.value.free == listed(offered)


@pytest.mark.parametrize(
    "start",
    [
        pytest.param(utc(24, 10, 7), id="off the grid"),
        pytest.param(TEN + timedelta(seconds=30), id="not on a minute"),
        pytest.param(utc(24, 8, 45), id="outside hours"),
        pytest.param(utc(24, 16, 30), id="ends outside hours"),
        pytest.param(FRIDAY + timedelta(hours=2), id="before notice"),
        pytest.param(utc(19, 10), id="in the past"),
        pytest.param(utc(8, 10, month=12), id="beyond the horizon"),
        pytest.param(utc(28, 10), id="on a Saturday"),
    ],
)
def test_a_time_nobody_was_offered_is_refused(offered: Offer, start: datetime) -> None:  # SCH-E10
    with pytest.raises(rules.NotOffered):
        confirm(offered, start)
    with pytest.raises(rules.NotOffered):
        operations.hold(offered, start, by=candidate(offered))

    assert Booking.objects.count() == 0


def test_a_hold_hides_the_time_from_others_for_ten_minutes(
    friday: time_machine.Traveller, offered: Offer, other: Offer
) -> None:  # SCH-E11, E12
    operations.hold(offered, TEN, by=candidate(offered))

    friday.move_to(FRIDAY + timedelta(seconds=599))
    assert (TEN in listed(other), TEN in listed(offered)) == (False, True)
    friday.move_to(FRIDAY + timedelta(seconds=600))
    assert TEN in listed(other)


def test_holding_the_same_time_again_does_not_prolong_it(friday: time_machine.Traveller, offered: Offer) -> None:
    first = operations.hold(offered, TEN, by=candidate(offered))
    friday.move_to(FRIDAY + timedelta(minutes=5))

    assert operations.hold(offered, TEN, by=candidate(offered)).expires_at == first.expires_at


def test_a_hold_that_ran_out_can_still_be_confirmed_if_nobody_took_it(
    friday: time_machine.Traveller, offered: Offer
) -> None:  # SCH-E13
    operations.hold(offered, TEN, by=candidate(offered))
    friday.move_to(FRIDAY + timedelta(minutes=30))

    assert confirm(offered).state == "confirmed"
    assert Booking.objects.count() == 1


def test_a_hold_that_ran_out_gives_way(friday: time_machine.Traveller, offered: Offer, other: Offer) -> None:
    operations.hold(offered, TEN, by=candidate(offered))
    friday.move_to(FRIDAY + timedelta(minutes=10))

    assert confirm(other).state == "confirmed"
    with pytest.raises(rules.SlotTaken):
        confirm(offered)


def test_another_choice_frees_the_first(offered: Offer, other: Offer) -> None:  # SCH-E14
    operations.hold(offered, TEN, by=candidate(offered))
    operations.hold(offered, ELEVEN, by=candidate(offered))

    assert (TEN in listed(other), ELEVEN in listed(other)) == (True, False)
    assert Booking.objects.count() == 1


def test_a_held_time_is_confirmed_with_the_people_held_for_it(
    offered: Offer, live: LiveRound, alan: User, outsider: User
) -> None:
    pool = [live_cast.interviewer(alan), live_cast.interviewer(outsider)]
    live.seats.filter(position=2).delete()
    live.seats.get().pool.set(pool)
    held = operations.hold(offered, TEN, by=candidate(offered))
    promised = queries.interviewers_of(held)[0]
    InterviewerProfile.objects.filter(pk=promised.pk).update(joined_load_offset=50)  # now anybody else is fairer

    assert queries.interviewers_of(confirm(offered)) == [promised]


def test_who_cancelled_gives_the_time_to_the_next(offered: Offer, other: Offer) -> None:  # SCH-E17
    operations.cancel(confirm(offered), by=candidate(offered))

    assert confirm(other).start_at == TEN


def test_after_calling_off_another_time_is_a_new_booking(offered: Offer) -> None:
    first = confirm(offered)
    operations.cancel(first, by=candidate(offered))

    second = confirm(offered, ELEVEN)

    assert (second.pk != first.pk, second.sequence) == (True, 0)


def test_nothing_is_chosen_once_the_offer_has_expired(friday: time_machine.Traveller, offered: Offer) -> None:
    friday.move_to(offered.expires_at)

    with pytest.raises(rules.OfferEnded):
        operations.hold(offered, offered.expires_at + timedelta(days=2), by=candidate(offered))


def test_a_rejected_candidate_holds_nothing_and_is_told_neutrally(offered: Offer, other: Offer) -> None:  # SCH-F10
    operations.hold(offered, TEN, by=candidate(offered))

    operations.close(offered.application, by=SYSTEM)

    assert TEN in listed(other)
    with pytest.raises(rules.OfferEnded, match="no time to choose here any more"):
        confirm(offered)


def test_leaving_the_round_calls_off_what_is_ahead(offered: Offer, grace: User) -> None:
    booking = confirm(offered)

    operations.close(offered.application, by=grace)

    booking.refresh_from_db()
    mail = Message.objects.get(kind="booking_cancelled")
    assert (booking.state, booking.sequence) == ("cancelled_by_team", 1)
    assert "Choose another time" not in mail.text
    assert not ReviewAssignment.objects.standing().exists()


def test_the_team_hears_once_that_there_is_no_time(offered: Offer, grace: User, lead: InterviewerProfile) -> None:
    lead.weekly.all().delete()
    assert listed(offered) == []

    operations.tell_no_times(offered)
    operations.tell_no_times(Offer.objects.get())

    mail = Message.objects.get(kind="no_times_left")
    assert (mail.to_email, "Joan Clarke" in mail.text) == (grace.email, True)
    assert verbs(offered) == ["no_times_found"]
