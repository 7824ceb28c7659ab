"""Where a document lies in the object store. Random names only; nothing a person typed."""

from uuid import UUID

FOLDER = "callback-document-"  # of the temporary folders
PREFIX = "documents/"


def prefix(document: UUID) -> str:
    return f"{PREFIX}{document}/"


def original(document: UUID) -> str:
    return f"{prefix(document)}original"


def page(document: UUID, number: int) -> str:
    return f"{prefix(document)}page-{number:03}.webp"


def document_of(key: str) -> UUID | None:
    """The document a key belongs to, or ``None`` for a key we did not make."""
    try:
        return UUID(key.removeprefix(PREFIX).partition("/")[0])
    except ValueError:
        return None
