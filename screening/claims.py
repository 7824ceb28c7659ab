"""A worker's hold on a document, fenced by the attempt; the sweep takes up what a killed worker left.

Preparing is bounded by seconds, so the lease outlives it and nobody needs to renew it.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Now

from screening.models import Document

LEASE = timedelta(minutes=4)
RETRY_FIRST = timedelta(seconds=20)
ASK_AGAIN_AFTER = timedelta(seconds=60)  # a hint that lies in a long queue need not be repeated sooner


class Superseded(Exception):
    """Another worker holds the document by now; nothing this one does counts any more."""


@dataclass(frozen=True, slots=True)
class Claim:
    document: Document
    attempt: int

    @property
    def is_last(self) -> bool:
        return self.attempt >= Document.ATTEMPTS

    def write(self, **fields: object) -> None:
        """Change the row, provided this attempt still is the current one. Raises ``Superseded``."""
        mine = Document.objects.filter(pk=self.document.pk, attempt=self.attempt, state=Document.State.RECEIVED)
        if not mine.update(lease_until=None, **fields):
            raise Superseded


def later(delay: timedelta = timedelta()) -> Combinable:
    """The database's clock plus ``delay``: leases and due times never trust a machine's own."""
    return Now() + Value(delay)


def unleased() -> Q:
    return Q(lease_until__isnull=True) | Q(lease_until__lt=Now())


def waiting() -> QuerySet[Document]:
    """Documents that are not prepared yet and that no worker holds."""
    return Document.objects.filter(unleased(), state=Document.State.RECEIVED, next_attempt_at__isnull=False)


def due() -> QuerySet[Document]:
    return waiting().filter(attempt__lt=Document.ATTEMPTS, next_attempt_at__lte=Now()).order_by("next_attempt_at")


def exhausted() -> QuerySet[Document]:
    """Those whose last attempt ended without a word: its worker was killed."""
    return waiting().filter(attempt__gte=Document.ATTEMPTS)


def claim(pk: UUID) -> Claim | None:
    """The document for one attempt, or ``None``: nothing to do, somebody holds it, or its attempts are used up."""
    with transaction.atomic():
        mine = waiting().filter(pk=pk, attempt__lt=Document.ATTEMPTS)
        if not mine.update(attempt=F("attempt") + 1, lease_until=later(LEASE)):
            return None
        row = Document.objects.select_related("application").get(pk=pk)
    return Claim(row, row.attempt)
