"""What happens to a take until a worker has it: begun, renewed, completed, left in the middle, recovered.

The store's acknowledgement of a piece is the commit; the manifest at completion is the ledger. No request to the store
is made inside a transaction.
"""

import contextlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from hiring.lib import queue, storage
from hiring.lib.actors import SYSTEM, Actor
from hiring.lib.errors import Refusal
from hiring.pipeline import events
from hiring.pipeline.models import Candidate
from interviews import deadlines, notice, rules, takes, tasks
from interviews.models import Answer, Interview, Take
from interviews.rules import Bounds, Pass, Piece

OPEN_STATES = (Take.State.RECORDING, Take.State.ABANDONED)
SWEEP_BATCH = 100
ASK_AGAIN_AFTER = timedelta(seconds=60)  # a hint that lies in a long queue need not be repeated sooner


class NotRecordable(Refusal):
    """This answer takes no (further) recording; the text says why."""

    code = "not_recordable"


class ConsentMissing(NotRecordable):
    code = "consent_missing"


class RetakesUsedUp(NotRecordable):
    code = "retakes_used_up"


class EpochSuperseded(Refusal):
    code = "epoch_superseded"


class AlreadyComplete(Refusal):
    code = "already_complete"


class NothingToRetry(Refusal):
    """There is no failed take to put back to work, or nothing of it to work on; the text says which."""

    code = "nothing_to_retry"


class PiecesMissing(Refusal):
    """The store lacks these pieces; ``detail`` names them and where to put them."""

    code = "pieces_missing"


@dataclass(frozen=True, slots=True)
class Recording:
    """What the recorder says it made."""

    epoch: int
    mime: str
    seconds: float
    interrupted: bool
    pieces: list[Piece]  # in order of index, without a gap


def bounds_of(answer: Answer) -> Bounds:
    return Bounds(answer.question.answer_seconds)


def pass_for(take: Take) -> Pass:
    """What the recorder of this take may do for the next 15 minutes."""
    bounds = bounds_of(take.answer)
    return Pass(take.pk, take.epoch, bounds.pieces, bounds.bytes)


@transaction.atomic
def begin_take(answer: Answer, *, by: Actor) -> Take:
    """Open the next take of ``answer``; the first of an interview marks it as started.

    Raises ``ConsentMissing``, ``RetakesUsedUp`` or ``NotRecordable`` (deadline over, handed in, closed).
    """
    interview = Interview.objects.select_for_update().select_related("application").get(pk=answer.interview_id)
    _check_open(interview)
    if not deadlines.is_open(interview, timezone.now()):
        raise NotRecordable(_("The time to record has run out. Write to us, and we will find a way."))
    if not notice.is_agreed(interview):
        raise ConsentMissing(_("Please read and agree to how we handle your recording first."))
    if takes.tries_left(answer) == 0:
        raise RetakesUsedUp(_("You have used all your tries for this question. Choose the one you like best."))
    number = (answer.takes.aggregate(last=Max("number"))["last"] or 0) + 1
    take = Take.objects.create(answer=answer, number=number)
    if interview.status == Interview.Status.INVITED:
        interview.status, interview.started_at = Interview.Status.STARTED, timezone.now()
        interview.save(update_fields=["status", "started_at"])
        events.record(interview.application, "interview_started", by=by)
    return take


def renew(take: Take) -> Pass:
    """A fresh pass for a take that still takes pieces. Raises ``AlreadyComplete`` or ``NotRecordable``."""
    if take.state not in OPEN_STATES:
        raise AlreadyComplete(_("This recording is complete already."))
    _check_uploads(take.answer.interview)
    return pass_for(take)


def complete_take(take: Take, recording: Recording, *, by: Actor) -> Take:
    """Take ``recording`` as what was said: every piece is in the store, so a worker may make it playable.

    The same recording again is no error. Raises ``ManifestRefused``, ``PiecesMissing``, ``EpochSuperseded``,
    ``AlreadyComplete``, ``NotRecordable`` and ``StorageError``.
    """
    rules.check_manifest(recording.pieces, bounds_of(take.answer))
    manifest = rules.manifest(recording.epoch, recording.pieces)
    if take.state not in OPEN_STATES:
        return _same_or_refused(take, manifest)
    _check_epoch(take, recording.epoch)
    _check_uploads(take.answer.interview)
    _check_pieces(take, recording)
    return _receive(take, recording, manifest, by=by)


