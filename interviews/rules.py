"""The bounds of a recording, the keys of its pieces, the pass a recorder shows, and who owes what to a take when.

Pure: reads no table and no store.
"""

import itertools
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core import signing
from django.utils.translation import gettext as _

from hiring.lib.errors import Refusal
from interviews import deadlines
from interviews.models import Take

GRACE_SECONDS = 15  # to finish the sentence
SLACK_SECONDS = 5  # for the recorder to stop
PIECES_PER_SECOND = 10
BYTES_PER_SECOND = 500_000  # 4 Mbit/s, over twice what we ask browsers for
PIECE_BYTES = 4 * 1024 * 1024
PIECES_PER_REQUEST = 20
MAIN_TRACK = "v"

PASS_AGE = timedelta(minutes=15)
RENEWAL_AGE = timedelta(hours=24)
ABANDONED_AFTER = timedelta(minutes=10)  # without a new object

ATTEMPTS = Take.ATTEMPTS
RETRY_FIRST = timedelta(seconds=10)
RETRY_LONGEST = timedelta(minutes=5)


class PassExpired(Exception):
    """The pass was ours once; renew it."""


class PassInvalid(Exception):
    """The pass is not ours."""


class ManifestRefused(Refusal):
    """What was sent cannot be a recording of this answer."""

    code = "manifest_refused"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one take may hold. ``seconds`` is the question's limit; the server stops counting at ``ceiling``."""

    seconds: int

    @property
    def ceiling(self) -> int:
        return self.seconds + GRACE_SECONDS + SLACK_SECONDS

    @property
    def pieces(self) -> int:
        return self.ceiling * PIECES_PER_SECOND

    @property
    def bytes(self) -> int:
        return self.ceiling * BYTES_PER_SECOND

    def as_json(self) -> dict[str, int]:
        return {
            "seconds": self.seconds,
            "grace": GRACE_SECONDS,
            "max_pieces": self.pieces,
            "max_bytes": self.bytes,
        }


@dataclass(frozen=True, slots=True)
class Pass:
    """What a recorder may do without anybody reading a table: put so many pieces of one epoch of one take."""

    take: UUID
    epoch: int
    pieces: int
    bytes: int

    def sign(self) -> str:
        return signing.dumps([str(self.take), self.epoch, self.pieces, self.bytes], salt="take")

    @classmethod
    def read(cls, token: str, *, max_age: timedelta = PASS_AGE) -> "Pass":
        """The pass in ``token``. Raises ``PassExpired`` or ``PassInvalid``."""
        try:
            take, epoch, pieces, size = signing.loads(token, salt="take", max_age=max_age)
        except signing.SignatureExpired as error:
            raise PassExpired from error
        except signing.BadSignature as error:
            raise PassInvalid from error
        return cls(UUID(take), epoch, pieces, size)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some consecutive chunks joined: about a second, one object in the store."""

    index: int
    size: int
    sha256: str

    def key(self, take: UUID, epoch: int, track: str = MAIN_TRACK) -> str:
        return f"{pieces_prefix(take, epoch, track)}{self.index:06}-{self.sha256}"

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


_NAME = re.compile(r"(\d{6})-([0-9a-f]{64})$")


def take_prefix(take: UUID) -> str:
    return f"takes/{take}/"


def pieces_prefix(take: UUID, epoch: int, track: str = MAIN_TRACK) -> str:
    return f"{take_prefix(take)}{epoch}/{track}/"


def media_prefix(take: UUID, revision: int | None = None) -> str:
    return f"media/{take}/" if revision is None else f"media/{take}/{revision}/"


def piece_of(key: str, size: int) -> Piece | None:
    """The piece stored under ``key``, or ``None`` for a key we did not make."""
    found = _NAME.search(key)
    return Piece(int(found[1]), size, found[2]) if found else None


def contiguous(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces from 0 up to the first gap, in order. Of two with one index (never from our recorder) the first."""
    by_index: dict[int, Piece] = {}
    for piece in sorted(pieces, key=lambda piece: (piece.index, piece.sha256)):
        by_index.setdefault(piece.index, piece)
    return [by_index[index] for index in itertools.takewhile(by_index.__contains__, itertools.count())]


def check_manifest(pieces: list[Piece], bounds: Bounds) -> None:
    """Raises ``ManifestRefused`` for what is empty or larger than the answer's limit allows."""
    if not pieces:
        raise ManifestRefused(_("There is nothing in this recording yet."))
    if len(pieces) > bounds.pieces or sum(piece.size for piece in pieces) > bounds.bytes:
        raise ManifestRefused(_("This recording is larger than an answer to this question can be."))


def manifest(epoch: int, pieces: list[Piece]) -> list[dict[str, Any]]:
    """The ledger as it is kept in the take's row."""
    return [{"epoch": epoch, "pieces": [{"size": piece.size, "sha256": piece.sha256} for piece in pieces]}]


def manifest_keys(take: UUID, kept: list[dict[str, Any]]) -> list[str]:
    """The keys of a kept manifest's objects, in the order they were recorded."""
    return [
        Piece(index, piece["size"], piece["sha256"]).key(take, part["epoch"])
        for part in kept
        for index, piece in enumerate(part["pieces"])
    ]


@dataclass(frozen=True, slots=True)
class Duty:
    """Who must move a take on from a state, how long after ``since`` at the latest, and to what."""

    owner: str
    since: str  # a field of the take, or of its interview, or what `takes.overdue` calls the later of two
    within: timedelta
    leads_to: tuple[Take.State, ...]


# Every state that is not an end, once. `queries.overdue_takes` lists the rows past it.
DUTIES: dict[Take.State, Duty] = {
    Take.State.RECORDING: Duty(
        "the recorder; the sweep", "started_at", timedelta(hours=3), (Take.State.RECEIVED, Take.State.ABANDONED)
    ),
    Take.State.ABANDONED: Duty(
        "the candidate; the sweep",
        "answer__interview__deadline_at",
        deadlines.SENDING + timedelta(minutes=15),
        (Take.State.RECEIVED,),
    ),
    Take.State.RECEIVED: Duty(
        "the media worker", "handed_to_worker_at", timedelta(minutes=30), (Take.State.PLAYABLE, Take.State.FAILED)
    ),
}
ENDS = (Take.State.PLAYABLE, Take.State.FAILED)


def retry_delay(attempt: int, chance: float) -> timedelta:
    """How long to wait after ``attempt`` failed: exponential, capped, full jitter by ``chance`` in [0, 1)."""
    return chance * min(RETRY_LONGEST, RETRY_FIRST * int(4 ** min(attempt, 10)))
