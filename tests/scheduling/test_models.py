"""What the database itself refuses, whoever asks."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from hiring.pipeline.models import Application, Job
from scheduling.models import Booking, InterviewerProfile, LiveRound, Offer
from tests import factories, live_cast
from tests.live_cast import utc

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(offered: Offer, job: Job, live: LiveRound) -> Offer:
    """Mary may choose a time too."""
    return live_cast.offer(factories.application(job, "Mary Shelley"), live)


def test_nobody_is_booked_twice_at_once(
    offered: Offer, other: Offer, live: LiveRound, lead: InterviewerProfile, manager: InterviewerProfile
) -> None:
    live_cast.booked(offered, live, utc(24, 10), lead, manager)

    with pytest.raises(IntegrityError, match="assignment_never_twice_at_once"):
        live_cast.booked(other, live, utc(24, 10, 30), lead)


def test_one_meeting_may_begin_when_another_ends(
    offered: Offer, other: Offer, live: LiveRound, lead: InterviewerProfile
) -> None:
    live_cast.booked(offered, live, utc(24, 10), lead)

    assert live_cast.booked(other, live, utc(24, 10, 45), lead)


def test_what_was_called_off_occupies_nobody(
    offered: Offer, other: Offer, live: LiveRound, lead: InterviewerProfile
) -> None:
    booking = live_cast.booked(offered, live, utc(24, 10), lead, state=Booking.State.CANCELLED_BY_TEAM)
    booking.assignments.update(occupies=False)

    assert live_cast.booked(other, live, utc(24, 10), lead)


@pytest.mark.parametrize("missing", ["meeting_url", "candidate_phone", "team_phone"])
def test_no_booking_is_agreed_without_link_and_phones(offered: Offer, live: LiveRound, missing: str) -> None:
    with pytest.raises(IntegrityError, match="booking_has_link_and_phones"):
        live_cast.booked(offered, live, utc(24, 10), **{missing: ""})


def test_a_hold_ends_some_time_and_nothing_else_does(offered: Offer, live: LiveRound) -> None:
    for fields in ({"state": Booking.State.HELD}, {"expires_at": utc(20, 13)}):
        with pytest.raises(IntegrityError, match="booking_held_iff_it_expires"), transaction.atomic():
            live_cast.booked(offered, live, utc(24, 10), **fields)


def test_a_candidate_has_one_booking_of_a_round(offered: Offer, live: LiveRound) -> None:
    live_cast.booked(offered, live, utc(24, 10))

    with pytest.raises(IntegrityError, match="booking_one_confirmed"):
        live_cast.booked(offered, live, utc(25, 10))


def test_one_offer_of_a_round_is_open(offered: Offer, application: Application, live: LiveRound) -> None:
    with pytest.raises(IntegrityError, match="offer_open_once"):
        live_cast.offer(application, live)


def test_a_hold_takes_time_until_it_expires(offered: Offer, live: LiveRound) -> None:
    until = live_cast.FRIDAY + timedelta(minutes=10)
    live_cast.booked(offered, live, utc(24, 10), state=Booking.State.HELD, expires_at=until)

    assert Booking.objects.standing(until - timedelta(seconds=1)).exists()
    assert not Booking.objects.standing(until).exists()
