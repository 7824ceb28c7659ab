"""Decide now, tell later."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.mail.models import Message
from hiring.pipeline import decisions, promises, transitions
from hiring.pipeline.models import Application, Decision, RejectReason

REJECTED, HIRED = Decision.Outcome.REJECTED, Decision.Outcome.HIRED
BECAUSE = "We know her work from last year"


@pytest.fixture
def reason(db: None) -> RejectReason:
    return RejectReason.objects.create(name="Others fit better", words="Others were closer to what the role needs.")


@pytest.fixture
def rejection(application: Application, grace: User, reason: RejectReason) -> Decision:
    return decisions.decide(application, REJECTED, by=grace, reason=reason, note="Weak at it", words="Thanks!")


def test_deciding_tells_nobody_yet(rejection: Decision, application: Application) -> None:
    assert Message.objects.count() == 0
    assert Application.objects.get().outcome is None
    assert [event.verb for event in application.events.all()] == ["decision_made"]


def test_telling_closes_the_application_in_the_name_of_who_decided(
    rejection: Decision, application: Application, grace: User
) -> None:
    owed = promises.promise_decision(application, since=timezone.now())

    decisions.release(rejection)

    assert Application.objects.get().outcome == Application.Outcome.REJECTED
    ending = application.events.get(verb="application_rejected")
    assert ending.actor_id == grace.pk
    assert ending.remark.text == "Weak at it"
    owed.refresh_from_db()
    assert owed.kept_at is not None


def test_the_candidate_reads_why_and_never_the_note(rejection: Decision) -> None:
    decisions.release(rejection)

    message = Message.objects.get()
    assert (message.kind, message.reply_to) == ("decision_rejected", "grace@northwind.test")
    assert "Others were closer to what the role needs." in message.text
    assert "Thanks!" in message.text
    assert "Weak at it" not in message.text
    assert "Others fit better" not in message.text


def test_the_preview_says_what_the_mail_will(rejection: Decision) -> None:
    drafted = decisions.draft(rejection)

    decisions.release(rejection)

    assert Message.objects.get().subject == drafted.subject
    assert Message.objects.get().text == drafted.text


def test_good_news_are_told_too(application: Application, grace: User) -> None:
    decisions.release(decisions.decide(application, HIRED, by=grace, anyway=BECAUSE))

    assert Application.objects.get().outcome == Application.Outcome.HIRED
    assert Message.objects.get().kind == "decision_hired"


def test_undone_it_is_as_if_nobody_had_decided(rejection: Decision, grace: User, application: Application) -> None:
    decisions.undo(rejection, by=grace)
    decisions.undo(rejection, by=grace)

    assert decisions.release_due(timezone.now() + timedelta(days=1)) == 0
    assert Application.objects.get().outcome is None
    assert [event.verb for event in application.events.all()] == ["decision_made", "decision_undone"]


def test_told_is_told(rejection: Decision, grace: User) -> None:
    decisions.release(rejection)
    decisions.release(rejection)

    with pytest.raises(decisions.ToldAlready, match="Joan Clarke was told on "):
        decisions.undo(rejection, by=grace)

    assert Message.objects.count() == 1


def test_due_ones_are_told_and_others_wait(application: Application, rejection: Decision) -> None:
    assert decisions.release_due(timezone.now() + timedelta(minutes=9)) == 0
    assert decisions.release_due(timezone.now() + timedelta(minutes=10)) == 1
    assert decisions.release_due(timezone.now() + timedelta(minutes=10)) == 0


def test_a_rejection_needs_a_reason(application: Application, grace: User) -> None:
    with pytest.raises(transitions.ReasonMissing, match="Choose the reason why Joan Clarke does not move forward"):
        decisions.decide(application, REJECTED, by=grace)


def test_nobody_waits_for_months(application: Application, grace: User) -> None:
    with pytest.raises(decisions.TooFarOff):
        decisions.decide(application, HIRED, by=grace, anyway=BECAUSE, release_at=timezone.now() + timedelta(days=31))


def test_decided_it_does_not_move_on(rejection: Decision, application: Application, alan: User) -> None:
    with pytest.raises(transitions.IllegalMove, match="Grace has decided about Joan Clarke already: Not moving"):
        transitions.move(application, transitions.Move.SKIP, by=alan, reason="I liked her")


@pytest.mark.django_db(transaction=True)
def test_of_two_deciding_at_once_the_second_is_told_of_the_first(
    application: Application, grace: User, katherine: User, reason: RejectReason
) -> None:
    def decide(who: User) -> str:
        try:
            decisions.decide(application, REJECTED, by=who, reason=reason)
        except Refusal as refusal:
            return str(refusal)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as both:
        said = sorted(both.map(decide, [grace, katherine]))

    assert said[0] == ""
    assert said[1].endswith("has decided about Joan Clarke already: Not moving forward. Undo that first.")
    assert Decision.objects.count() == 1


def test_a_message_waits_for_its_time(application: Application, grace: User) -> None:
    later = timezone.now() + timedelta(days=2)

    decision = decisions.decide(application, HIRED, by=grace, anyway=BECAUSE, release_at=later)

    with time_machine.travel(later, tick=False):
        assert decisions.release_due(timezone.now()) == 1
    decision.refresh_from_db()
    assert decision.released_at == later
