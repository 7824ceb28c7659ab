"""Looking takes up: what is due, what is late, what the store has of one, how many tries are left."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest, Now

from hiring.lib import storage
from interviews import rules
from interviews.models import Answer, Take
from interviews.rules import Piece


def later(delay: timedelta = timedelta()) -> Combinable:
    """The database's clock plus ``delay``: leases and due times never trust a machine's own."""
    return Now() + Value(delay)


def unleased() -> Q:
    return Q(lease_until__isnull=True) | Q(lease_until__lt=Now())


def due() -> QuerySet[Take]:
    """Takes with work to do now that no worker holds, the longest waiting first."""
    return Take.objects.filter(unleased(), next_attempt_at__lte=Now()).order_by("next_attempt_at")


def overdue(now: datetime) -> QuerySet[Take]:
    """Takes past the deadline of their state (`rules.DUTIES`): always none, or somebody should look."""
    late = Q(pk__in=[])
    for state, duty in rules.DUTIES.items():
        late |= Q(("state", state), (f"{duty.since}__lt", now - duty.within))
    return Take.objects.alias(handed_to_worker_at=Greatest("received_at", "retried_at")).filter(late)


def stored_pieces(take: UUID, epoch: int) -> list[Piece]:
    """The pieces of ``epoch`` the store holds, in order of index. Raises ``StorageError``."""
    found = storage.listing(rules.pieces_prefix(take, epoch))
    return [piece for item in found if (piece := rules.piece_of(item.key, item.size))]


def finished(answer: Answer) -> QuerySet[Take]:
    """The takes that count as tries: completed by the candidate, and not one we offered to repeat for free."""
    completed = answer.takes.filter(state__in=[Take.State.RECEIVED, Take.State.PLAYABLE], interrupted=False)
    return completed.filter(silent=False, black=False, retried_at__isnull=True)


def tries_left(answer: Answer) -> int | None:
    """How many more takes may be completed; ``None`` without a limit."""
    retakes = answer.question.retakes
    return None if retakes is None else max(0, retakes + 1 - finished(answer).count())


def retakes_left(answer: Answer) -> int | None:
    """What the page shows: the first try is not a retake."""
    left = tries_left(answer)
    return None if left is None or answer.question.retakes is None else min(left, answer.question.retakes)


def waiting() -> QuerySet[Take]:
    """Takes a worker has yet to make playable."""
    return Take.objects.filter(state=Take.State.RECEIVED, next_attempt_at__isnull=False).order_by(F("received_at"))