def recover(take: Take, *, by: Actor) -> None:
    """Take what the store has from the beginning up to the first gap as an interrupted recording.

    For a take whose device never came back; one of which nothing arrived has failed. Does nothing when somebody
    completed it meanwhile. Raises ``StorageError``.
    """
    pieces = rules.contiguous(takes.stored_pieces(take.pk, take.epoch))
    if not pieces:
        Take.objects.filter(pk=take.pk, state__in=OPEN_STATES).update(
            state=Take.State.FAILED,
            failure=Take.Failure.INPUT,
            failure_flaw=Take.Flaw.NOTHING,
            failure_text="no piece in the store",
        )
        return
    recording = Recording(take.epoch, take.mime, 0.0, interrupted=True, pieces=pieces)
    with contextlib.suppress(AlreadyComplete, EpochSuperseded):
        _receive(take, recording, rules.manifest(take.epoch, pieces), by=by)


@transaction.atomic
def try_again(take: Take, *, by: Actor) -> Take:
    """Put a failed ``take`` back to work, with attempts of its own: one event, a worker is told.

    What failed on our side gets as many attempts as a new take. What could not be read gets one, and that in the most
    patient way: more of them would end the same. Refuses with ``NothingToRetry``.
    """
    return _put_back(_failed(take), by=by)


@transaction.atomic
def try_own_again(take: Take, *, by: Candidate) -> Take:
    """The same for the candidate who recorded it: once, only after a failure on our side, while they may still send.

    Raises ``NothingToRetry`` and ``NotRecordable``.
    """
    current = _failed(take)
    _check_uploads(current.answer.interview)
    if not current.is_our_fault or current.retried_at is not None:
        raise NothingToRetry(_("Trying again would not help this recording. Record once more: it costs no retake."))
    return _put_back(current, by=by)


def _failed(take: Take) -> Take:
    """The row as it is now, ours until the transaction ends, or a refusal: of two people who ask, the second's."""
    related = Take.objects.select_for_update(of=("self",)).select_related("answer__interview__application")
    current = related.get(pk=take.pk)
    if current.state in {Take.State.RECEIVED, *OPEN_STATES}:
        raise NothingToRetry(_("This recording is being prepared already. Give it a moment."))
    if current.state != Take.State.FAILED:
        raise NothingToRetry(_("Nothing went wrong with this recording: it can be watched."))
    if not current.manifest:
        raise NothingToRetry(_("Nothing of this recording arrived, so there is nothing to try again."))
    return current


def _put_back(take: Take, *, by: Actor) -> Take:
    take.state, take.retried_at = Take.State.RECEIVED, timezone.now()
    take.attempt += 1  # whoever still believes to hold it finds its writes refused
    take.attempts_allowed = take.attempt + (rules.ATTEMPTS if take.is_our_fault else 1)
    take.lease_until = None
    take.save(update_fields=["state", "retried_at", "attempt", "attempts_allowed", "lease_until"])
    Take.objects.filter(pk=take.pk).update(next_attempt_at=takes.later())
    events.record(take.answer.interview.application, "answer_retried", by=by, take=str(take.pk), number=take.number)
    queue.hint(tasks.process_take, take.pk)
    return take


def abandon_forgotten(now: datetime) -> int:
    """Mark recordings without a new object for 10 minutes as left in the middle; the number of them."""
    silent_since = now - rules.ABANDONED_AFTER
    marked = 0
    candidates = Take.objects.filter(state=Take.State.RECORDING, started_at__lt=silent_since).order_by("started_at")
    for take in candidates[:SWEEP_BATCH]:
        stored = storage.listing(rules.take_prefix(take.pk))
        if all(found.modified_at < silent_since for found in stored):
            marked += Take.objects.filter(pk=take.pk, state=Take.State.RECORDING).update(state=Take.State.ABANDONED)
    return marked


