import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.utils import timezone

from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.pipeline.models import Application
from hiring.rubrics import assignments, visibility
from hiring.rubrics.models import Assessment, QuestionSetVersion, ReviewAssignment, Scorecard, ScoreSighting
from tests import factories


@pytest.fixture
def assessment(application: Application, version: QuestionSetVersion) -> Assessment:
    return factories.submitted(application, version).assessment


def hand_in(assessment: Assessment, reviewer: User) -> None:
    Scorecard.objects.update_or_create(
        assessment=assessment, reviewer=reviewer, defaults={"submitted_at": timezone.now()}
    )


def test_assigning(assessment: Assessment, alan: User) -> None:
    assignment = assignments.assign(assessment, alan)

    assert list(ReviewAssignment.objects.standing()) == [assignment]


def test_assigning_twice_is_refused(assessment: Assessment, alan: User) -> None:
    assignments.assign(assessment, alan)

    with pytest.raises(assignments.AlreadyAssigned, match="Alan is asked"):
        assignments.assign(assessment, alan)


def test_who_saw_the_scores_cannot_be_assigned(assessment: Assessment, alan: User, grace: User) -> None:
    assignments.assign(assessment, alan)
    hand_in(assessment, alan)
    visibility.reveal(assessment, to=grace)

    with pytest.raises(assignments.HasSeenScores, match="Grace has seen scores"):
        assignments.assign(assessment, grace)


def test_who_was_released_and_then_saw_cannot_come_back(assessment: Assessment, alan: User, grace: User) -> None:
    for reviewer in (alan, grace):
        assignments.assign(assessment, reviewer)
    hand_in(assessment, alan)
    assignments.release(assessment, grace)
    visibility.reveal(assessment, to=grace)

    with pytest.raises(assignments.HasSeenScores):
        assignments.assign(assessment, grace)


def test_somebody_released_can_be_asked_again(assessment: Assessment, alan: User) -> None:
    assignments.assign(assessment, alan)
    assignments.release(assessment, alan)

    again = assignments.assign(assessment, alan)

    assert again.released_at is None
    assert ReviewAssignment.objects.count() == 1


def test_releasing_who_handed_in_is_refused(assessment: Assessment, alan: User) -> None:
    assignments.assign(assessment, alan)
    hand_in(assessment, alan)

    with pytest.raises(assignments.CardIsIn, match="handed their card in"):
        assignments.release(assessment, alan)


def test_releasing_who_was_never_asked_is_refused(assessment: Assessment, alan: User) -> None:
    with pytest.raises(assignments.NotAssigned):
        assignments.release(assessment, alan)


@pytest.mark.django_db(transaction=True)
def test_seeing_and_being_assigned_at_once_is_one_of_the_two(assessment: Assessment, alan: User, grace: User) -> None:
    assignments.assign(assessment, alan)
    hand_in(assessment, alan)
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def attempt(action: Callable[[], object]) -> None:
        start.wait()
        try:
            action()
            outcomes.append("done")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    both = [
        threading.Thread(target=attempt, args=[lambda: visibility.reveal(assessment, to=grace)]),
        threading.Thread(target=attempt, args=[lambda: assignments.assign(assessment, grace)]),
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()

    assert sorted(outcomes) in (["done", "has_seen_scores"], ["done", "own_card_first"])
    standing = ReviewAssignment.objects.standing().filter(reviewer=grace).count()
    assert standing + ScoreSighting.objects.filter(user=grace).count() == 1
