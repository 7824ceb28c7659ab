"""How a file comes in."""

from datetime import timedelta

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from hiring.lib import storage
from hiring.pipeline.models import Application
from screening import documents, keys, preparing, refusals
from screening.models import Document
from tests import papers

LINES = ["Joan Clarke", "Support lead at Bletchley, five years with Zendesk"]


def sent(data: bytes, name: str = "resume.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def word_document() -> bytes:
    document = docx.Document()
    document.add_heading("Joan Clarke", 1)
    document.add_paragraph("Support lead.")
    document.add_paragraph("Zendesk", style="List Bullet")
    document.add_paragraph("Runbooks", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells], ["Years", "Where", "5", "Bletchley"], strict=True
    ):
        cell.text = text
    return papers.saved(document)


GOOD = {
    "pdf": (papers.pdf(LINES, ["Page two"]), "application/pdf", 2),
    "protected": (papers.protected_pdf(LINES), "application/pdf", 1),
    "docx": (word_document(), documents.MEDIA_TYPES["docx"], 0),
    "odt": (papers.odt("<text:p>Joan Clarke</text:p>"), documents.MEDIA_TYPES["odt"], 0),
    "txt": ("Joan Clarke\n\nCafé".encode("cp1252"), "text/plain", 0),
    "utf16": ("Joan Clarke".encode("utf-16"), "text/plain", 0),
    "png": (papers.picture("PNG"), "image/png", 1),
    "jpeg": (papers.picture("JPEG"), "image/jpeg", 1),
    "webp": (papers.picture("WEBP"), "image/webp", 1),
}


@pytest.mark.parametrize("what", GOOD)
def test_a_document_is_known_by_its_bytes_whatever_it_is_called(what: str) -> None:
    data, media_type, pages = GOOD[what]

    accepted = documents.check(sent(data, "whatever.exe"))

    assert (accepted.media_type, accepted.pages, accepted.bytes) == (media_type, pages, len(data))


def test_as_many_megabytes_as_promised_are_taken() -> None:
    data = papers.pdf(LINES)
    padded = data + b"\n" * (refusals.LARGEST - len(data))

    assert documents.check(sent(padded)).bytes == refusals.LARGEST


def test_a_document_is_stored_attached_and_made_readable(application: Application) -> None:
    accepted = documents.check(sent(papers.pdf(LINES, ["Page two"])))

    documents.store(accepted)
    document = documents.attach(application, accepted, by=application.candidate)
    preparing.prepare(document.pk)

    document.refresh_from_db()
    assert document.state == Document.State.READY
    assert document.pages == 2
    assert document.content == [{"page": 1, "text": "\n".join(LINES)}, {"page": 2, "text": "Page two"}]
    assert storage.read(keys.page(document.pk, 1))[:4] == b"RIFF"
    assert [event.verb for event in application.events.all()] == ["document_received"]


def test_preparing_twice_changes_nothing(application: Application) -> None:
    document = attached(application, papers.pdf(LINES))

    preparing.prepare(document.pk)
    preparing.prepare(document.pk)

    document.refresh_from_db()
    assert document.attempt == 1


def test_structure_is_kept_where_there_are_no_pages(application: Application) -> None:
    document = attached(application, word_document())

    preparing.prepare(document.pk)

    document.refresh_from_db()
    assert document.content == [
        {"kind": "heading", "level": 1, "text": "Joan Clarke"},
        {"kind": "paragraph", "text": "Support lead."},
        {"kind": "list", "items": ["Zendesk", "Runbooks"]},
        {"kind": "table", "rows": [["Years", "Where"], ["5", "Bletchley"]]},
    ]
    assert (document.pages, "Bletchley" in document.text) == (0, True)


def test_a_file_that_went_missing_is_tried_again_and_then_said(application: Application) -> None:
    accepted = documents.check(sent(papers.pdf(LINES)))
    document = documents.attach(application, accepted, by=application.candidate)

    for _attempt in range(Document.ATTEMPTS):
        Document.objects.update(next_attempt_at=document.created_at)
        preparing.prepare(document.pk)

    document.refresh_from_db()
    assert (document.state, document.failure) == (Document.State.FAILED, Document.Failure.TRANSIENT)
    assert "The file itself is kept" in document.why


def test_no_more_documents_than_anybody_reads(application: Application) -> None:
    accepted = documents.check(sent(papers.pdf(LINES)))
    for number in range(documents.AT_MOST):
        Document.objects.create(application=application, name=str(number), media_type="text/plain", bytes=1, sha256="0")

    with pytest.raises(refusals.EnoughDocuments, match="10 documents"):
        documents.attach(application, accepted, by=application.candidate)


def attached(application: Application, data: bytes) -> Document:
    accepted = documents.check(sent(data))
    documents.store(accepted)
    return documents.attach(application, accepted, by=application.candidate)


def test_what_was_stored_for_nothing_is_removed(object_store: None) -> None:
    accepted = documents.check(sent(papers.pdf(LINES)))
    documents.store(accepted)

    documents.discard(accepted)

    assert storage.listing(keys.prefix(accepted.id)) == []


def test_an_upload_can_be_read_again_afterwards() -> None:
    upload = sent(papers.pdf(LINES))

    documents.check(upload)

    assert upload.read(5) == b"%PDF-"


def test_a_file_without_a_name_is_called_document() -> None:
    assert [documents.shown_name(name) for name in (None, "", "\x00", " ")] == ["document"] * 4


def test_what_belongs_to_nobody_is_removed_after_a_day(application: Application, object_store: None) -> None:
    kept, orphan = attached(application, papers.pdf(LINES)), documents.check(sent(papers.pdf(LINES)))
    documents.store(orphan)
    now = timezone.now()

    assert documents.remove_orphans(now) == 0
    documents.remove_orphans(now + timedelta(days=2))

    assert storage.listing(keys.prefix(orphan.id)) == []
    assert [found.key for found in storage.listing(keys.prefix(kept.pk))] == [keys.original(kept.pk)]


def test_a_sweep_tells_workers_of_what_a_lost_hint_left_lying(
    application: Application, object_store: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    document = attached(application, papers.pdf(LINES))

    with django_capture_on_commit_callbacks() as hinted:
        documents.enqueue_due()
        documents.enqueue_due()

    assert len(hinted) == 1
    document.refresh_from_db()
    assert document.next_attempt_at is not None


def test_one_whose_workers_were_killed_each_time_has_failed_and_says_so(application: Application) -> None:
    Document.objects.create(
        application=application,
        name="cv.pdf",
        media_type="application/pdf",
        bytes=1,
        sha256="0",
        attempt=Document.ATTEMPTS,
        next_attempt_at=timezone.now(),
    )

    assert preparing.give_up_exhausted() == 1

    document = application.documents.get()
    assert (document.state, document.failure) == (Document.State.FAILED, Document.Failure.BUG)
    assert [event.verb for event in application.events.all()] == ["document_failed"]
