import pytest

from hiring.accounts.models import User
from hiring.pipeline import decisions, holds, operations, transitions
from hiring.pipeline.models import Application, Decision
from tests import factories


def test_a_hold_says_why_and_a_newer_reason_counts(application: Application, grace: User, katherine: User) -> None:
    holds.hold(application, by=grace, reason=" The team is away ")
    holds.hold(application, by=katherine, reason="Budget")

    stay = application.stays.get()
    assert (stay.held_at is not None, stay.held_by, stay.held_reason) == (True, katherine, "Budget")
    assert [event.remark.text for event in application.events.all()] == ["The team is away", "Budget"]


def test_taken_up_again_once(application: Application, grace: User) -> None:
    holds.hold(application, by=grace, reason="Budget")

    holds.resume(application, by=grace)
    holds.resume(application, by=grace)

    assert application.stays.get().held_at is None
    assert [event.verb for event in application.events.all()] == ["application_held", "application_resumed"]


def test_whoever_moves_on_leaves_the_hold_behind(application: Application, grace: User) -> None:
    holds.hold(application, by=grace, reason="Budget")
    withdrawn = operations.withdraw(application, by=application.candidate)

    operations.reopen(withdrawn, by=grace, reason="They changed their mind")

    assert application.stays.get(left_at__isnull=True).held_at is None


def test_what_is_decided_or_closed_is_not_put_on_hold(application: Application, grace: User) -> None:
    decided = decisions.decide(application, Decision.Outcome.REJECTED, by=grace, reason=factories.reason())
    with pytest.raises(transitions.IllegalMove):
        holds.hold(application, by=grace, reason="Budget")

    decisions.release(decided)
    with pytest.raises(transitions.IllegalMove, match="is closed"):
        holds.hold(application, by=grace, reason="Budget")

    assert not application.events.filter(verb="application_held").exists()
