"""Scoring a conversation: saved while it goes on, handed in once it has begun.

The rules of cards and of who may see them are ``hiring.rubrics``'s; here they meet the booking and the history.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.pipeline import events
from hiring.rubrics import scorecards, visibility
from hiring.rubrics.models import Assessment, QuestionCompetency, Scorecard, ScoreSighting
from scheduling.kit import MEETS
from scheduling.models import Booking


class NotMet(Refusal):
    """There is no conversation to score: it has not begun, or will not take place."""

    code = "not_met"


class NoGuide(Refusal):
    code = "no_guide"


def save_draft(booking: Booking, draft: scorecards.Draft, *, version: int, by: User) -> Scorecard:
    """Keep ``draft`` as the whole card of ``by``. Raises ``NotMet`` once called off, and as ``scorecards.save``."""
    assessment = _assessment(booking)
    return scorecards.save(assessment, draft, version=version, pairs=_pairs(assessment), by=by)


@transaction.atomic
def submit(booking: Booking, *, version: int, by: User) -> Scorecard:
    """Hand in the card of ``by``: one event, nothing of what it says in it.

    Raises ``NotMet`` before the conversation has begun, and what ``scorecards.submit`` raises.
    """
    assessment = _assessment(booking)
    if timezone.now() < booking.start_at:
        raise NotMet(_("You have not met yet. Your draft is kept; hand it in once the conversation has begun."))
    card = scorecards.submit(assessment, version=version, pairs=_pairs(assessment), by=by)
    events.record(booking.offer.application, "scorecard_submitted", by=by, scorecard=str(card.pk))
    return card


def show_scores(booking: Booking, *, by: User) -> ScoreSighting:
    """Let ``by``, who oversees the candidate, see the scores. Raises ``OwnCardFirst`` and ``NothingToSee``."""
    return visibility.reveal(_assessment(booking), to=by)


def _assessment(booking: Booking) -> Assessment:
    if booking.state not in MEETS:
        raise NotMet(_("This conversation does not take place, so there is nothing to score."))
    if booking.assessment is None:
        raise NoGuide(_("This round has no guide, so there is nothing to score by."))
    return booking.assessment


def _pairs(assessment: Assessment) -> list[UUID]:
    return list(QuestionCompetency.objects.filter(question__version=assessment.version_id).values_list("pk", flat=True))
