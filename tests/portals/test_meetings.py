"""The live rounds as the page of an application tells them."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from hiring.accounts.models import User
from hiring.pipeline.models import Application
from hiring.portals.timeline import timeline
from hiring.rubrics.models import Assessment, QuestionSetVersion, ReviewAssignment
from interviews.models import Interview
from scheduling import operations as scheduling
from scheduling.models import Booking, InterviewerProfile, LiveRound, Offer
from tests import factories
from tests.live_cast import booked, utc


@pytest.fixture
def page(application: Application, grace: User, signed_in: Callable[[User], Client]) -> Callable[[], str]:
    def opened() -> str:
        response = signed_in(grace).get(reverse("reviewer:application", args=[application.pk]))
        return " ".join(response.content.decode().split())

    return opened


@pytest.fixture
def agreed(
    offered: Offer, live: LiveRound, lead: InterviewerProfile, manager: InterviewerProfile
) -> Callable[..., Any]:
    def made(**fields: object) -> Booking:
        return booked(offered, live, utc(24, 14), lead, manager, **fields)

    return made


def test_somebody_asked_in_has_not_chosen_yet(offered: Offer, page: Callable[[], str]) -> None:
    assert "has not chosen a time" in page()
    assert "Your answer about the angry customer stayed with me." in page()
    assert "The conversation with Joan Clarke has not taken place yet." in page()


def test_a_booking_is_told_with_whom_and_the_way_to_its_guide(
    agreed: Callable[..., Booking], page: Callable[[], str]
) -> None:
    booking = agreed()

    assert "Grace, Katherine" in page()
    assert reverse("reviewer:scheduling:kit", args=[booking.pk]) in page()
    assert "has not chosen a time" not in page()


def test_what_was_called_off_says_why(agreed: Callable[..., Booking], page: Callable[[], str]) -> None:
    agreed(state=Booking.State.CANCELLED_BY_CANDIDATE, cancel_reason="My train was cancelled")

    assert "Called off by the candidate" in page()
    assert "My train was cancelled" in page()
    assert "May choose until" in page()  # another time


def test_a_time_that_is_only_held_is_not_told(agreed: Callable[..., Booking], page: Callable[[], str]) -> None:
    agreed(state=Booking.State.HELD, expires_at=utc(20, 13), meeting_url="", candidate_phone="", team_phone="")

    assert "has not chosen a time" in page()


def test_the_one_way_interview_stays_in_sight(
    application: Application, version: QuestionSetVersion, live: LiveRound, page: Callable[[], str]
) -> None:
    interview = factories.submitted(application, version)
    Application.objects.update(stage=live.stage)

    assert interview.receipt in page()
    assert "Send a reminder" not in page()
    assert Interview.objects.count() == 1


def test_whoever_owes_the_card_of_a_meeting_reads_that_first(
    agreed: Callable[..., Booking],
    version: QuestionSetVersion,
    grace: User,
    page: Callable[[], str],
    friday: time_machine.Traveller,
) -> None:
    assessment = Assessment.objects.create(kind=Assessment.Kind.BOOKING, version=version)
    booking = agreed(assessment=assessment)
    ReviewAssignment.objects.create(assessment=assessment, reviewer=grace)

    assert "has not taken place yet" in page()  # which is nobody's opinion

    friday.move_to(booking.end_at)

    assert "your own scorecard comes first" in page()


def test_the_timeline_says_to_when_and_why(
    agreed: Callable[..., Booking], application: Application, grace: User, friday: time_machine.Traveller
) -> None:
    booking = agreed()
    scheduling.move(booking, utc(25, 15), by=application.candidate)
    friday.shift(60)
    scheduling.cancel(booking, by=grace, reason="Grace is ill")

    cancelled, moved, *_earlier = timeline(application, hide_cards_from=None)

    assert (cancelled.by, cancelled.remark) == ("Grace", "Grace is ill")
    assert str(moved.text) == "Moved the booking to Wednesday 25 November 2026, 15:00 (UTC)"


def test_whoever_has_no_link_in_a_live_round_is_sent_one(
    offered: Offer, live: LiveRound, page: Callable[[], str], grace: User, signed_in: Callable[[User], Client]
) -> None:
    before = page()
    Offer.objects.update(closed_at=offered.created_at)

    assert "has no link to choose a time by" not in before
    assert "has no link to choose a time by" in page()
    url = reverse("reviewer:scheduling:offer", args=[offered.application_id])
    signed_in(grace).post(url, {"note": "Let us try once more."})
    assert "has no link to choose a time by" not in page()
    assert Offer.objects.filter(closed_at=None).count() == 1
