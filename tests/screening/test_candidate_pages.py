"""What candidates see of their documents."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hiring.pipeline import stages
from hiring.pipeline.models import Application
from interviews.models import Interview
from screening import documents
from screening.models import Document
from tests import papers

HERE = reverse("candidate:screening:documents")


@pytest.fixture
def page(joan: Client) -> str:
    return joan.get(HERE).content.decode()


def chosen(data: bytes) -> dict[str, SimpleUploadedFile]:
    return {"document": SimpleUploadedFile("resume.pdf", data)}


def test_nothing_sent_so_far(page: str) -> None:
    assert "You have not sent a document so far." in page


def test_a_document_is_sent_and_listed(joan: Client, interview: Interview, object_store: None) -> None:
    answer = joan.post(HERE, chosen(papers.pdf(["Joan Clarke"])), follow=True)

    assert "Here, being prepared" in answer.content.decode()
    assert interview.application.documents.get().name == "resume.pdf"


def test_what_is_wrong_stands_at_the_field(joan: Client, interview: Interview) -> None:
    answer = joan.post(HERE, chosen(papers.locked_pdf(["Joan Clarke"])))

    assert "This file asks for a password" in answer.content.decode()
    assert not Document.objects.exists()


def test_a_closed_application_takes_nothing_more(joan: Client, interview: Interview) -> None:
    Application.objects.update(outcome="withdrawn", closed_at=interview.invited_at)

    answer = joan.post(HERE, chosen(papers.pdf(["Joan Clarke"])))

    assert "Send your résumé" not in answer.content.decode()
    assert not Document.objects.exists()


def test_more_than_enough_is_said(joan: Client, interview: Interview, object_store: None) -> None:
    for number in range(documents.AT_MOST):
        Document.objects.create(
            application=interview.application, name=str(number), media_type="text/plain", bytes=1, sha256="0"
        )

    answer = joan.post(HERE, chosen(papers.pdf(["Joan Clarke"])))

    assert "There are 10 documents here already" in answer.content.decode()


def test_one_that_cannot_be_read_is_told_with_a_way_out(lovelace: Application) -> None:
    Document.objects.update(state="failed", failure="input", failure_text="damaged")

    step = stages.of(lovelace).next_step(lovelace)

    assert step is not None
    assert (step.title, step.url) == ("We cannot read your document", HERE)
