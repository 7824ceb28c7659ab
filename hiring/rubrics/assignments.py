"""Who is asked to score an assessment. Changing it takes the assessment's row, as seeing scores does."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.rubrics.models import Assessment, ReviewAssignment, Scorecard, ScoreSighting


class AlreadyAssigned(Refusal):
    code = "already_assigned"


class HasSeenScores(Refusal):
    code = "has_seen_scores"


class CardIsIn(Refusal):
    code = "card_is_in"


class NotAssigned(Refusal):
    code = "not_assigned"


@transaction.atomic
def assign(assessment: Assessment, reviewer: User) -> ReviewAssignment:
    """Ask ``reviewer`` to score ``assessment``. Somebody released before is asked again and finds their draft.

    Raises ``HasSeenScores`` for who has seen its scores unassigned, ``AlreadyAssigned`` for who is asked already.
    """
    Assessment.objects.select_for_update(no_key=True).get(pk=assessment.pk)
    if ScoreSighting.objects.filter(assessment=assessment, user=reviewer).exists():
        raise HasSeenScores(
            _("%(name)s has seen scores of this interview already, so their own would not be independent.")
            % {"name": reviewer}
        )
    assignment, is_new = ReviewAssignment.objects.get_or_create(assessment=assessment, reviewer=reviewer)
    if is_new:
        return assignment
    if assignment.released_at is None:
        raise AlreadyAssigned(_("%(name)s is asked to score this one already.") % {"name": reviewer})
    assignment.released_at, assignment.assigned_at = None, timezone.now()
    assignment.save(update_fields=["released_at", "assigned_at"])
    return assignment


@transaction.atomic
def release(assessment: Assessment, reviewer: User) -> ReviewAssignment:
    """No longer ask ``reviewer``. Their draft is kept, and stays theirs alone.

    Raises ``CardIsIn`` when they have handed their card in, ``NotAssigned`` when they are not asked.
    """
    Assessment.objects.select_for_update(no_key=True).get(pk=assessment.pk)
    assignment = ReviewAssignment.objects.standing().filter(assessment=assessment, reviewer=reviewer).first()
    if assignment is None:
        raise NotAssigned(_("%(name)s is not asked to score this one.") % {"name": reviewer})
    if Scorecard.objects.submitted().of(reviewer).filter(assessment=assessment).exists():
        raise CardIsIn(_("%(name)s has handed their card in; there is nothing to release.") % {"name": reviewer})
    assignment.released_at = timezone.now()
    assignment.save(update_fields=["released_at"])
    return assignment
