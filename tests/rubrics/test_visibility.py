"""Role × assigned × own card in × has seen: what each person may see, all of it."""

from itertools import product

import pytest
from django.utils import timezone

from hiring.accounts.models import User
from hiring.pipeline.models import Application, Job
from hiring.rubrics import assignments, visibility
from hiring.rubrics.models import Assessment, QuestionSetVersion, ReviewAssignment, Scorecard, ScoreSighting
from hiring.rubrics.visibility import Sight
from tests import factories


@pytest.fixture
def assessment(application: Application, version: QuestionSetVersion) -> Assessment:
    return factories.submitted(application, version).assessment


@pytest.fixture
def alans_card(assessment: Assessment, alan: User) -> Scorecard:
    """Somebody else's card, in."""
    ReviewAssignment.objects.create(assessment=assessment, reviewer=alan)
    return Scorecard.objects.create(assessment=assessment, reviewer=alan, submitted_at=timezone.now())


def expected(*, oversees: bool, assigned: str, handed_in: bool, seen: bool) -> Sight:
    if assigned == "standing":
        return Sight.OWN_IN if handed_in else Sight.OWN_FIRST
    if not oversees:
        return Sight.NONE
    return Sight.SEEN if seen else Sight.ON_REQUEST


EVERY_STATE = list(product((True, False), ("never", "standing", "released"), (True, False), (True, False)))


@pytest.mark.parametrize("state", EVERY_STATE)
def test_the_whole_rule(
    assessment: Assessment, alans_card: Scorecard, grace: User, state: tuple[bool, str, bool, bool]
) -> None:
    oversees, assigned, handed_in, seen = state
    if assigned != "never":
        gone = timezone.now() if assigned == "released" else None
        ReviewAssignment.objects.create(assessment=assessment, reviewer=grace, released_at=gone)
    own = Scorecard.objects.create(
        assessment=assessment, reviewer=grace, submitted_at=timezone.now() if handed_in else None
    )
    if seen:
        ScoreSighting.objects.create(assessment=assessment, user=grace)

    sight = visibility.sight(grace, assessment, oversees=oversees)
    cards = set(visibility.cards_for(grace, assessment, oversees=oversees))

    assert visibility.sights(grace, [assessment.pk], oversees=oversees) == {assessment.pk: sight}
    assert sight is expected(oversees=oversees, assigned=assigned, handed_in=handed_in, seen=seen)
    readable = {alans_card, own} if handed_in else {alans_card}
    assert cards == (readable if sight in {Sight.OWN_IN, Sight.SEEN} else set())


def test_a_draft_is_its_authors_alone(assessment: Assessment, alan: User, grace: User) -> None:
    ReviewAssignment.objects.create(assessment=assessment, reviewer=alan)
    Scorecard.objects.create(assessment=assessment, reviewer=alan)
    ScoreSighting.objects.create(assessment=assessment, user=grace)

    assert list(visibility.cards_for(grace, assessment, oversees=True)) == []


def test_another_assessments_card_opens_nothing_here(
    assessment: Assessment, alans_card: Scorecard, job: Job, version: QuestionSetVersion, grace: User
) -> None:
    other = factories.submitted(factories.application(job, "Ida Rhodes"), version).assessment
    ReviewAssignment.objects.create(assessment=other, reviewer=grace)
    Scorecard.objects.create(assessment=other, reviewer=grace, submitted_at=timezone.now())
    ReviewAssignment.objects.create(assessment=assessment, reviewer=grace)

    assert list(visibility.cards_for(grace, assessment, oversees=True)) == []


def test_seeing_is_remembered_once(assessment: Assessment, alans_card: Scorecard, grace: User) -> None:
    visibility.reveal(assessment, to=grace)
    visibility.reveal(assessment, to=grace)

    assert ScoreSighting.objects.filter(user=grace).count() == 1
    assert list(visibility.cards_for(grace, assessment, oversees=True)) == [alans_card]


def test_who_is_assigned_cannot_ask_to_see(assessment: Assessment, alans_card: Scorecard, grace: User) -> None:
    assignments.assign(assessment, grace)

    with pytest.raises(visibility.OwnCardFirst):
        visibility.reveal(assessment, to=grace)

    assert not ScoreSighting.objects.exists()


def test_asking_before_any_card_is_in_costs_nothing(assessment: Assessment, grace: User) -> None:
    with pytest.raises(visibility.NothingToSee):
        visibility.reveal(assessment, to=grace)

    assignments.assign(assessment, grace)
