"""Every move from every place: what it does, or the sentence with which it is refused."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.pipeline import decisions, operations, promises, transitions
from hiring.pipeline.models import Application, Decision, Job, JobStage, Stay
from hiring.pipeline.transitions import Move
from hiring.rubrics.models import QuestionSetVersion
from interviews import setup
from interviews.models import Interview
from tests import factories


@pytest.fixture
def second(job: Job, version: QuestionSetVersion) -> JobStage:
    """A second one-way interview after the first."""
    stage = factories.stage(job, "interview", "Second interview")
    setup.ask(stage, version.question_set, days_to_answer=3)
    return stage


def verbs(application: Application) -> Any:
    return list(application.events.values_list("verb", flat=True))


def ended(application: Application, outcome: Application.Outcome) -> Application:
    step = {"hired": Move.HIRE, "rejected": Move.REJECT, "withdrawn": Move.WITHDRAW}[outcome]
    return transitions.move(application, step, by=application.candidate)


@pytest.mark.parametrize("step", [Move.REJECT, Move.WITHDRAW, Move.HIRE])
def test_what_ends_an_application_keeps_where_it_ended(application: Application, grace: User, step: Move) -> None:
    moved = transitions.move(application, step, by=grace)

    stored = Application.objects.get()
    assert (stored.outcome, stored.stage) == (step.value.ends, application.stage)
    assert stored.closed_at is not None
    assert moved == stored
    assert verbs(application) == [step.value.verb]
    assert Stay.objects.filter(left_at__isnull=True).count() == 0


@pytest.mark.parametrize("outcome", Application.Outcome)
@pytest.mark.parametrize("step", [step for step in Move if step is not Move.REOPEN])
def test_nothing_moves_once_it_is_closed(
    application: Application, grace: User, outcome: Application.Outcome, step: Move
) -> None:
    ended(application, outcome)

    with pytest.raises(transitions.IllegalMove) as refused:
        transitions.move(application, step, by=grace, reason="Because")

    assert str(refused.value) == f"The application of Joan Clarke is closed: {outcome.label}."


def test_the_next_stage_is_opened_and_the_stay_begins(
    application: Application, second: JobStage, version: QuestionSetVersion, grace: User, katherine: User, alan: User
) -> None:
    interview = factories.submitted(application, version)
    for reviewer in (katherine, alan):
        factories.card(interview, reviewer)

    moved = operations.advance(application, by=grace, note="Your second answer made us curious.")

    assert moved.stage == second
    assert [stay.stage for stay in application.stays.all()] == [interview.stage, second]
    invited = Interview.objects.get(stage=second)
    assert invited.status == Interview.Status.INVITED
    assert verbs(application) == ["application_advanced", "interview_invited"]


@pytest.mark.parametrize("cards", [0, 1])
def test_too_few_scorecards_close_the_gate(
    application: Application, second: JobStage, version: QuestionSetVersion, grace: User, alan: User, cards: int
) -> None:
    interview = factories.submitted(application, version)
    for reviewer in [alan][:cards]:
        factories.card(interview, reviewer)

    with pytest.raises(Refusal) as refused:
        operations.advance(application, by=grace)

    assert str(refused.value) == f"Joan Clarke has {cards} of the 2 scorecards this job asks for."
    assert Application.objects.get().stage == interview.stage
    assert verbs(application) == []


def test_answers_that_are_not_in_close_the_gate(interview: Interview, second: JobStage, grace: User) -> None:
    with pytest.raises(Refusal, match="Joan Clarke has not handed in their answers yet"):
        operations.advance(interview.application, by=grace)


def test_the_gate_is_passed_with_a_reason_that_stays(interview: Interview, second: JobStage, grace: User) -> None:
    operations.skip(interview.application, by=grace, reason="We met her at the fair.")

    event = interview.application.events.get(verb="stage_skipped")
    assert event.remark.text == "We met her at the fair."
    assert "fair" not in str(event.details)
    interview.refresh_from_db()
    assert interview.status == Interview.Status.WITHDRAWN


@pytest.mark.parametrize("step", [Move.SKIP, Move.REOPEN])
def test_some_moves_need_a_reason(application: Application, second: JobStage, grace: User, step: Move) -> None:
    if step is Move.REOPEN:
        ended(application, Application.Outcome.REJECTED)

    with pytest.raises(transitions.ReasonMissing):
        transitions.move(application, step, by=grace, reason="  ")


def test_after_the_last_stage_comes_the_decision(application: Application, grace: User) -> None:
    with pytest.raises(transitions.IllegalMove, match="is the last stage of “Support lead”"):
        transitions.move(application, Move.SKIP, by=grace, reason="Why not")


def test_nobody_is_hired_before_the_last_stage(application: Application, second: JobStage, grace: User) -> None:
    with pytest.raises(transitions.IllegalMove, match="“Second interview” is still ahead of Joan Clarke"):
        transitions.move(application, Move.HIRE, by=grace)


def test_reopened_it_stands_where_it_ended(application: Application, grace: User) -> None:
    ended(application, Application.Outcome.REJECTED)

    reopened = operations.reopen(application, by=grace, reason="The reason was wrong.")

    assert (reopened.outcome, reopened.stage) == (None, application.stage)
    assert application.stays.filter(left_at__isnull=True).count() == 1


def test_only_a_closed_application_is_reopened(application: Application, grace: User) -> None:
    with pytest.raises(transitions.IllegalMove, match="is open"):
        operations.reopen(application, by=grace, reason="Why not")


def test_who_has_applied_again_is_not_reopened(application: Application, job: Job, grace: User) -> None:
    ended(application, Application.Outcome.WITHDRAWN)
    operations.add_candidate(job, name="Joan", email=application.candidate.email, by=grace)

    with pytest.raises(transitions.IllegalMove, match="has applied again since"):
        operations.reopen(application, by=grace, reason="They came back")


def test_withdrawing_undoes_a_decision_nobody_was_told(application: Application, grace: User) -> None:
    decision = decisions.decide(application, Decision.Outcome.REJECTED, by=grace, reason=factories.reason())

    operations.withdraw(application, by=application.candidate, reason="I found something else.")

    decision.refresh_from_db()
    assert decision.undone_at is not None
    assert Application.objects.get().outcome == Application.Outcome.WITHDRAWN


def test_moving_on_keeps_what_was_promised(interview: Interview, second: JobStage, grace: User) -> None:
    owed = promises.promise_decision(interview.application, since=interview.invited_at)

    operations.skip(interview.application, by=grace, reason="Met her")

    owed.refresh_from_db()
    assert owed.kept_at is not None


def test_a_row_that_is_held_is_read_once(application: Application, job: Job, django_assert_num_queries: Any) -> None:
    other = factories.application(job, "Cem Ak")

    with transaction.atomic(), transitions.holding(application) as current:
        with django_assert_num_queries(0):
            again = transitions.locked(application)
        assert again is current
        assert transitions.locked(other).pk == other.pk

    with transaction.atomic():
        assert transitions.locked(application) is not current


def test_nothing_stays_held_of_what_was_refused(application: Application) -> None:
    @transaction.atomic
    def refused() -> None:
        with transitions.holding(application) as current:
            current.source = "not saved"
            raise LookupError

    with pytest.raises(LookupError):
        refused()

    with transaction.atomic():
        assert transitions.locked(application).source == ""


@pytest.mark.django_db(transaction=True)
def test_of_two_moving_at_once_the_second_is_refused(interview: Interview, second: JobStage, grace: User) -> None:
    def skip(_number: int) -> str:
        try:
            operations.skip(interview.application, by=grace, reason="Met her")
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "moved"

    with ThreadPoolExecutor(2) as both:
        said = sorted(both.map(skip, range(2)))

    assert said == ["illegal_move", "moved"]
    assert interview.application.events.filter(verb="stage_skipped").count() == 1
