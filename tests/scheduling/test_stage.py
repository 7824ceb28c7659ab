"""The live round as a step of the pipeline: in with a personal note, out with everybody's time free."""

from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hiring.accounts.models import User
from hiring.mail.models import Message
from hiring.pipeline import decisions, stages, transitions
from hiring.pipeline import operations as pipeline
from hiring.pipeline.models import Application, Decision
from hiring.rubrics import scorecards
from hiring.rubrics.models import QuestionCompetency, QuestionSetVersion
from scheduling import operations, rules, scoring
from scheduling.models import Booking, LiveRound, Offer
from tests import factories
from tests.live_cast import CANDIDATE_PHONE, utc

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]


@pytest.fixture
def scored(application: Application, version: QuestionSetVersion, grace: User, katherine: User) -> Application:
    """Joan's answers are in and two people have scored them."""
    interview = factories.submitted(application, version)
    for reviewer in (grace, katherine):
        factories.card(interview, reviewer)
    return application


def test_promoting_sends_the_link_with_the_note(scored: Application, live: LiveRound, katherine: User) -> None:
    moved = pipeline.advance(scored, by=katherine, note="You made us laugh.")

    mail = Message.objects.get(kind="booking_offer")
    assert (moved.stage, Offer.objects.get().stage) == (live.stage, live.stage)
    assert ("You made us laugh." in mail.text, mail.reply_to) == (True, katherine.email)


def test_nobody_is_promoted_without_a_word(scored: Application, live: LiveRound, katherine: User) -> None:
    with pytest.raises(rules.NoteNeeded):
        pipeline.advance(scored, by=katherine)

    scored.refresh_from_db()
    assert (scored.stage.kind, Offer.objects.count()) == ("interview", 0)


def test_whoever_withdraws_frees_everybodys_time(offered: Offer) -> None:
    by = offered.application.candidate
    booking = operations.confirm(offered, utc(24, 10), phone=CANDIDATE_PHONE, by=by)

    pipeline.withdraw(offered.application, by=by)

    booking.refresh_from_db()
    assert booking.state == "cancelled_by_candidate"
    assert not booking.assignments.filter(occupies=True).exists()
    assert Message.objects.filter(kind="team_booking_cancelled").count() == 2


def test_the_candidates_next_step_follows_the_booking(offered: Offer) -> None:
    def said() -> str:
        step = stages.of(offered.application).next_step(Application.objects.get())
        return str(step.title) if step else ""

    by = offered.application.candidate
    assert said() == "Choose a time to meet the team"
    booking = operations.confirm(offered, utc(24, 10), phone=CANDIDATE_PHONE, by=by)
    assert said() == "You meet us on Tuesday 24 November 2026, 10:00 – 10:45 (UTC)"
    Booking.objects.update(state=Booking.State.COMPLETED, start_at=utc(19, 10), end_at=utc(19, 11))
    assert said() == "Thank you for talking with us"
    Booking.objects.filter(pk=booking.pk).update(state=Booking.State.CANCELLED_BY_TEAM)
    Offer.objects.update(expires_at=utc(19, 10))
    assert said() == "The time to choose has passed"


def test_the_process_promises_how_long_it_takes(live: LiveRound) -> None:
    assert stages.promise(live.stage) == "A conversation with the team, 45 minutes, at a time you choose"


NOT_YET = "The conversation with Joan Clarke has not taken place yet."


@pytest.fixture
def booking(offered: Offer) -> Booking:
    return operations.confirm(offered, utc(24, 10), phone=CANDIDATE_PHONE, by=offered.application.candidate)


def hand_in(booking: Booking, *reviewers: User) -> None:
    pairs = QuestionCompetency.objects.filter(question__version__assessments__booking=booking)
    values = {pair.pk: 4 for pair in pairs}
    for reviewer in reviewers:
        draft = scorecards.Draft(scores=values, recommendation="pass")
        card = scoring.save_draft(booking, draft, version=0, by=reviewer)
        scoring.submit(booking, version=card.version, by=reviewer)


def gate(of: Booking) -> str:
    return transitions.gate(Application.objects.select_related("stage").get(pk=of.offer.application_id))


def test_nobody_goes_on_before_the_conversation(offered: Offer, grace: User) -> None:
    with pytest.raises(stages.GateClosed, match=NOT_YET):
        decisions.decide(offered.application, Decision.Outcome.HIRED, by=grace)

    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "state", [Booking.State.CANCELLED_BY_TEAM, Booking.State.NO_SHOW_CANDIDATE, Booking.State.NO_SHOW_TEAM]
)
def test_what_was_called_off_or_missed_is_no_conversation(
    friday: time_machine.Traveller, booking: Booking, state: str
) -> None:
    friday.move_to(booking.end_at)
    Booking.objects.update(state=state)

    assert gate(booking) == NOT_YET


