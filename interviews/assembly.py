"""From stored pieces to an answer somebody can watch, by the shortest way.

The pieces stream in order through one ffmpeg that copies the pictures, the packets are counted, and the take is
``playable``. What may take longer follows in `interviews.finishing`, within the same claim unless somebody waits.
"""

import contextlib
import hashlib
import logging
import random
import shutil
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Self
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hiring.lib import storage, untrusted
from hiring.lib.actors import SYSTEM
from hiring.pipeline import events
from interviews import ffmpeg, finishing, leases, rules, takes
from interviews.ffmpeg import Packets, Streams
from interviews.leases import Claim
from interviews.models import Take

HEAD_BYTES = 256 * 1024  # enough of a recording's beginning to know its streams
AHEAD = 8  # pieces on their way while ffmpeg works
FOLDER = "callback-take-"
LEFTOVER_SECONDS = 3600  # twice as long as a task may run

logger = logging.getLogger(__name__)


class RenditionError(Exception):
    """What ffmpeg wrote is not what was recorded; another try may do better."""


def process(pk: UUID) -> bool:
    """Bring one take forward: make it playable, then finish it. True when the second half should be asked for again.

    Does nothing when the take is not due or another worker has it.
    """
    held = leases.claim(pk)
    if held is None:
        return False
    clear_leftovers()
    with leases.kept(held), TemporaryDirectory(prefix=FOLDER) as folder:
        try:
            return _advance(held, Path(folder))
        except leases.Superseded:
            logger.info("take %s belongs to another worker by now", pk)
        except ffmpeg.UnreadableError as error:
            give_back(held, Take.Failure.INPUT, error, flaw=Take.Flaw(error.flaw))
        except untrusted.UntrustedError as error:
            logger.warning("take %s: %s: %s", pk, error, error.stderr[-500:])
            give_back(held, Take.Failure(error.reason), error, flaw=Take.Flaw.DAMAGED)
        except (storage.StorageError, RenditionError, OSError) as error:
            logger.warning("take %s: %s: %s", pk, type(error).__name__, error)
            give_back(held, Take.Failure.TRANSIENT, error)
    return False


def clear_leftovers() -> None:
    """Remove the folders of workers that were killed here long ago: they hold recordings."""
    for folder in Path(gettempdir()).glob(f"{FOLDER}*"):
        with contextlib.suppress(OSError):  # another worker was quicker
            if time.time() - folder.stat().st_mtime > LEFTOVER_SECONDS:
                shutil.rmtree(folder)


def _advance(held: Claim, folder: Path) -> bool:
    if held.take.state == Take.State.RECEIVED:
        make_playable(held, folder)
        if takes.waiting().exclude(pk=held.take.pk).exists():
            held.write(lease_until=None)
            return True
    finishing.finish(held, folder)
    return False


def make_playable(held: Claim, folder: Path) -> None:
    """Fetch, copy, check while it is stored, and publish. Raises what `process` sorts."""
    take = held.take
    ceiling = float(rules.Bounds(take.answer.question.answer_seconds).ceiling)
    with Spool(pieces_of(take), folder / "source") as source:
        streams = identified(source, folder)
        video = render(source, streams, folder, attempt=held.patience, at_most=ceiling)
        source.drain()
    key = rules.media_prefix(take.pk, held.attempt) + video.name
    with ThreadPoolExecutor(1, thread_name_prefix="store") as pool:
        storing = pool.submit(storage.put_file, key, video, content_type=finishing.TYPES[video.name])
        found = ffmpeg.packets(video, cwd=folder)
        check(found, take, source.path, ceiling)
        storing.result()
    publish(held, video, found)


def identified(source: "Spool", folder: Path) -> Streams:
    """By the first bytes, or, where they do not tell, by the whole file. Raises ``UnreadableError``."""
    head = source.head(HEAD_BYTES)
    ffmpeg.sniff(head)
    with contextlib.suppress(ffmpeg.UnreadableError):
        return ffmpeg.identify(head, cwd=folder)
    source.drain()
    return ffmpeg.identify(source.path, cwd=folder)


def pieces_of(take: Take) -> Iterator[bytes]:
    """The take's pieces in order, each checked against the manifest. Raises ``StorageError``."""
    digests = [piece["sha256"] for part in take.manifest for piece in part["pieces"]]
    stored = storage.read_in_order(rules.manifest_keys(take.pk, take.manifest), ahead=AHEAD)
    for data, digest in zip(stored, digests, strict=True):
        if hashlib.sha256(data).hexdigest() != digest:
            raise storage.BytesRefused("a piece is not what was put")
        yield data


