"""Who waits in a résumé review, and all that the page of one of them shows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet

from hiring.accounts.models import User
from hiring.pipeline.models import OVERSEEING, Application, Decision, Job, JobStage
from screening.models import Criterion, CriterionMark, Document, KnockoutAnswer

KIND = "screening"
MOST_WAITING = 1000
SHOWN_BEFORE, SHOWN_AFTER = 3, 40
UNDOABLE_SHOWN = 5


@dataclass(frozen=True)
class Line:
    """One application in the queue."""

    pk: UUID
    name: str
    since: datetime
    is_held: bool
    held_reason: str
    flags: int


@dataclass(frozen=True)
class Queue:
    """The queue of a stage, oldest first, with the application that is open and what lies beside it."""

    stage: JobStage
    waiting: list[Line]
    held: list[Line]
    current: Line | None

    @property
    def lines(self) -> list[Line]:
        return [*self.waiting, *self.held]

    @property
    def number(self) -> int:
        """The place of the open one among those waiting, from 1; 0 for one on hold."""
        return self.waiting.index(self.current) + 1 if self.current in self.waiting and self.current else 0

    @property
    def previous(self) -> UUID | None:
        return self._beside(-1)

    @property
    def next(self) -> UUID | None:
        return self._beside(1)

    @property
    def after(self) -> UUID | None:
        """Who opens once the open one is decided: the next who waits, the first again after the last, then those on
        hold."""
        following = self.waiting[self.number :] + self.waiting[: max(self.number - 1, 0)]
        return following[0].pk if following else self.next

    @property
    def shown(self) -> list[Line]:
        """Those waiting around the open one: a list of thousands helps nobody."""
        start = max(0, self.number - 1 - SHOWN_BEFORE)
        return self.waiting[start : start + SHOWN_BEFORE + SHOWN_AFTER]

    @property
    def not_shown(self) -> int:
        return len(self.waiting) - len(self.shown)

    def _beside(self, step: int) -> UUID | None:
        if self.current is None:
            return None
        place = self.lines.index(self.current) + step
        return self.lines[place].pk if 0 <= place < len(self.lines) else None


@dataclass(frozen=True)
class CriterionLine:
    """One criterion of the open application: the reviewer's own mark, the others' once that is made, where it shows."""

    criterion: Criterion
    own: str
    others: list[CriterionMark]
    hits: list[tuple[int, int]]

    @property
    def times(self) -> int:
        return sum(times for _page, times in self.hits)


def stages(user: User) -> QuerySet[JobStage]:
    """The résumé reviews of the jobs ``user`` oversees."""
    found = JobStage.objects.filter(kind=KIND).select_related("job")
    if user.is_admin:
        return found
    return found.filter(job__members__user=user, job__members__role__in=OVERSEEING)


def managed_stages(user: User) -> QuerySet[JobStage]:
    """Those whose criteria ``user`` may change."""
    return JobStage.objects.filter(kind=KIND, job__in=Job.objects.managed_by(user)).select_related("job")


def standing(stage: JobStage) -> QuerySet[Application]:
    """The open applications in ``stage`` about which nobody has decided."""
    decided = Decision.objects.pending().filter(application=OuterRef("pk"))
    return Application.objects.filter(~Exists(decided), stage=stage, outcome__isnull=True)


def queue(stage: JobStage, *, at: str = "") -> Queue:
    """Who waits in ``stage``, and which of them is open: the one called ``at``, else the first. Two queries."""
    rows = (
        standing(stage)
        .alias(stay=FilteredRelation("stays", condition=Q(stays__left_at__isnull=True)))
        .annotate(
            since=F("stay__entered_at"),
            held_at=F("stay__held_at"),
            held_reason=F("stay__held_reason"),
            flags=Count("knockout_answers", filter=Q(knockout_answers__is_flagged=True)),
        )
        .order_by("since", "pk")
        .values_list("pk", "candidate__name", "since", "created_at", "held_at", "held_reason", "flags")
    )
    lines = [
        Line(pk, name, since or created_at, held_at is not None, reason or "", flags)
        for pk, name, since, created_at, held_at, reason, flags in rows[:MOST_WAITING]
    ]
    waiting = [line for line in lines if not line.is_held]
    aside = [line for line in lines if line.is_held]
    named = next((line for line in lines if str(line.pk) == at), None)
    return Queue(stage, waiting, aside, named or next(iter(waiting), None))


def undoable(stage: JobStage, user: User) -> list[Decision]:
    """What ``user`` decided here a moment ago and the candidates have not been told yet."""
    mine = Decision.objects.pending().filter(application__stage=stage, decided_by=user)
    return list(mine.select_related("application__candidate").order_by("-decided_at")[:UNDOABLE_SHOWN])


def criteria(stage: JobStage) -> list[Criterion]:
    """What is looked for in ``stage``, what is a must first."""
    return list(Criterion.objects.filter(stage=stage, archived_at__isnull=True).order_by("need", "position"))


def marks(application: Application) -> list[CriterionMark]:
    return list(CriterionMark.objects.filter(application=application).select_related("by"))


def documents(application: Application) -> list[Document]:
    """The newest first."""
    return list(Document.objects.filter(application=application).order_by("-created_at"))


def answers(application: Application) -> list[KnockoutAnswer]:
    given = KnockoutAnswer.objects.filter(application=application).select_related("question")
    return list(given.order_by("question__position"))
