"""What comes next for an application: what can be done from the stage it stands in, or how it ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from hiring.accounts.models import User
from hiring.pipeline import transitions
from hiring.pipeline.models import Application, Decision, JobStage, Stay
from hiring.portals.plans import needs_note
from hiring.rubrics.models import ReviewAssignment, Scorecard
from hiring.rubrics.visibility import OWN_CARD_FIRST


@dataclass(frozen=True)
class Onward:
    """``gate`` says why moving on, or hiring, would be refused now. ``stay``, of an open application, tells whether it
    is on hold. ``pending`` is a decision not told yet; ``told`` the one that closed the application, unless the
    candidate did."""

    application: Application
    following: JobStage | None
    gate: str
    stay: Stay | None
    pending: Decision | None
    told: Decision | None
    may_reopen: bool

    @property
    def is_open(self) -> bool:
        return self.application.outcome is None

    @property
    def needs_note(self) -> bool:
        return self.following is not None and needs_note(self.following)

    @property
    def is_stuck(self) -> bool:
        """Decided, and nothing else can happen until that is told or undone."""
        return self.pending is not None


def onward(application: Application, *, owes_card: bool) -> Onward:
    """What somebody who oversees ``application`` can do with it now; whether they owe a card for it (``owing``)."""
    decisions = Decision.objects.filter(application=application, undone_at__isnull=True).select_related(
        "decided_by", "reason"
    )
    latest = decisions.first()
    is_pending = latest is not None and latest.released_at is None
    is_open = application.outcome is None
    following = transitions.following(application) if is_open else None
    return Onward(
        application,
        following=following,
        gate=_gate(application, owes_card=owes_card) if is_open and not is_pending else "",
        stay=application.stays.filter(left_at__isnull=True).select_related("held_by").first() if is_open else None,
        pending=latest if is_pending else None,
        told=None if is_open or is_pending or application.outcome == Application.Outcome.WITHDRAWN else latest,
        may_reopen=not is_open and application.job.archived_at is None,
    )


def _gate(application: Application, *, owes_card: bool) -> str:
    """Why moving on, or hiring, would be refused now: whoever owes a card learns nothing of others'."""
    return transitions.gate(application, instead=str(OWN_CARD_FIRST) if owes_card else "")


def owing(user: User, applications: Iterable[Application]) -> set[UUID]:
    """Those of ``applications`` that ``user`` is asked to score where they stand, and has not."""
    standing = {row.pk: row for row in applications}
    owed = debts(user, {row.candidate_id for row in standing.values()})
    return {debt.application for debt in owed if debt.is_of(standing.get(debt.application))}


class Debt(NamedTuple):
    """A card somebody is asked for and has not handed in."""

    candidate: UUID
    application: UUID
    stage: UUID

    def is_of(self, application: Application | None) -> bool:
        """Whether it is asked for where ``application`` stands."""
        return application is not None and (self.application, self.stage) == (application.pk, application.stage_id)


def debts(user: User, candidates: Iterable[UUID]) -> list[Debt]:
    """The cards ``user`` owes for open applications of ``candidates``, of whatever job: until they are in, what others
    think of these people is not theirs to read. One query."""
    mine = ReviewAssignment.objects.standing().filter(reviewer=user).order_by()
    owed = mine.exclude(assessment__scorecards__in=Scorecard.objects.submitted().of(user))
    ways = ("assessment__interview", "assessment__booking__offer")
    recorded, met = (
        owed.filter(
            **{f"{way}__application__candidate__in": list(candidates), f"{way}__application__outcome": None}
        ).values_list(f"{way}__application__candidate", f"{way}__application", f"{way}__stage")
        for way in ways
    )
    return [Debt(*row) for row in recorded.union(met)]
