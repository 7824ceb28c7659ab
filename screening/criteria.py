"""What a résumé review looks for and what everybody is asked, as recruiters set it up. What is in use is retired."""

from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hiring.lib.errors import Refusal
from hiring.pipeline.models import JobStage
from screening.models import Criterion, KnockoutQuestion

MOST = 20  # of either; more, and nobody reads them


class Enough(Refusal):
    code = "enough_criteria"


@transaction.atomic
def add_criterion(stage: JobStage, **said: Any) -> Criterion:
    """One more at the end. Raises ``Enough`` beyond twenty."""
    living = _locked(stage).criteria.filter(archived_at__isnull=True)
    if living.count() >= MOST:
        raise Enough(_("Twenty criteria are the most a person can keep in mind; take one out first."))
    return Criterion.objects.create(stage=stage, position=_after(stage.criteria.all()), **said)


def change_criterion(criterion: Criterion, **said: Any) -> None:
    """Put it into other words. Marks already made stay with it."""
    Criterion.objects.filter(pk=criterion.pk).update(**said)


def retire_criterion(criterion: Criterion) -> None:
    """Look for it no more. Marks already made stay in the history."""
    Criterion.objects.filter(pk=criterion.pk, archived_at__isnull=True).update(archived_at=timezone.now())


@transaction.atomic
def add_question(stage: JobStage, **said: Any) -> KnockoutQuestion:
    """Ask everybody who applies from now on. Raises ``Enough`` beyond twenty."""
    living = _locked(stage).knockout_questions.filter(archived_at__isnull=True)
    if living.count() >= MOST:
        raise Enough(_("Twenty questions are more than anybody wants to answer on a phone; take one out first."))
    return KnockoutQuestion.objects.create(stage=stage, position=_after(stage.knockout_questions.all()), **said)


@transaction.atomic
def change_question(question: KnockoutQuestion, **said: Any) -> KnockoutQuestion:
    """Ask it differently. Once somebody has answered, the question is replaced, so that no answer changes its sense."""
    if not question.answers.exists():
        KnockoutQuestion.objects.filter(pk=question.pk).update(**said)
        question.refresh_from_db()
        return question
    retire_question(question)
    return KnockoutQuestion.objects.create(stage=question.stage, position=question.position, **said)


def retire_question(question: KnockoutQuestion) -> None:
    """Ask it no more. Answers already given stay where they are read."""
    KnockoutQuestion.objects.filter(pk=question.pk, archived_at__isnull=True).update(archived_at=timezone.now())


def _locked(stage: JobStage) -> JobStage:
    return JobStage.objects.select_for_update().get(pk=stage.pk)


def _after(rows: QuerySet[Criterion] | QuerySet[KnockoutQuestion]) -> int:
    last: int | None = rows.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1
