"""Questions everybody answers when they apply. An answer may raise a flag beside the résumé; it rejects nobody."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hiring.pipeline.models import Application, Job, JobStage
from screening.models import KnockoutAnswer, KnockoutQuestion

YES, NO = "yes", "no"
YES_NO = ((YES, _("Yes")), (NO, _("No")))
PREFIX = "question-"


def asked(job: Job) -> list[KnockoutQuestion]:
    """What whoever applies for ``job`` is asked, in order."""
    living = KnockoutQuestion.objects.filter(stage__job=job, archived_at__isnull=True)
    return list(living.order_by("stage__position", "position"))


def form_fields(job: Job) -> dict[str, forms.Field]:
    """The fields of the application form that ask them, by name."""
    return {
        f"{PREFIX}{question.pk}": forms.ChoiceField(
            label=question.text, choices=choices_of(question), widget=forms.RadioSelect
        )
        for question in asked(job)
    }


def choices_of(question: KnockoutQuestion) -> list[tuple[str, str]]:
    if question.kind == KnockoutQuestion.Kind.YES_NO:
        return [(value, str(label)) for value, label in YES_NO]
    return [(choice, choice) for choice in question.choices]


def described(stage: JobStage) -> list[tuple[KnockoutQuestion, list[tuple[str, bool]]]]:
    """What is asked in ``stage``, each question with its answers and whether one raises a flag."""
    living = stage.knockout_questions.filter(archived_at__isnull=True).order_by("position")
    return [
        (question, [(words, value in question.flags_when) for value, words in choices_of(question)])
        for question in living
    ]


@transaction.atomic
def save(application: Application, answers: Mapping[str, Any]) -> list[KnockoutAnswer]:
    """Keep the answers to ``form_fields`` (the form's cleaned data, other fields are passed over), flagged or not."""
    given = [
        (question, str(answers[name]))
        for question in asked(application.job)
        if answers.get(name := f"{PREFIX}{question.pk}")
    ]
    return KnockoutAnswer.objects.bulk_create(
        KnockoutAnswer(
            application=application,
            question=question,
            asked=question.text,
            value=value,
            is_flagged=value in question.flags_when,
        )
        for question, value in given
    )


def said(answers: Iterable[KnockoutAnswer]) -> list[tuple[KnockoutAnswer, str]]:
    """Each answer with what it says in the reader's language."""
    words = {value: str(label) for value, label in YES_NO}
    return [
        (answer, words.get(answer.value, answer.value) if answer.question.kind == "yes_no" else answer.value)
        for answer in answers
    ]