def test_everybody_who_was_there_is_waited_for(
    friday: time_machine.Traveller, booking: Booking, grace: User, katherine: User
) -> None:
    assert gate(booking) == NOT_YET

    friday.move_to(booking.end_at)
    assert (
        gate(booking) == "The scorecards of Grace and Katherine about the conversation with Joan Clarke are not in yet."
    )
    hand_in(booking, katherine)
    assert gate(booking) == "The scorecard of Grace about the conversation with Joan Clarke is not in yet."
    hand_in(booking, grace)
    assert gate(booking) == ""


def test_nobody_waits_for_somebody_who_left(
    friday: time_machine.Traveller, booking: Booking, grace: User, katherine: User
) -> None:
    friday.move_to(booking.end_at)
    User.objects.filter(pk=grace.pk).update(is_active=False)
    hand_in(booking, katherine)

    assert gate(booking) == ""


def test_but_some_card_there_has_to_be(friday: time_machine.Traveller, booking: Booking) -> None:
    friday.move_to(booking.end_at)
    User.objects.update(is_active=False)

    assert gate(booking) == "Nobody has handed in a scorecard about the conversation with Joan Clarke."


def test_without_a_guide_that_it_is_over_is_enough(friday: time_machine.Traveller, booking: Booking) -> None:
    Booking.objects.update(assessment=None)

    friday.move_to(booking.start_at)
    assert gate(booking) == NOT_YET
    friday.move_to(booking.end_at)
    assert gate(booking) == ""


def test_past_the_gate_somebody_says_why(booking: Booking, grace: User) -> None:
    decision = decisions.decide(
        booking.offer.application, Decision.Outcome.HIRED, by=grace, anyway="We have worked with her for years."
    )
    decisions.release(decision)

    made = booking.offer.application.events.select_related("remark").get(verb="decision_made")
    assert (made.details["past_gate"], made.remark.text) == (True, "We have worked with her for years.")
    assert Application.objects.get().outcome == "hired"


def test_where_nothing_is_missing_nothing_is_said_of_it(
    friday: time_machine.Traveller, booking: Booking, grace: User, katherine: User
) -> None:
    friday.move_to(booking.end_at)
    hand_in(booking, grace, katherine)

    decisions.decide(booking.offer.application, Decision.Outcome.HIRED, by=grace, anyway="Just in case.")

    made = booking.offer.application.events.get(verb="decision_made")
    assert "past_gate" not in made.details
    assert made.remark.text == "Just in case."  # what was typed is kept, needed or not


def test_on_to_another_round_it_is_the_same(booking: Booking, grace: User) -> None:
    second = factories.stage(booking.offer.application.job, "screening")

    with pytest.raises(stages.GateClosed, match=NOT_YET):
        pipeline.advance(booking.offer.application, by=grace)
    pipeline.skip(booking.offer.application, by=grace, reason="They met by chance.")

    assert Application.objects.get().stage == second


def test_whoever_does_not_move_forward_needs_no_card(booking: Booking, grace: User) -> None:
    decisions.decide(booking.offer.application, Decision.Outcome.REJECTED, by=grace, reason=factories.reason())

    assert Decision.objects.count() == 1


def test_the_page_asks_why_before_it_hires(booking: Booking, ada: User, signed_in: Callable[[User], Client]) -> None:
    browser, page = signed_in(ada), f"/review/applications/{booking.offer.application_id}/"
    seen = {"outcome": "hired", "stage": str(booking.offer.stage_id), "when": "soon"}

    assert NOT_YET in browser.get(page).content.decode()
    asked = browser.get(f"{page}decision/?outcome=hired").content.decode()
    refused = browser.post(f"{page}decision/", {**seen, "check": ""}).content.decode()
    read = (
        browser.post(f"{page}decision/", {**seen, "anyway": "We know her.", "check": ""}).context["form"].data["read"]
    )
    browser.post(f"{page}decision/", {**seen, "anyway": "We know her.", "read": read, "send": ""})

    assert (NOT_YET in asked, "Hire anyway, because" in asked) == (True, True)
    assert "Say why it cannot wait." in refused
    assert "Decided although something was missing: Hire" in browser.get(page).content.decode()


def test_whoever_owes_a_card_does_not_learn_of_others(
    friday: time_machine.Traveller, booking: Booking, grace: User, katherine: User, signed_in: Callable[[User], Client]
) -> None:
    friday.move_to(booking.end_at)
    hand_in(booking, katherine)

    page = signed_in(grace).get(f"/review/applications/{booking.offer.application_id}/").content.decode()

    assert "your own scorecard comes first" in page
    assert "about the conversation with" not in page


def test_the_page_of_somebody_met_asks_no_more_questions(
    friday: time_machine.Traveller,
    booking: Booking,
    ada: User,
    katherine: User,
    version: QuestionSetVersion,
    signed_in: Callable[[User], Client],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    friday.move_to(booking.end_at)
    hand_in(booking, katherine)
    browser = signed_in(ada)

    with django_assert_max_num_queries(25):
        browser.get(f"/review/applications/{booking.offer.application_id}/")
