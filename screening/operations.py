"""What a reviewer does with a résumé: put it aside, take it up again, mark what it shows, move it on or not."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.pipeline import decisions, holds, transitions
from hiring.pipeline import operations as pipeline
from hiring.pipeline.models import Application, Decision, JobStage, RejectReason
from screening.models import Criterion, CriterionMark


class NotHere(Refusal):
    """The application does not wait in this review: moved on, decided or closed in the meantime."""

    code = "not_in_this_review"


@transaction.atomic
def hold(application: Application, stage: JobStage, *, by: User, reason: str = "") -> None:
    """Put ``application`` aside for now; ``reason`` is for the team. Raises ``NotHere``."""
    holds.hold(_standing(application, stage), by=by, reason=reason)


@transaction.atomic
def resume(application: Application, stage: JobStage, *, by: User) -> None:
    """Back among those who wait, where it was. Does nothing for one that is not on hold."""
    holds.resume(_standing(application, stage), by=by)


@transaction.atomic
def advance(application: Application, stage: JobStage, *, by: User) -> Application:
    """On to the job's next stage. Raises ``NotHere``, and what the next stage refuses."""
    return pipeline.advance(_standing(application, stage), by=by)


@transaction.atomic
def reject(application: Application, stage: JobStage, *, by: User, reason: RejectReason, note: str = "") -> Decision:
    """Decide that it does not move forward. The candidate is told in a while; until then it can be undone."""
    current = _standing(application, stage)
    return decisions.decide(current, Decision.Outcome.REJECTED, by=by, reason=reason, note=note)


@transaction.atomic
def mark(application: Application, values: Mapping[Criterion, str], *, by: User) -> None:
    """Keep what ``by`` found of each criterion; an empty value takes a mark back."""
    for criterion, value in values.items():
        if value:
            CriterionMark.objects.update_or_create(
                application=application, criterion=criterion, by=by, defaults={"value": value, "at": timezone.now()}
            )
        else:
            CriterionMark.objects.filter(application=application, criterion=criterion, by=by).delete()


def _standing(application: Application, stage: JobStage) -> Application:
    """The application, locked, if it stands in ``stage`` still. Raises ``NotHere``."""
    current = transitions.locked(application)
    if current.outcome is not None or current.stage_id != stage.pk:
        raise NotHere(
            _("Somebody was quicker: %(name)s is not in “%(stage)s” any more.")
            % {"name": current.candidate, "stage": stage}
        )
    transitions.refuse_decided(current)
    return current
