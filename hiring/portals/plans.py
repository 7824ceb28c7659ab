"""What can be done with an application from a page, planned first: read word for word, then carried out or refused.

A plan names the stage its reader saw each candidate in, so that nothing happens to somebody who moved meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Protocol
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.mail.rehearsal import Draft, rehearsing
from hiring.pipeline import decisions, transitions
from hiring.pipeline import operations as pipeline
from hiring.pipeline.models import Application, Candidate, Decision, JobStage, RejectReason
from hiring.pipeline.promises import zone_of
from hiring.portals import operations
from interviews import operations as interviewing
from interviews import waiting
from scheduling import reminding
from scheduling.models import LIVE

MORNING = time(9)
NEEDS_NOTE = (LIVE,)  # where people meet, somebody says in their own words why


class MovedMeanwhile(Refusal):
    code = "moved_meanwhile"


class NoteMissing(Refusal):
    code = "note_missing"


class NobodyDecided(Refusal):
    code = "nobody_decided"


class InThePast(Refusal):
    code = "in_the_past"


class Plan(Protocol):
    """One verb with everything its form said."""

    def carry_out(self, application: Application, *, by: User) -> Decision | None:
        """Do it, in the caller's transaction; the decision it made, if it made one. Raises a ``Refusal``."""
        ...

    def finish(self, made: Decision | None) -> None:
        """What follows later by itself, so that a rehearsal reads that too."""
        ...


@dataclass(frozen=True)
class Promotion:
    """On to the next stage with a personal ``note``; with a ``reason``, also past a gate that refuses.

    ``together`` names what is done in one go.
    """

    note: str = ""
    reason: str = ""
    together: UUID | None = None

    def carry_out(self, application: Application, *, by: User) -> None:
        following = transitions.following(application)
        if following is not None and needs_note(following) and not self.note.strip():
            raise NoteMissing(
                _("Write %(name)s a word of your own: people come to “%(stage)s” because somebody asks them to.")
                % {"name": application.candidate, "stage": following}
            )
        note = self.note.strip().replace("{name}", application.candidate.name)
        if self.reason.strip() and transitions.gate(application):
            pipeline.skip(application, by=by, reason=self.reason, note=note, together=self.together)
        else:
            pipeline.advance(application, by=by, note=note, together=self.together)

    def finish(self, made: Decision | None) -> None:
        """Everything is told at once."""


@dataclass(frozen=True)
class Ending:
    """A decision, told later: ``when`` is one of ``WHENS``, ``at`` a wall-clock time where the candidate is. ``anyway``
    is why to hire past a gate that refuses."""

    outcome: Decision.Outcome
    reason: RejectReason | None = None
    note: str = ""
    words: str = ""
    anyway: str = ""
    when: str = "soon"
    at: datetime | None = None

    def carry_out(self, application: Application, *, by: User) -> Decision:
        return decisions.decide(
            application,
            self.outcome,
            by=by,
            reason=self.reason,
            note=self.note,
            words=self.words.replace("{name}", application.candidate.name),
            anyway=self.anyway,
            release_at=self.told_at(application.candidate),
        )

    def finish(self, made: Decision | None) -> None:
        if made is not None:
            decisions.release(made)

    def told_at(self, candidate: Candidate) -> datetime | None:
        """When ``candidate`` is told; ``None`` for as soon as it can no longer be undone. Raises ``InThePast``."""
        zone = zone_of(candidate)
        now = timezone.now()
        if self.when == "tomorrow":
            return datetime.combine(now.astimezone(zone).date() + timedelta(days=1), MORNING, zone)
        if self.when != "chosen" or self.at is None:
            return None
        chosen = self.at.replace(tzinfo=zone)
        if chosen <= now:
            raise InThePast(_("That time is over where %(name)s is. Choose a later one.") % {"name": candidate})
        return chosen


@dataclass(frozen=True)
class Invitation:
    """To the one-way interview of the stage they stand in."""

    note: str = ""

    def carry_out(self, application: Application, *, by: User) -> None:
        interviewing.invite(application, by=by, note=self.note.strip().replace("{name}", application.candidate.name))

    def finish(self, made: Decision | None) -> None:
        """Everything is told at once."""


@dataclass(frozen=True)
class Reminder:
    """That the interview is still open, or that a time can still be chosen."""

    def carry_out(self, application: Application, *, by: User) -> None:
        if application.stage.kind == LIVE:
            reminding.remind_to_choose(application, by=by)
        else:
            waiting.remind(operations.standing_interview(application), by=by)

    def finish(self, made: Decision | None) -> None:
        """Everything is told at once."""


@dataclass(frozen=True)
class Outlook:
    """What a plan would do: the messages it would send to the candidate, or why not.

    ``skippable`` where only the gate of the stage is in the way.
    """

    application: Application
    drafts: Sequence[Draft] = ()
    refusal: str = ""
    code: str = ""
    skippable: bool = False


def needs_note(stage: JobStage) -> bool:
    """Whether nobody is moved on to ``stage`` without a personal word."""
    return stage.kind in NEEDS_NOTE


def carry_out(plan: Plan, application: Application, *, seen_in: UUID, by: User) -> Decision | None:
    """Do what ``plan`` says with ``application``, which its reader saw in the stage ``seen_in``.

    Raises ``MovedMeanwhile`` and what the verb refuses; the caller's transaction takes everything back then.
    """
    with transitions.holding(application) as current:
        if current.stage_id != seen_in:
            raise MovedMeanwhile(
                _("%(name)s stands in “%(stage)s” now: somebody moved them since you opened this page.")
                % {"name": current.candidate, "stage": current.stage}
            )
        return plan.carry_out(current, by=by)


def as_one(plan: Plan, together: UUID) -> Plan:
    """``plan`` for many at once: colleagues hear of it once."""
    return replace(plan, together=together) if isinstance(plan, Promotion) else plan


def rehearse(plan: Plan, application: Application, *, seen_in: UUID, by: User) -> Outlook:
    """What ``carry_out`` would do now, and what would follow by itself. Leaves nothing behind."""
    try:
        with rehearsing() as drafts:
            plan.finish(carry_out(plan, application, seen_in=seen_in, by=by))
    except Refusal as refusal:
        skippable = isinstance(plan, Promotion) and not plan.reason and bool(transitions.gate(application))
        return Outlook(application, refusal=str(refusal), code=refusal.code, skippable=skippable)
    return Outlook(application, drafts=[draft for draft in drafts if not draft.letter.to_staff])
