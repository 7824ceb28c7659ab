"""The one door through which an application moves, and the table of the moves that exist."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hiring.lib.actors import Actor
from hiring.lib.errors import Refusal
from hiring.pipeline import events, promises, stages
from hiring.pipeline.models import Application, Decision, JobStage, Stay

_held: ContextVar[Application | None] = ContextVar("held", default=None)


class IllegalMove(Refusal):
    code = "illegal_move"


class ReasonMissing(Refusal):
    code = "reason_missing"


@dataclass(frozen=True)
class Rule:
    """What a move does: the event it writes, how it ends the application if it does, whether it needs a reason."""

    verb: str
    ends: str = ""
    needs_reason: bool = False


class Move(Enum):
    """Every move there is. None of them happens without somebody named; none is made by a score."""

    ADVANCE = Rule("application_advanced")
    SKIP = Rule("stage_skipped", needs_reason=True)  # on, past a gate that would refuse: said and written down
    REJECT = Rule("application_rejected", ends=Application.Outcome.REJECTED)
    WITHDRAW = Rule("application_withdrawn", ends=Application.Outcome.WITHDRAWN)
    HIRE = Rule("application_hired", ends=Application.Outcome.HIRED)
    REOPEN = Rule("application_reopened", needs_reason=True)


@transaction.atomic
def move(application: Application, step: Move, *, by: Actor, reason: str = "", note: str = "") -> Application:
    """Take ``application`` where ``step`` leads: close the stage it leaves, open the one it enters.

    ``reason`` is kept with the event, for the team; ``note`` is what the stage it enters tells the candidate. Locks the
    row first, so of two people moving at once the second is refused with ``IllegalMove``. What a stage refuses (its
    gate, a missing link) undoes the whole move.
    """
    current = locked(application)
    left, entered = current.stage, _entered(current, step)
    if step.value.needs_reason and not reason.strip():
        raise ReasonMissing(_("Say why: it is kept with the history of %(name)s.") % {"name": current.candidate})
    if step is Move.ADVANCE:
        stages.of(current).check(current)
    if current.outcome is None:
        stages.of(current).close(current, step, by=by)
    details = {"from": str(left.pk), "to": str(entered.pk) if entered else ""}
    if step is Move.WITHDRAW:  # the candidate was quicker than our message
        Decision.objects.pending().filter(application=current).update(undone_at=timezone.now())
    _place(current, entered, step)
    events.record(current, step.value.verb, by=by, remark=reason.strip(), **details)
    if entered is not None:
        _enter(current, step, by=by, note=note)
    return current


def locked(application: Application) -> Application:
    """The row as it is now, ours until the transaction ends. Its stage is read after the lock: it may have changed."""
    held = _held.get()
    if held is not None and held.pk == application.pk:
        return held
    Application.objects.select_for_update().values_list("pk").get(pk=application.pk)
    return Application.objects.select_related("candidate", "job", "stage").get(pk=application.pk)


@contextmanager
def holding(application: Application) -> Iterator[Application]:
    """``locked`` for a verb and what it calls: within, whoever locks the row again gets this one, unread.

    It is ours, so nobody else can have changed it. Whatever a savepoint takes back is to leave the block as well.
    """
    current = locked(application)
    token = _held.set(current)
    try:
        yield current
    finally:
        _held.reset(token)


def refuse_closed(application: Application) -> None:
    """Raise ``IllegalMove`` for an application that has ended."""
    if application.outcome is not None:
        raise IllegalMove(
            _("The application of %(name)s is closed: %(outcome)s.")
            % {"name": application.candidate, "outcome": application.get_outcome_display()}
        )


def refuse_decided(application: Application) -> None:
    """Raise ``IllegalMove`` while a decision about ``application`` waits to be told."""
    decision = Decision.objects.pending().filter(application=application).select_related("decided_by").first()
    if decision is not None:
        raise IllegalMove(
            _("%(person)s has decided about %(name)s already: %(outcome)s. Undo that first.")
            % {"person": decision.decided_by, "name": application.candidate, "outcome": decision.get_outcome_display()}
        )


def refuse_ending(application: Application, step: Move) -> None:
    """Raise ``IllegalMove`` where ``step`` could not end ``application`` now."""
    _entered(application, step)


def refuse_reopening(application: Application) -> None:
    """Raise ``IllegalMove`` where ``application`` cannot be opened again now."""
    _entered(application, Move.REOPEN)


def gate(application: Application, *, instead: str = "") -> str:
    """Why the stage would not let ``application`` go on now; empty where it would.

    Whoever may not know how others judge is told ``instead``, if there is anything to judge.
    """
    try:
        stages.of(application).check(application)
    except stages.NotYet as refusal:
        return str(refusal)
    except Refusal as refusal:
        return instead or str(refusal)
    return instead


def following(application: Application) -> JobStage | None:
    """The stage after the one ``application`` stands in; ``None`` in the last."""
    here = application.stage.position
    return next((stage for stage in application.job.stages.all() if stage.position > here), None)


def _entered(current: Application, step: Move) -> JobStage | None:
    """The stage ``step`` leads into; ``None`` where it ends the application. Raises ``IllegalMove``."""
    if step is Move.REOPEN:
        if current.outcome is None:
            raise IllegalMove(_("The application of %(name)s is open.") % {"name": current.candidate})
        return _reopened(current)
    refuse_closed(current)
    match step:
        case Move.ADVANCE | Move.SKIP:
            refuse_decided(current)
            return _next(current)
        case Move.HIRE:
            _refuse_early_hire(current)
            return None
        case Move.REJECT | Move.WITHDRAW:
            return None
        case _:
            assert_never(step)


def next_stage(current: Application) -> JobStage:
    """The stage after the one ``current`` stands in. Raises ``IllegalMove`` in the last, once closed or decided."""
    entered = _entered(current, Move.ADVANCE)
    return entered or current.stage


def _next(current: Application) -> JobStage:
    entered = following(current)
    if entered is None:
        raise IllegalMove(
            _("“%(stage)s” is the last stage of “%(job)s”. What comes now is the decision.")
            % {"stage": current.stage, "job": current.job}
        )
    return entered


def _refuse_early_hire(current: Application) -> None:
    ahead = following(current)
    if ahead is not None:
        raise IllegalMove(
            _("“%(stage)s” is still ahead of %(name)s. Move them on first, or skip it with a reason.")
            % {"stage": ahead, "name": current.candidate}
        )


def _reopened(current: Application) -> JobStage:
    if current.job.archived_at is not None:
        raise IllegalMove(_("“%(job)s” is closed. Reopen the job first.") % {"job": current.job})
    again = Application.objects.filter(candidate=current.candidate, job=current.job, outcome__isnull=True)
    if again.exists():
        raise IllegalMove(
            _("%(name)s has applied again since, and that application is open.") % {"name": current.candidate}
        )
    return current.stage


def _place(current: Application, entered: JobStage | None, step: Move) -> None:
    """Write where ``current`` stands now, and since when."""
    now = timezone.now()
    Stay.objects.filter(application=current, left_at__isnull=True).update(left_at=now)
    if entered is None:
        current.outcome, current.closed_at = step.value.ends, now
    else:
        current.stage, current.outcome, current.closed_at = entered, None, None
        Stay.objects.create(application=current, stage=entered, entered_at=now)
    current.save(update_fields=["stage", "outcome", "closed_at"])


def _enter(current: Application, step: Move, *, by: Actor, note: str) -> None:
    """Open the stage: it tells the candidate how it goes on, which keeps what we promised them. Reopening tells nobody:
    the stage is where it was, and whoever reopened says what happens next."""
    if step is Move.REOPEN:
        return
    promises.keep(current)
    stages.of(current).open(current, by=by, note=note)
