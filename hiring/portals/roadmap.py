"""The way through a job's process as candidates read it, on its page and in their mails: computed, never typed.

What it says is put into words when it is read, in the reader's language and zone.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from hiring.pipeline import promises, stages
from hiring.pipeline.models import OVERSEEING, Job, JobStage, Role
from interviews import briefing
from scheduling.models import LiveRound

APPLYING_MINUTES = 3
AT_ONCE = ("interview",)  # the kinds of stage that ask somebody in by themselves


def _live_minutes(stage: JobStage) -> int:
    return (LiveRound.objects.filter(stage=stage).first() or LiveRound()).minutes


MINUTES: dict[str, Callable[[JobStage], int]] = {"interview": briefing.minutes, "live": _live_minutes}


@dataclass(frozen=True)
class Leg:
    """One stage on the way. ``minutes`` are the candidate's own; 0 where nothing is asked of them, or not said yet."""

    stage: JobStage
    minutes: int

    @property
    def is_ours(self) -> bool:
        """Whether there is nothing for the candidate to do."""
        return self.stage.kind not in MINUTES

    @property
    def promise(self) -> str:
        return stages.promise(self.stage)


@dataclass(frozen=True)
class Roadmap:
    """Everything between applying and the decision. ``decision_due`` is by when whoever applies now hears from us."""

    legs: list[Leg]
    applying: int
    decision_days: int
    decision_due: datetime
    roles: list[Role]

    @property
    def minutes(self) -> int:
        """The candidate's own time, if they go all the way; 0 while it is not said how long a stage takes."""
        if any(not leg.minutes and not leg.is_ours for leg in self.legs):
            return 0
        return self.applying + sum(leg.minutes for leg in self.legs)

    @property
    def begins_with_them(self) -> bool:
        """Whether the first step is the candidate's own, and reaches them right after they applied."""
        return bool(self.legs) and self.legs[0].stage.kind in AT_ONCE and self.legs[0].minutes > 0

    @property
    def readers(self) -> str:
        """Who reads and watches, without a name: the page is public."""
        people = {
            Role.RECRUITER: _("the recruiter"),
            Role.HIRING_MANAGER: _("the hiring manager"),
        }
        named = [people[role] for role in OVERSEEING if role in self.roles]
        return get_text_list(named, _("and")) if named else _("the people who hire for this job")


def of(job: Job, *, since: datetime | None = None) -> Roadmap:
    """The way through ``job`` for somebody who applied at ``since``, or applies now."""
    return Roadmap(
        legs=[Leg(stage, MINUTES[stage.kind](stage) if stage.kind in MINUTES else 0) for stage in job.stages.all()],
        applying=APPLYING_MINUTES,
        decision_days=job.decision_days,
        decision_due=promises.decision_due(job, since or timezone.now()),
        roles=[Role(role) for role in job.members.values_list("role", flat=True).distinct()],
    )
