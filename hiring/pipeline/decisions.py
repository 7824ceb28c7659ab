"""Decide now, tell later: a decision can be undone until the candidate is told; telling them closes the application.

Nobody is rejected but by a person, and the event of the ending names that person, whatever minute the message left in.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hiring.accounts.models import User
from hiring.lib import moments
from hiring.lib.actors import Actor
from hiring.lib.errors import Refusal
from hiring.mail.letters import Filled
from hiring.pipeline import events, letters, promises, stages, transitions
from hiring.pipeline.models import Application, Decision, RejectReason
from hiring.pipeline.transitions import Move

TIME_TO_UNDO = timedelta(minutes=10)
FURTHEST = timedelta(days=30)  # a decision that waits longer than this is none
MOVES = {Decision.Outcome.HIRED: Move.HIRE, Decision.Outcome.REJECTED: Move.REJECT}


class ToldAlready(Refusal):
    code = "told_already"


class TooFarOff(Refusal):
    code = "too_far_off"


@transaction.atomic
def decide(
    application: Application,
    outcome: Decision.Outcome,
    *,
    by: User,
    reason: RejectReason | None = None,
    note: str = "",
    words: str = "",
    anyway: str = "",
    release_at: datetime | None = None,
) -> Decision:
    """Decide about ``application``; the candidate is told at ``release_at``, in ten minutes if that is not said.

    ``reason`` belongs to a rejection and is required for it; ``note`` stays with the team, ``words`` are a personal
    addition to the message. ``anyway`` says why to hire although the stage's gate would refuse; it is kept with the
    history. Raises ``IllegalMove`` when the application is closed, cannot end so from its stage, or is decided already:
    of two people at once, the second; ``GateClosed``; ``ReasonMissing``; ``TooFarOff`` beyond 30 days.
    """
    current = transitions.locked(application)
    transitions.refuse_decided(current)
    transitions.refuse_ending(current, MOVES[outcome])
    if outcome == Decision.Outcome.REJECTED and reason is None:
        raise transitions.ReasonMissing(
            _("Choose the reason why %(name)s does not move forward.") % {"name": current.candidate}
        )
    past = _pass(current, anyway.strip()) if outcome == Decision.Outcome.HIRED else {}
    now = timezone.now()
    told_at = max(release_at, now) if release_at else now + TIME_TO_UNDO
    if told_at > now + FURTHEST:
        raise TooFarOff(_("Tell them within 30 days; nobody should wait longer for a decision that is made."))
    decision = Decision.objects.create(
        application=current,
        outcome=outcome,
        reason=reason if outcome == Decision.Outcome.REJECTED else None,
        note=note.strip(),
        words=words.strip(),
        decided_by=by,
        decided_at=now,
        release_at=told_at,
    )
    remark = anyway.strip() if outcome == Decision.Outcome.HIRED else ""
    events.record(
        current, "decision_made", by=by, remark=remark, decision=str(decision.pk), outcome=str(outcome), **past
    )
    return decision


def _pass(current: Application, anyway: str) -> dict[str, bool]:
    """What the event says of the gate. Raises ``GateClosed`` where it refuses and nobody says why to go past it."""
    try:
        stages.of(current).check(current)
    except stages.GateClosed:
        if not anyway:
            raise
        return {"past_gate": True}
    return {}


@transaction.atomic
def undo(decision: Decision, *, by: Actor) -> Decision:
    """Take ``decision`` back, as if nobody had decided. Undoing twice is once. Raises ``ToldAlready``."""
    current = _locked(decision)
    if current.undone_at is not None:
        return current
    if current.released_at is not None:
        raise ToldAlready(
            _("%(name)s was told on %(moment)s. Open the application again instead, and write to them.")
            % {"name": current.application.candidate, "moment": moments.moment(current.released_at)}
        )
    current.undone_at = timezone.now()
    current.save(update_fields=["undone_at"])
    events.record(current.application, "decision_undone", by=by, decision=str(current.pk))
    return current


@transaction.atomic
def release(decision: Decision) -> Decision:
    """Tell the candidate and close the application, in the name of whoever decided. Telling twice is once.

    Raises ``IllegalMove`` where the application can no longer end so; then nobody is told.
    """
    current = _locked(decision)
    if current.released_at is not None or current.undone_at is not None:
        return current
    current.released_at = timezone.now()
    current.save(update_fields=["released_at"])
    moved = transitions.move(
        current.application, MOVES[Decision.Outcome(current.outcome)], by=current.decided_by, reason=current.note
    )
    promises.keep(moved)
    letters.decision(current)
    return current


def draft(decision: Decision) -> Filled:
    """What the candidate would read if ``decision``, which need not be saved, were released now."""
    return letters.decision_words(decision)


def release_due(now: datetime) -> int:
    """Tell everybody whose time has come; how many were told. One that cannot be released any more is undone."""
    told = 0
    for decision in Decision.objects.pending().filter(release_at__lte=now).select_related("decided_by"):
        try:
            release(decision)
            told += 1
        except transitions.IllegalMove:  # their stages changed meanwhile: it is for people to decide anew
            undo(decision, by=decision.decided_by)
    return told


def _locked(decision: Decision) -> Decision:
    """The application first, as everywhere, then the decision."""
    application = transitions.locked(decision.application)
    current = (
        Decision.objects.select_for_update(of=("self",)).select_related("decided_by", "reason").get(pk=decision.pk)
    )
    current.application = application
    return current
