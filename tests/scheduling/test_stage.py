"""The live round as a step of the pipeline: in with a personal note, out with everybody's time free."""

import pytest

from hiring.accounts.models import User
from hiring.mail.models import Message
from hiring.pipeline import operations as pipeline
from hiring.pipeline import stages
from hiring.pipeline.models import Application
from hiring.rubrics.models import QuestionSetVersion
from scheduling import operations, rules
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
