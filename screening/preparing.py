"""From the bytes somebody sent to pages one can look at and text one can search. The original is kept as it is."""

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hiring.lib import storage, untrusted
from hiring.lib.actors import SYSTEM
from hiring.pipeline import events
from screening import claims, keys, reading
from screening.claims import Claim
from screening.models import Document

PAGE_TYPE = "image/webp"

logger = logging.getLogger(__name__)


def prepare(pk: UUID) -> None:
    """Make one document readable. Does nothing when it is not due or another worker has it."""
    held = claims.claim(pk)
    if held is None:
        return
    with TemporaryDirectory(prefix=keys.FOLDER) as folder, contextlib.suppress(claims.Superseded):
        try:
            _prepare(held, Path(folder))
        except reading.FlawedError as error:
            _fail(held, Document.Failure.INPUT, error)
        except untrusted.UntrustedError as error:
            logger.warning("document %s: %s: %s", pk, error, error.stderr[-500:])
            _give_back(held, Document.Failure(error.reason), error)
        except (storage.StorageError, OSError) as error:
            logger.warning("document %s: %s: %s", pk, type(error).__name__, error)
            _give_back(held, Document.Failure.TRANSIENT, error)


def give_up_exhausted() -> int:
    """Fail the documents whose last attempt ended without a word; the number of them."""
    silent = list(claims.exhausted().select_related("application"))
    for document in silent:
        with contextlib.suppress(claims.Superseded):
            _fail(Claim(document, document.attempt), Document.Failure.BUG, "every attempt ended without a word")
    return len(silent)


def _prepare(held: Claim, folder: Path) -> None:
    document = held.document
    source, rendered = folder / "original", folder / "rendered"
    rendered.mkdir()
    with source.open("wb") as file:
        for block in storage.iterate(keys.original(document.pk)):
            file.write(block)
    made = reading.render(source, rendered)
    for number, page in enumerate(made.pages, start=1):
        storage.put_file(keys.page(document.pk, number), page, content_type=PAGE_TYPE)
    held.write(
        state=Document.State.READY,
        ready_at=timezone.now(),
        next_attempt_at=None,
        pages=len(made.pages),
        content=made.content,
        text="\n".join(words(made.content)),
    )


def words(content: list[dict[str, Any]]) -> Iterator[str]:
    """All that is written in ``content``, in order, for searching."""
    for part in content:
        if part.get("text"):
            yield part["text"]
        yield from part.get("items", [])
        for row in part.get("rows", []):
            yield from row


def _give_back(held: Claim, reason: Document.Failure, error: Exception) -> None:
    """After a failed attempt: wait and try again, or, with bad input or the last attempt, say so for good."""
    if reason == Document.Failure.INPUT or held.is_last:
        _fail(held, reason, error)
    else:
        held.write(next_attempt_at=claims.later(claims.RETRY_FIRST * held.attempt))


@transaction.atomic
def _fail(held: Claim, reason: Document.Failure, error: Exception | str) -> None:
    said = error if isinstance(error, str) else f"{type(error).__name__}: {error}"
    held.write(state=Document.State.FAILED, failure=reason, failure_text=said[:300], next_attempt_at=None)
    events.record(
        held.document.application, "document_failed", by=SYSTEM, document=str(held.document.pk), reason=reason
    )