def recover_forgotten(now: datetime) -> int:
    """Recover what nobody completed until the deadline and its day of grace; the number of them."""
    limit = now - deadlines.SENDING
    late = Take.objects.filter(state=Take.State.ABANDONED, answer__interview__deadline_at__lt=limit)
    forgotten = list(late.select_related("answer")[:SWEEP_BATCH])
    for take in forgotten:
        recover(take, by=SYSTEM)
    return len(forgotten)


@transaction.atomic
def enqueue_due() -> int:
    """Tell workers about every take that is due and nobody holds; the number of them. Two sweeps at once share them."""
    due = list(takes.due().select_for_update(skip_locked=True)[:SWEEP_BATCH])
    Take.objects.filter(pk__in=[take.pk for take in due]).update(next_attempt_at=takes.later(ASK_AGAIN_AFTER))
    for take in due:
        queue.hint(tasks.process_take, take.pk)
    return len(due)


def _check_open(interview: Interview) -> None:
    if interview.status == Interview.Status.SUBMITTED:
        raise NotRecordable(_("Your answers are handed in already. Nothing more is needed."))
    if interview.status == Interview.Status.WITHDRAWN or interview.application.outcome is not None:
        raise NotRecordable(_("This interview takes no more answers: the application is closed."))


def _check_uploads(interview: Interview) -> None:
    _check_open(interview)
    if not deadlines.may_send(interview, timezone.now()):
        raise NotRecordable(_("The time to send this recording has run out. Write to us, and we will find a way."))


def _check_epoch(take: Take, epoch: int) -> None:
    if epoch != take.epoch:
        raise EpochSuperseded(_("This answer is being recorded elsewhere now."))


def _check_pieces(take: Take, recording: Recording) -> None:
    stored = {(piece.index, piece.sha256) for piece in takes.stored_pieces(take.pk, take.epoch)}
    missing = [piece for piece in recording.pieces if (piece.index, piece.sha256) not in stored]
    if missing:
        first = missing[: rules.PIECES_PER_REQUEST]
        raise PiecesMissing(
            _("Some of this recording has not arrived yet."),
            missing=[piece.index for piece in missing],
            uploads=[upload_for(take.pk, take.epoch, piece) for piece in first],
        )


def upload_for(take: UUID, epoch: int, piece: Piece, track: str = rules.MAIN_TRACK) -> dict[str, object]:
    """Where the recorder puts ``piece``, as it is told. Reads nothing."""
    upload = storage.presign_put(piece.key(take, epoch, track), size=piece.size, sha256=piece.sha256)
    return {"index": piece.index, "url": upload.url, "headers": upload.headers}


def _same_or_refused(take: Take, manifest: list[dict[str, object]]) -> Take:
    if take.manifest == manifest:
        return take
    raise AlreadyComplete(_("Another recording of this take is complete already."))


@transaction.atomic
def _receive(take: Take, recording: Recording, manifest: list[dict[str, object]], *, by: Actor) -> Take:
    answer = (
        Answer.objects.select_for_update().select_related("interview__application", "question").get(pk=take.answer_id)
    )
    if not recording.interrupted and takes.tries_left(answer) == 0:
        raise RetakesUsedUp(_("This answer was recorded elsewhere meanwhile, and no further try is left."))
    claimed = Take.objects.filter(pk=take.pk, state__in=OPEN_STATES, epoch=recording.epoch).update(
        state=Take.State.RECEIVED,
        received_at=timezone.now(),
        mime=recording.mime,
        claimed_seconds=recording.seconds or None,
        interrupted=recording.interrupted,
        manifest=manifest,
        next_attempt_at=takes.later(),
    )
    take.refresh_from_db()
    if not claimed:
        _check_epoch(take, recording.epoch)
        return _same_or_refused(take, manifest)
    events.record(answer.interview.application, "answer_received", by=by, take=str(take.pk), number=take.number)
    queue.hint(tasks.process_take, take.pk)
    return take
