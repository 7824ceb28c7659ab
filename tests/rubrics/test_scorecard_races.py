"""Two at once, in real transactions: one is served, the other is told."""

import threading
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection

from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.pipeline.models import Application
from hiring.rubrics import assignments, scorecards
from hiring.rubrics.models import Assessment, QuestionCompetency, QuestionSetVersion, Scorecard
from hiring.rubrics.scorecards import Draft
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def assessment(application: Application, version: QuestionSetVersion, alan: User) -> Assessment:
    made = factories.submitted(application, version).assessment
    assignments.assign(made, alan)
    return made


@pytest.fixture
def pairs(version: QuestionSetVersion) -> list[UUID]:
    return list(QuestionCompetency.objects.filter(question__version=version).values_list("pk", flat=True))


def at_once(*actions: Callable[[], object]) -> list[str]:
    """How each ended: "done" or the code of its refusal."""
    start, outcomes = threading.Barrier(len(actions)), list[str]()

    def attempt(action: Callable[[], object]) -> None:
        start.wait()
        try:
            action()
            outcomes.append("done")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_two_tabs_saving_different_scores(assessment: Assessment, pairs: list[UUID], alan: User) -> None:
    outcomes = at_once(
        lambda: scorecards.save(assessment, Draft({pairs[0]: 4}), version=0, pairs=pairs, by=alan),
        lambda: scorecards.save(assessment, Draft({pairs[0]: 2}), version=0, pairs=pairs, by=alan),
    )

    assert outcomes == ["done", "version_conflict"]
    assert Scorecard.objects.get().version == 1


def test_the_same_save_sent_twice(assessment: Assessment, pairs: list[UUID], alan: User) -> None:
    draft = Draft({pairs[0]: 4})

    outcomes = at_once(*[lambda: scorecards.save(assessment, draft, version=0, pairs=pairs, by=alan) for _ in range(3)])

    assert outcomes == ["done", "done", "done"]
    assert Scorecard.objects.get().version == 1


def test_handing_in_twice(assessment: Assessment, pairs: list[UUID], alan: User) -> None:
    whole = Draft(dict.fromkeys(pairs, 3), recommendation="pass")
    scorecards.save(assessment, whole, version=0, pairs=pairs, by=alan)

    outcomes = at_once(*[lambda: scorecards.submit(assessment, version=1, pairs=pairs, by=alan) for _ in range(3)])

    assert outcomes == ["already_submitted", "already_submitted", "done"]


def test_saving_while_being_released(assessment: Assessment, pairs: list[UUID], alan: User) -> None:
    outcomes = at_once(
        lambda: assignments.release(assessment, alan),
        lambda: scorecards.save(assessment, Draft({pairs[0]: 4}), version=0, pairs=pairs, by=alan),
    )

    assert outcomes in (["done", "done"], ["done", "not_assigned"])


def test_handing_in_while_being_released(assessment: Assessment, pairs: list[UUID], alan: User) -> None:
    whole = Draft(dict.fromkeys(pairs, 3), recommendation="pass")
    scorecards.save(assessment, whole, version=0, pairs=pairs, by=alan)

    outcomes = at_once(
        lambda: assignments.release(assessment, alan),
        lambda: scorecards.submit(assessment, version=1, pairs=pairs, by=alan),
    )

    assert outcomes in (["card_is_in", "done"], ["done", "not_assigned"])
