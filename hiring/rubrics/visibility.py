"""Who may see the scores of an assessment. Nothing else in the product decides it.

Whoever is assigned sees nobody else's until their own card is in. Whoever is not assigned sees them when their role
allows it and they asked to; that they saw is remembered, and whoever saw is never assigned. A draft is its author's
alone. What a role allows is the stage's to know, so callers say ``oversees``.
"""

from collections.abc import Collection
from enum import Enum
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.rubrics.models import Assessment, ReviewAssignment, Scorecard, ScorecardQuerySet, ScoreSighting

OWN_CARD_FIRST = gettext_lazy("You are asked to score this one: your own scorecard comes first.")


class OwnCardFirst(Refusal):
    code = "own_card_first"


class NothingToSee(Refusal):
    code = "no_scorecards"


class Sight(Enum):
    """How the scores of one assessment stand to one person."""

    NONE = "none"  # neither assigned nor overseeing: the assessment itself is not theirs to see
    OWN_FIRST = "own_first"  # assigned, own card not in: others' scores do not exist
    OWN_IN = "own_in"  # assigned, own card in
    ON_REQUEST = "on_request"  # not assigned, may ask to see, and gives up scoring by it
    SEEN = "seen"  # not assigned, has seen

    @property
    def is_assigned(self) -> bool:
        return self in {Sight.OWN_FIRST, Sight.OWN_IN}

    @property
    def is_open(self) -> bool:
        """Whether others' scores may be shown now."""
        return self in {Sight.OWN_IN, Sight.SEEN}


def sights(user: User, assessments: Collection[UUID], *, oversees: bool) -> dict[UUID, Sight]:
    """``sight`` of many at once, in three queries."""
    mine = ReviewAssignment.objects.standing().filter(assessment__in=assessments, reviewer=user)
    assigned = set(mine.values_list("assessment", flat=True))
    own = Scorecard.objects.submitted().of(user).filter(assessment__in=assigned)
    handed_in = set(own.values_list("assessment", flat=True))
    seen = set(ScoreSighting.objects.filter(assessment__in=assessments, user=user).values_list("assessment", flat=True))

    def one(assessment: UUID) -> Sight:
        if assessment in assigned:
            return Sight.OWN_IN if assessment in handed_in else Sight.OWN_FIRST
        if not oversees:
            return Sight.NONE
        return Sight.SEEN if assessment in seen else Sight.ON_REQUEST

    return {assessment: one(assessment) for assessment in assessments}


def sight(user: User, assessment: Assessment, *, oversees: bool) -> Sight:
    """How the scores of ``assessment`` stand to ``user``, who does or does not oversee the candidate."""
    if ReviewAssignment.objects.standing().filter(assessment=assessment, reviewer=user).exists():
        handed_in = Scorecard.objects.submitted().of(user).filter(assessment=assessment).exists()
        return Sight.OWN_IN if handed_in else Sight.OWN_FIRST
    if not oversees:
        return Sight.NONE
    seen = ScoreSighting.objects.filter(assessment=assessment, user=user).exists()
    return Sight.SEEN if seen else Sight.ON_REQUEST


def cards_for(user: User, assessment: Assessment, *, oversees: bool) -> ScorecardQuerySet:
    """The cards ``user`` may read now: everybody's that are in, or none at all. Their own draft is not among them."""
    cards = Scorecard.objects.submitted().filter(assessment=assessment)
    return cards if sight(user, assessment, oversees=oversees).is_open else cards.none()


@transaction.atomic
def reveal(assessment: Assessment, *, to: User) -> ScoreSighting:
    """Show ``to``, who oversees the candidate and is not assigned, the scores from now on, and remember it.

    Takes the assessment's row, as assigning does: of seeing and being assigned at once, one is refused. Raises
    ``OwnCardFirst`` for who is assigned, ``NothingToSee`` while no card is in.
    """
    Assessment.objects.select_for_update(no_key=True).get(pk=assessment.pk)
    if ReviewAssignment.objects.standing().filter(assessment=assessment, reviewer=to).exists():
        raise OwnCardFirst(_("You are asked to score this one: the others' scores appear when your own card is in."))
    if not Scorecard.objects.submitted().filter(assessment=assessment).exists():
        raise NothingToSee(_("No scorecard is in yet."))
    return ScoreSighting.objects.get_or_create(assessment=assessment, user=to)[0]


@transaction.atomic
def reveal_all(assessments: Collection[UUID], *, to: User) -> int:
    """``reveal`` those of ``assessments`` that can be: where ``to`` is assigned, or no card is in, nothing changes.

    How many they see from now on that they did not before. Takes the rows in the order of their ids.
    """
    rows = Assessment.objects.select_for_update(no_key=True).filter(pk__in=assessments).order_by("pk")
    taken = [row.pk for row in rows]
    scored = set(
        Scorecard.objects.submitted().filter(assessment__in=taken).values_list("assessment", flat=True).distinct()
    )
    found = sights(to, taken, oversees=True)
    shown = [pk for pk in taken if pk in scored and found[pk] is Sight.ON_REQUEST]
    ScoreSighting.objects.bulk_create([ScoreSighting(assessment_id=pk, user=to) for pk in shown], ignore_conflicts=True)
    return len(shown)
