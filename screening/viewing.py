"""A document in front of a reviewer: its pages as pictures beside their text, or its text as it is structured.

Addresses of the bytes are given out here and nowhere else, and each time it is written down who got them.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from django.utils.text import slugify

from hiring.accounts.models import User
from hiring.lib import storage
from screening import highlighting, keys, preparing
from screening.highlighting import Terms
from screening.models import Document, DocumentAccess

SUFFIXES = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
    "text/plain": "txt",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
}
MOST_SNIPPETS = 8


@dataclass(frozen=True)
class Sheet:
    """One page: its picture, and what is written on it."""

    number: int
    image: str
    text: SafeString


@dataclass(frozen=True)
class Place:
    """Where something was found: the page (0 where there are none), and the words around it."""

    page: int
    words: SafeString


@dataclass(frozen=True)
class Shown:
    """All that a document's template needs. ``blocks`` hold HTML in place of text."""

    document: Document
    sheets: list[Sheet] = field(default_factory=list)
    blocks: list[dict[str, Any]] = field(default_factory=list)
    sought: str = ""
    total: int = 0
    places: list[Place] = field(default_factory=list)

    @property
    def is_text_missing(self) -> bool:
        return self.document.state == Document.State.READY and not self.document.text.strip()


def shown(document: Document, *, by: User, terms: Terms | None = None) -> Shown:
    """``document`` for ``by``, who was let in by ``for_reviewer``, with ``terms`` marked. Writes down the look."""
    terms = terms or Terms()
    if document.state != Document.State.READY:
        return Shown(document)
    DocumentAccess.objects.create(document=document, user=by, what=DocumentAccess.What.READING)
    found = list(_places(document, terms.sought))
    sheets = [
        Sheet(
            part["page"],
            storage.presign_get(keys.page(document.pk, part["page"]), content_type=preparing.PAGE_TYPE),
            highlighting.marked(part["text"], terms),
        )
        for part in document.content[: document.pages]
    ]
    blocks = [] if document.pages else [_block(part, terms) for part in document.content]
    return Shown(document, sheets, blocks, terms.sought, len(found), found[:MOST_SNIPPETS])


def download(document: Document, *, by: User) -> str:
    """An address that downloads the file itself, never shows it. Writes down who took it."""
    DocumentAccess.objects.create(document=document, user=by, what=DocumentAccess.What.ORIGINAL)
    stem = slugify(document.application.candidate.name) or "candidate"
    filename = f"{stem}-{document.kind}.{SUFFIXES.get(document.media_type, 'bin')}"
    return storage.presign_get(keys.original(document.pk), content_type=storage.OCTETS, filename=filename)


def hits(document: Document | None, wanted: list[str]) -> list[tuple[int, int]]:
    """Where a criterion's words stand: (page, how often), page 0 where there are none."""
    if document is None or not wanted:
        return []
    counted: Counter[int] = Counter()
    for part in document.content:
        for text in preparing.words([part]):
            counted[part.get("page", 0)] += len(highlighting.spans(text, wanted))
    return sorted((page, times) for page, times in counted.items() if times)


def _places(document: Document, sought: str) -> list[Place]:
    return [
        Place(part.get("page", 0), highlighting.snippet(text, span))
        for part in document.content
        for text in preparing.words([part])
        for span in highlighting.sought_spans(text, sought)
    ]


def _block(part: dict[str, Any], terms: Terms) -> dict[str, Any]:
    block = {"kind": part["kind"], "level": part.get("level", 0)}
    if part["kind"] == "list":
        return {**block, "items": [highlighting.marked(text, terms) for text in part["items"]]}
    if part["kind"] == "table":
        return {**block, "rows": [[highlighting.marked(text, terms) for text in row] for row in part["rows"]]}
    return {**block, "html": highlighting.marked(part["text"], terms)}
