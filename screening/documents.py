"""How a file comes in: looked at (`check`), put into the store (`store`), then written down (`attach`).

In this order, for a page that takes one: ``check`` while the form is validated, ``store`` before the transaction
begins, ``attach`` within it. Whoever stored and then could not attach calls ``discard``.
"""

from __future__ import annotations  # Django's File takes no parameters at run time

import contextlib
import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from hiring.lib import queue, storage, untrusted
from hiring.lib.actors import Actor
from hiring.lib.errors import Refusal
from hiring.pipeline import events
from hiring.pipeline.models import Application
from screening import claims, keys, reading, refusals, tasks
from screening.models import Document
from screening.refusals import EnoughDocuments, NotStored

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
}
ACCEPT = ".pdf,.docx,.odt,.txt,.png,.jpg,.jpeg,.webp"  # what a file dialog offers first; the bytes decide
AT_MOST = 10  # documents of one application
LONGEST_NAME = 160
LONGEST_SUFFIX = 12
SWEEP_BATCH = 100
ORPHANED_AFTER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file that may come in. ``id`` will be its document's."""

    upload: File[bytes]
    name: str
    media_type: str
    bytes: int
    sha256: str
    pages: int  # 0 where they cannot be counted
    id: UUID = field(default_factory=uuid4)


def check(upload: File[bytes]) -> Accepted:
    """Whether ``upload`` may come in: its size, its type by its bytes, that it opens without a password, its pages.

    Takes a few tenths of a second and stores nothing. Raises ``DocumentRefused`` with a sentence for whoever sent it.
    """
    if not upload.size:
        raise refusals.of("empty")
    if upload.size > refusals.LARGEST:
        raise refusals.of("large", limit=refusals.MEGABYTES)
    with _spooled(upload) as path:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        try:
            found = reading.check(path, cwd=path.parent)
        except reading.FlawedError as error:
            raise refusals.of(error.flaw, **error.facts) from error
        except untrusted.UntrustedError as error:
            raise NotStored(_("We could not look at your file just now. Please try again in a moment.")) from error
    return Accepted(upload, shown_name(upload.name), MEDIA_TYPES[found.kind], upload.size, digest, found.pages)


def store(accepted: Accepted) -> None:
    """Put the bytes into the object store. Outside of any transaction. Raises ``NotStored``."""
    with _spooled(accepted.upload) as path:
        try:
            storage.put_file(keys.original(accepted.id), path, content_type=storage.OCTETS)
        except storage.StorageError as error:
            raise NotStored(_("We could not keep your file just now. Please try again in a moment.")) from error


@transaction.atomic
def attach(application: Application, accepted: Accepted, *, by: Actor) -> Document:
    """Write down that a stored file belongs to ``application``; a worker makes it readable once this commits.

    Raises ``EnoughDocuments``.
    """
    Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if application.documents.count() >= AT_MOST:
        raise EnoughDocuments(
            _("There are %(number)d documents here already; that is as many as we keep.") % {"number": AT_MOST}
        )
    document = Document.objects.create(
        pk=accepted.id,
        application=application,
        name=accepted.name,
        media_type=accepted.media_type,
        bytes=accepted.bytes,
        sha256=accepted.sha256,
    )
    Document.objects.filter(pk=document.pk).update(next_attempt_at=claims.later())
    events.record(application, "document_received", by=by, document=str(document.pk), bytes=accepted.bytes)
    queue.hint(tasks.prepare_document, document.pk)
    return document


def add(application: Application, accepted: Accepted, *, by: Actor) -> Document:
    """All of it for an application that is there already. Outside of any transaction. Raises as its parts do."""
    store(accepted)
    try:
        return attach(application, accepted, by=by)
    except Refusal:
        discard(accepted)
        raise


@transaction.atomic
def enqueue_due() -> int:
    """Tell workers about every document that is due and nobody holds; the number of them. Two sweeps at once share."""
    due = list(claims.due().select_for_update(skip_locked=True)[:SWEEP_BATCH])
    Document.objects.filter(pk__in=[row.pk for row in due]).update(next_attempt_at=claims.later(claims.ASK_AGAIN_AFTER))
    for row in due:
        queue.hint(tasks.prepare_document, row.pk)
    return len(due)


def discard(accepted: Accepted) -> None:
    """Remove what was stored for a document that did not come to be. The sweep finds what this cannot reach."""
    with contextlib.suppress(storage.StorageError):
        storage.delete([keys.original(accepted.id)])


def remove_orphans(now: datetime) -> int:
    """Delete what lies in the store without a document: stored by a process that died before it was attached; how many
    objects. What is younger than a day may still be on its way."""
    lying: dict[UUID, list[str]] = defaultdict(list)
    for found in storage.listing(keys.PREFIX):
        document = keys.document_of(found.key)
        if document is not None and found.modified_at < now - ORPHANED_AFTER:
            lying[document].append(found.key)
    known = set(Document.objects.filter(pk__in=lying).values_list("pk", flat=True))
    doomed = [key for document, listed in lying.items() if document not in known for key in listed]
    storage.delete(doomed)
    return len(doomed)


def shown_name(name: str | None) -> str:
    """What a person's file name is shown as: its last part, without what turns or hides text, never empty."""
    last = PurePosixPath((name or "").replace("\\", "/")).name
    normal = unicodedata.normalize("NFC", last)
    shown = "".join(letter for letter in normal if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    whole = PurePosixPath(" ".join(shown.split()).lstrip(".") or "document")
    suffix = whole.suffix[:LONGEST_SUFFIX]
    return whole.stem[: LONGEST_NAME - len(suffix)] + suffix


@contextlib.contextmanager
def _spooled(upload: File[bytes]) -> Iterator[Path]:
    """The upload as a file of our own name in a folder of its own."""
    with TemporaryDirectory(prefix=keys.FOLDER) as folder:
        path = Path(folder) / "document"
        upload.seek(0)
        with path.open("wb") as file:
            for block in upload.chunks():
                file.write(block)
        upload.seek(0)
        yield path
