"""What everybody is asked when they apply."""

from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.datastructures import MultiValueDict

from hiring.pipeline.models import Application, Job
from screening import knockouts
from screening.documents import Accepted
from screening.forms import DocumentField
from screening.models import KnockoutQuestion
from tests import papers


class ApplyForm(forms.Form):
    resume = DocumentField()


def filled(**files: SimpleUploadedFile) -> ApplyForm:
    chosen: MultiValueDict[str, UploadedFile[Any]] = MultiValueDict({name: [file] for name, file in files.items()})
    return ApplyForm({}, chosen)


@pytest.fixture
def may_work(job: Job) -> KnockoutQuestion:
    return KnockoutQuestion.objects.create(
        stage=job.stages.get(), position=1, text="May you work in France?", flags_when=["no"]
    )


@pytest.fixture
def nights(job: Job) -> KnockoutQuestion:
    return KnockoutQuestion.objects.create(
        stage=job.stages.get(),
        position=2,
        kind=KnockoutQuestion.Kind.CHOICE,
        text="Which shifts suit you?",
        choices=["Days", "Nights", "Both"],
        flags_when=["Days"],
    )


def test_each_question_is_a_field(job: Job, may_work: KnockoutQuestion, nights: KnockoutQuestion) -> None:
    fields = knockouts.form_fields(job)

    assert [(name, str(field.label)) for name, field in fields.items()] == [
        (f"question-{may_work.pk}", "May you work in France?"),
        (f"question-{nights.pk}", "Which shifts suit you?"),
    ]


def test_answers_are_kept_and_raise_flags(
    application: Application, may_work: KnockoutQuestion, nights: KnockoutQuestion
) -> None:
    answers = {f"question-{may_work.pk}": "no", f"question-{nights.pk}": "Both", "name": "Joan Clarke"}

    kept = knockouts.save(application, answers)

    assert [(answer.asked, answer.value, answer.is_flagged) for answer in kept] == [
        ("May you work in France?", "no", True),
        ("Which shifts suit you?", "Both", False),
    ]
    assert [words for _answer, words in knockouts.said(kept)] == ["No", "Both"]
    application.refresh_from_db()
    assert application.outcome is None


def test_a_question_out_of_use_is_asked_no_more(job: Job, may_work: KnockoutQuestion) -> None:
    may_work.archived_at = job.created_at
    may_work.save()

    assert knockouts.form_fields(job) == {}


def test_the_field_gives_a_file_that_may_come_in() -> None:
    form = filled(resume=SimpleUploadedFile("cv.pdf", papers.pdf(["Joan"])))

    assert form.is_valid()
    assert isinstance(form.cleaned_data["resume"], Accepted)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This file is empty"),
        (b"MZ\x90\x00" * 100, "This is a program rather than a document"),
    ],
)
def test_the_field_says_what_is_wrong(data: bytes, sentence: str) -> None:
    form = filled(resume=SimpleUploadedFile("cv.pdf", data))

    assert sentence in form.errors["resume"][0]


def test_no_file_at_all_is_a_plain_required() -> None:
    assert filled().errors["resume"] == ["This field is required."]
