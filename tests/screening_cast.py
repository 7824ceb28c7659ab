"""A résumé review with people in it: Ada Lovelace sent a PDF, Mary Shelley a DOCX, Emmy Noether nothing."""

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hiring.pipeline.models import Application, Job, JobStage
from screening import documents, preparing
from screening.models import Criterion, Document, KnockoutAnswer, KnockoutQuestion
from tests import factories, papers

FIRST_PAGE = [
    "Ada Lovelace",
    "London · ada.lovelace@example.test · +44 20 7946 0018",
    "",
    "SUPPORT LEAD",
    "Nine years of customer support, five of them leading a team of eight.",
    "",
    "Analytical Engines Ltd, support lead, 2021 to today",
    "Moved 40,000 tickets a year from a shared mailbox to Zendesk.",
    "First answer within two hours for 95 of 100 customers; it was 61.",
    "Wrote the runbooks the night shift works by.",
    "",
    "Difference & Co., support specialist, 2017 to 2021",
    "Answered in English, French and Italian, by mail and phone.",
    "Trained eleven colleagues in writing clearly.",
]
SECOND_PAGE = [
    "Education",
    "Private study with Mary Somerville and Augustus De Morgan",
    "",
    "Zendesk administrator, 2022",
]


def word_resume() -> bytes:
    document = docx.Document()
    document.add_heading("Mary Shelley", 1)
    document.add_paragraph("Writes, and answers customers, in English and German.")
    document.add_heading("Experience", 2)
    document.add_paragraph("Led six people at Godwin & Sons, on Intercom, then Zendesk", style="List Bullet")
    document.add_paragraph("Cut the time to a first answer by half", style="List Bullet")
    table = document.add_table(rows=3, cols=2)
    for row, texts in zip(
        table.rows, [("Years", "Where"), ("2019–2026", "Godwin & Sons"), ("2016–2019", "Lackington")], strict=True
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return papers.saved(document)


def sent(application: Application, data: bytes, name: str) -> Document:
    """A document of theirs, stored and prepared as a worker does it."""
    document = documents.add(application, documents.check(SimpleUploadedFile(name, data)), by=application.candidate)
    preparing.prepare(document.pk)
    document.refresh_from_db()
    return document


@pytest.fixture
def review(job: Job) -> JobStage:
    """The job's process is a résumé review, then the one-way interview. Two musts, one should, one question."""
    stage = factories.screening_stage(job)
    texts = [
        ("must", "Has led a support team", "led, leading, team lead, support lead"),
        ("must", "Knows a ticket system", "Zendesk, Intercom, Freshdesk"),
        ("should", "A second language", "French, German, Spanish"),
    ]
    for position, (need, text, terms) in enumerate(texts):
        Criterion.objects.create(stage=stage, position=position, need=need, text=text, terms=terms)
    KnockoutQuestion.objects.create(stage=stage, text="May you work in France without a new permit?", flags_when=["no"])
    return stage


@pytest.fixture
def lovelace(review: JobStage, object_store: None) -> Application:
    """Two pages of PDF; answered that she may not work in France yet."""
    application = factories.placed(
        factories.candidate("Ada Lovelace", phone="+442079460018", profile_url="https://example.test/ada"), review
    )
    sent(application, papers.pdf(FIRST_PAGE, SECOND_PAGE), "Lovelace résumé.pdf")
    question = KnockoutQuestion.objects.get(stage=review)
    KnockoutAnswer.objects.create(
        application=application, question=question, asked=question.text, value="no", is_flagged=True
    )
    return application


@pytest.fixture
def shelley(review: JobStage, lovelace: Application) -> Application:
    """Came after Ada Lovelace; a DOCX."""
    application = factories.placed(factories.candidate("Mary Shelley"), review)
    sent(application, word_resume(), "cv_final_FINAL.docx")
    return application


@pytest.fixture
def noether(review: JobStage, shelley: Application) -> Application:
    """Came last; without a document."""
    return factories.placed(factories.candidate("Emmy Noether"), review)
