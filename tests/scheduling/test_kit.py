"""The kit: what to ask, the own card beside it, and nobody else's before it is in."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from hiring.accounts.models import User
from hiring.rubrics.models import QuestionCompetency, Scorecard, ScoreSighting
from scheduling import kit, operations, scoring
from scheduling.models import Booking, Offer
from tests.live_cast import CANDIDATE_PHONE, utc

pytestmark = pytest.mark.django_db


@pytest.fixture
def booking(offered: Offer) -> Booking:
    """Joan meets Grace and Katherine on Tuesday at ten."""
    return operations.confirm(offered, utc(24, 10), phone=CANDIDATE_PHONE, by=offered.application.candidate)


@pytest.fixture
def begun(booking: Booking, friday: time_machine.Traveller) -> Booking:
    friday.move_to(booking.start_at + timedelta(minutes=5))
    return booking


@pytest.fixture
def pairs(booking: Booking) -> list[UUID]:
    asked = QuestionCompetency.objects.filter(question__version=booking.assessment.version)  # type: ignore[union-attr]  # it has a guide
    return list(asked.order_by("question__position", "position").values_list("pk", flat=True))


def browser(who: User) -> Client:
    client = Client()
    client.force_login(who)
    return client


def card(pairs: list[UUID], *, version: int = 0, **said: str) -> dict[str, Any]:
    marks = {f"score-{pair}": "4" for pair in pairs}
    return {"version": version, "recommendation": "pass", "reason": "", **marks, **said}


def path(booking: Booking) -> str:
    return f"/review/live/bookings/{booking.pk}/kit/"


def test_it_says_whom_one_meets_how_to_reach_them_and_what_to_ask(booking: Booking, grace: User) -> None:
    page = browser(grace).get(path(booking)).content.decode()

    for words in (
        "Joan Clarke",
        booking.meeting_url,
        CANDIDATE_PHONE,
        booking.backup_code,
        "Katherine",
        "Their questions",
    ):
        assert words in page
    assert "Tell us about a difficult customer." in page
    assert "Handles conflict at 5" in page


def test_probes_stand_below_their_question(booking: Booking, grace: User) -> None:
    shown = kit.of(booking, grace, now=booking.start_at)

    assert [part.question.probe_lines for part in shown.parts] == [[], []]
    assert sum(minutes for minutes, _what in shown.agenda) == 45


def test_the_card_is_saved_before_and_handed_in_once_it_has_begun(
    booking: Booking, pairs: list[UUID], grace: User, friday: time_machine.Traveller
) -> None:
    client = browser(grace)

    client.post(path(booking), card(pairs))
    early = client.post(path(booking), card(pairs, version=1) | {"submission": "1"})
    friday.move_to(booking.start_at)
    client.force_login(grace)  # the session of last week is over
    late = client.post(path(booking), card(pairs, version=1) | {"submission": "1"})

    assert early.status_code == 409
    assert "You have not met yet" in early.content.decode()
    assert late.status_code == 302
    assert Scorecard.objects.submitted().of(grace).count() == 1
    assert booking.offer.application.events.filter(verb="scorecard_submitted").count() == 1


def test_nobody_elses_card_exists_before_the_own_is_in(
    begun: Booking, pairs: list[UUID], grace: User, katherine: User
) -> None:
    said = card(pairs, reason="Katherine thought it weak", recommendation="no")
    browser(katherine).post(path(begun), said | {"submission": "1"})

    before = browser(grace).get(path(begun)).content.decode()
    browser(grace).post(path(begun), card(pairs) | {"submission": "1"})
    after = browser(grace).get(path(begun)).content.decode()

    assert "thought it weak" not in before
    assert "thought it weak" in after


def test_two_tabs_are_shown_both(begun: Booking, pairs: list[UUID], grace: User) -> None:
    client = browser(grace)
    client.post(path(begun), card(pairs))

    second = client.post(path(begun), card(pairs) | {f"score-{pairs[0]}": "2"})

    assert second.status_code == 409
    assert "Handles conflict: saved there as 4" in second.content.decode()


def test_a_recommendation_waits_for_the_scores(begun: Booking, pairs: list[UUID], grace: User) -> None:
    half = card(pairs[:1])

    answer = browser(grace).post(path(begun), half)

    assert answer.status_code == 409
    assert "The recommendation comes last" in answer.content.decode()


def test_a_note_that_is_too_long_is_said_at_its_field(begun: Booking, pairs: list[UUID], grace: User) -> None:
    question = begun.assessment.version.questions.first()  # type: ignore[union-attr]  # it has a guide

    answer = browser(grace).post(path(begun), card(pairs) | {f"note-{question.pk}": "x" * 1001})  # type: ignore[union-attr]  # it has two

    assert answer.status_code == 422
    assert Scorecard.objects.count() == 0


def test_whoever_oversees_asks_to_see_and_is_remembered(
    begun: Booking, pairs: list[UUID], ada: User, katherine: User
) -> None:
    browser(katherine).post(path(begun), card(pairs, reason="Because", recommendation="hold") | {"submission": "1"})

    before = browser(ada).get(path(begun)).content.decode()
    browser(ada).post(f"{path(begun)}scores/")
    after = browser(ada).get(path(begun)).content.decode()

    assert "Because" not in before
    assert "Because" in after
    assert ScoreSighting.objects.get().user == ada


def test_what_is_called_off_is_not_scored(begun: Booking, pairs: list[UUID], grace: User) -> None:
    Booking.objects.filter(pk=begun.pk).update(state=Booking.State.CANCELLED_BY_TEAM)
    begun.refresh_from_db()

    with pytest.raises(scoring.NotMet):
        scoring.submit(begun, version=0, by=grace)
    assert "data-card" not in browser(grace).get(path(begun)).content.decode()


def test_an_interviewer_of_another_meeting_finds_nothing(booking: Booking, alan: User) -> None:
    assert browser(alan).get(path(booking)).status_code == 404


def test_a_program_saves_and_hands_in_the_same_card(begun: Booking, pairs: list[UUID], grace: User) -> None:
    client, url = browser(grace), f"/api/v1/bookings/{begun.pk}/scorecard/"
    scores = [{"pair": str(pair), "value": 3, "no_evidence": False} for pair in pairs]
    said = {"version": 0, "scores": scores, "notes": [], "recommendation": "pass", "reason": ""}

    saved = client.put(url, said, content_type="application/json")
    handed_in = client.post(f"{url}submission/", {"version": 1}, content_type="application/json")

    assert (saved.status_code, handed_in.status_code) == (200, 200)
    assert client.get(url).json()["submitted_at"] is not None


def test_the_kit_asks_as_often_for_two_cards_as_for_one(
    begun: Booking, pairs: list[UUID], grace: User, katherine: User, django_assert_max_num_queries: Any
) -> None:
    for who in (katherine, grace):
        browser(who).post(path(begun), card(pairs) | {"submission": "1"})
    client = browser(grace)

    with django_assert_max_num_queries(25):
        client.get(path(begun))
