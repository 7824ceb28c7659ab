"""Holding, moving on, deciding and marking in a résumé review."""

import pytest

from hiring.accounts.models import User
from hiring.pipeline import decisions, stages, transitions
from hiring.pipeline import operations as pipeline
from hiring.pipeline.models import Application, Job, JobStage
from screening import operations, queries
from screening.models import Criterion, CriterionMark
from tests import factories


@pytest.fixture
def review(job: Job) -> JobStage:
    """The job's process is a résumé review, then the one-way interview."""
    return factories.screening_stage(job)


@pytest.fixture
def ada_lovelace(review: JobStage) -> Application:
    return factories.placed(factories.candidate("Ada Lovelace"), review)


def test_holding_puts_aside_and_says_why(ada_lovelace: Application, review: JobStage, grace: User) -> None:
    operations.hold(ada_lovelace, review, by=grace, reason=" Waiting for her portfolio ")

    stay = ada_lovelace.stays.get()
    assert (stay.held_at is not None, stay.held_reason, stay.held_by) == (True, "Waiting for her portfolio", grace)
    event = ada_lovelace.events.get()
    assert (event.verb, event.remark.text, event.details) == ("application_held", "Waiting for her portfolio", {})


def test_whoever_is_taken_off_hold_waits_again(ada_lovelace: Application, review: JobStage, grace: User) -> None:
    operations.hold(ada_lovelace, review, by=grace)

    operations.resume(ada_lovelace, review, by=grace)
    operations.resume(ada_lovelace, review, by=grace)

    assert ada_lovelace.stays.get().held_at is None
    assert [event.verb for event in ada_lovelace.events.all()] == ["application_held", "application_resumed"]


def test_moving_on_invites_to_the_interview_at_once(ada_lovelace: Application, review: JobStage, grace: User) -> None:
    moved = operations.advance(ada_lovelace, review, by=grace)

    assert moved.stage.kind == "interview"
    assert [event.verb for event in ada_lovelace.events.all()] == ["application_advanced", "interview_invited"]


def test_leaving_ends_the_waiting(ada_lovelace: Application, review: JobStage, grace: User) -> None:
    operations.hold(ada_lovelace, review, by=grace, reason="later")

    operations.advance(ada_lovelace, review, by=grace)

    assert ada_lovelace.stays.get(left_at__isnull=True).held_at is None
    assert queries.queue(review).lines == []


def test_rejecting_is_a_decision_with_a_reason_that_can_be_undone(
    ada_lovelace: Application, review: JobStage, grace: User
) -> None:
    decision = operations.reject(ada_lovelace, review, by=grace, reason=factories.reason())

    ada_lovelace.refresh_from_db()
    assert ada_lovelace.outcome is None
    decisions.undo(decision, by=grace)
    operations.hold(ada_lovelace, review, by=grace)


@pytest.mark.parametrize("act", ["hold", "resume", "advance", "reject"])
def test_whoever_comes_second_is_told(
    act: str, ada_lovelace: Application, review: JobStage, grace: User, katherine: User
) -> None:
    pipeline.advance(ada_lovelace, by=katherine)
    reason = {"reason": factories.reason()} if act == "reject" else {}

    with pytest.raises(operations.NotHere, match="Somebody was quicker: Ada Lovelace"):
        getattr(operations, act)(ada_lovelace, review, by=grace, **reason)


def test_two_people_deciding_at_once_decide_once(
    ada_lovelace: Application, review: JobStage, grace: User, katherine: User
) -> None:
    operations.reject(ada_lovelace, review, by=katherine, reason=factories.reason())

    with pytest.raises(transitions.IllegalMove, match="Katherine has decided"):
        operations.advance(ada_lovelace, review, by=grace)


def test_marks_are_kept_per_reviewer_and_can_be_taken_back(
    ada_lovelace: Application, review: JobStage, grace: User, katherine: User
) -> None:
    criterion = Criterion.objects.create(stage=review, text="Has led a team")

    operations.mark(ada_lovelace, {criterion: "no"}, by=grace)
    operations.mark(ada_lovelace, {criterion: "yes"}, by=grace)
    operations.mark(ada_lovelace, {criterion: "unclear"}, by=katherine)
    operations.mark(ada_lovelace, {criterion: ""}, by=katherine)

    assert [(mark.by, mark.value) for mark in CriterionMark.objects.all()] == [(grace, "yes")]


def test_a_candidate_is_told_what_happens_to_the_application(ada_lovelace: Application, review: JobStage) -> None:
    step = stages.of(ada_lovelace).next_step(ada_lovelace)

    assert step is not None
    assert step.title == "We have your application"
    assert stages.promise(review) == "People read your application. No machine decides."


def test_whoever_comes_back_waits_again(ada_lovelace: Application, review: JobStage, grace: User) -> None:
    operations.hold(ada_lovelace, review, by=grace, reason="later")
    withdrawn = pipeline.withdraw(ada_lovelace, by=ada_lovelace.candidate)

    pipeline.reopen(withdrawn, by=grace, reason="They changed their mind")

    queue = queries.queue(review)
    assert (len(queue.waiting), queue.held) == (1, [])