class Spool:
    """Blocks on their way through, written to ``path`` as they pass. Several threads may take from it in turn."""

    def __init__(self, blocks: Iterator[bytes], path: Path) -> None:
        self.path = path
        self._blocks = blocks
        self._lock = threading.Lock()
        self._file = path.open("wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        with self._lock:
            self._file.close()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        with self._lock:
            block = next(self._blocks)
            self._file.write(block)
            return block

    def head(self, size: int) -> bytes:
        """The first blocks, up to ``size`` bytes or a little more; they will pass again."""
        first: list[bytes] = []
        while sum(map(len, first)) < size and (block := next(self._blocks, None)) is not None:
            first.append(block)
        self._blocks = chain(first, self._blocks)
        return b"".join(first)

    def drain(self) -> None:
        """Let the rest pass, so that the file is whole."""
        for _block in self:
            pass
        self._file.flush()


def render(source: Spool, streams: Streams, folder: Path, *, attempt: int, at_most: float) -> Path:
    """Make the playable file, each attempt in a more patient way: 1 from the stream, 2 from the file, 3 by encoding."""
    is_h264 = ffmpeg.is_h264(streams)
    copy = ffmpeg.copy_to_mp4 if is_h264 else ffmpeg.copy_to_webm
    target = folder / ("video.mp4" if is_h264 else "video.webm")
    is_copyable = is_h264 or ffmpeg.fits_webm(streams)
    if is_copyable and attempt == 1:
        with contextlib.suppress(untrusted.Failed):  # an index at the end, for one, cannot be read from a stream
            copy(source, target, streams, at_most=at_most)
            return target
    source.drain()
    if is_copyable and attempt < rules.ATTEMPTS:
        copy(source.path, target, streams, at_most=at_most)
        return target
    target = folder / "video.mp4"
    ffmpeg.encode_h264(source.path, target, streams, at_most=at_most)
    return target


def check(found: Packets, take: Take, source: Path, ceiling: float) -> None:
    """What was made is as long as what was said, or at least as what arrived. Counts packets, believes no header.

    Raises ``UnreadableError`` when there is nothing, ``RenditionError`` when something got lost on our side.
    """
    if not found.video + found.audio:
        raise ffmpeg.UnreadableError("empty")
    claimed = min(take.claimed_seconds or 0.0, ceiling)
    if abs(found.seconds - claimed) <= ffmpeg.TOLERANCE:
        return
    arrived = min(ffmpeg.packets(source, cwd=source.parent).seconds, ceiling)
    if abs(found.seconds - arrived) > ffmpeg.TOLERANCE:
        raise RenditionError(f"made {found.seconds:.1f} s of {arrived:.1f} s")


@transaction.atomic
def publish(held: Claim, video: Path, found: Packets) -> None:
    """From here on it can be watched. Raises ``Superseded``."""
    held.write(
        state=Take.State.PLAYABLE,
        playable_at=timezone.now(),
        revision=held.attempt,
        video=video.name,
        seconds=round(found.seconds, 3),
        bytes=video.stat().st_size,
        failure="",
        failure_flaw="",
        failure_text="",
        next_attempt_at=timezone.now(),
    )
    events.record(
        held.take.answer.interview.application,
        "answer_playable",
        by=SYSTEM,
        take=str(held.take.pk),
        number=held.take.number,
    )


def give_back(held: Claim, reason: Take.Failure, error: Exception, *, flaw: Take.Flaw | None = None) -> None:
    """After a failed attempt: wait and try again, or, with bad input or the last attempt, say so for good."""
    with contextlib.suppress(leases.Superseded):
        if reason != Take.Failure.INPUT and not held.is_last:
            delay = rules.retry_delay(held.patience, random.random())  # noqa: S311 (jitter, not a secret)
            held.write(lease_until=None, next_attempt_at=takes.later(delay))
        elif held.take.state == Take.State.PLAYABLE:
            held.write(lease_until=None, next_attempt_at=None)
        else:
            _fail(held, reason, error, flaw)


@transaction.atomic
def _fail(held: Claim, reason: Take.Failure, error: Exception, flaw: Take.Flaw | None) -> None:
    held.write(
        state=Take.State.FAILED,
        failure=reason,
        failure_flaw=flaw if flaw and reason == Take.Failure.INPUT else "",
        failure_text=f"{type(error).__name__}: {error}"[:300],
        lease_until=None,
        next_attempt_at=None,
    )
    events.record(
        held.take.answer.interview.application, "answer_failed", by=SYSTEM, take=str(held.take.pk), reason=reason
    )
