"""How a job's candidates come through its process: how many reach each step, and how long they stand in each stage.

Every number is counted from the history itself, and says under it what it counts. Nothing here compares people.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Aggregate, Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hiring.pipeline.models import Application, Event, Job, JobStage, Stay
from scheduling.models import Booking

FEW = 10  # below that a share says nothing about the next candidate
MEDIAN, NINE_OF_TEN = 0.5, 0.9
A_DAY = timedelta(days=1)


class Percentile(Aggregate):
    """The value below which ``share`` of them lie, by PostgreSQL's ``percentile_cont``."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    allow_distinct = False

    def __init__(self, expression: Any, *, share: float, **extra: Any) -> None:
        super().__init__(expression, share=share, output_field=DurationField(), **extra)


@dataclass(frozen=True)
class Step:
    """How many came as far as this. ``meaning`` is what was counted."""

    name: str | Promise
    meaning: str | Promise
    count: int
    of_all: int
    before: int | None

    @property
    def width(self) -> str:
        """The length of its bar, of 100; for an attribute, so never in the reader's own notation."""
        return f"{min(100 * self.count / self.of_all, 100):.1f}" if self.of_all else "0"

    @property
    def share(self) -> str:
        """How many of those one step before came on, as people say it."""
        if self.before is None or not (self.before or self.count):
            return ""
        if self.count > self.before:
            return _("some came here another way")
        if self.before < FEW:
            return _("%(count)s of %(before)s: too few for a share") % {"count": self.count, "before": self.before}
        percent = round(100 * self.count / self.before)
        return _("%(percent)s%% of the step before") % {"percent": percent}


@dataclass(frozen=True)
class Pace:
    """How long those who left ``stage`` had stood in it, and how many stand there now."""

    stage: JobStage
    left: int
    median: timedelta | None
    nine_of_ten: timedelta | None
    standing: int
    median_so_far: timedelta | None
    longest: timedelta

    @property
    def is_few(self) -> bool:
        return self.left < FEW

    @property
    def median_at(self) -> str:
        return self._place(self.median)

    @property
    def nine_of_ten_at(self) -> str:
        return self._place(self.nine_of_ten)

    def _place(self, length: timedelta | None) -> str:
        """Where ``length`` lies on a line of 100 that is as long as the longest of the job."""
        return f"{100 * length / self.longest:.1f}" if length and self.longest else "0"


def steps(job: Job) -> list[Step]:
    """The steps this job's process has, from applying to being hired."""
    applied = Application.objects.filter(job=job).order_by()
    kinds = set(job.stages.values_list("kind", flat=True))
    known = [
        *_screening(applied, kinds),
        *_interview(applied, kinds),
        *_live(applied, kinds),
        (
            gettext_lazy("Hired"),
            gettext_lazy("Were told that we would like to work with them."),
            applied.filter(outcome=Application.Outcome.HIRED),
        ),
    ]
    total = applied.count()
    found = [
        Step(gettext_lazy("Applied"), gettext_lazy("Everybody in this job, also added by hand."), total, total, None)
    ]
    for name, meaning, rows in known:
        found.append(Step(name, meaning, rows.count(), total, found[-1].count))
    return found


def _screening(applied: QuerySet[Application], kinds: Iterable[str]) -> list[tuple[Any, Any, QuerySet[Application]]]:
    if "screening" not in kinds:
        return []
    left = Stay.objects.filter(application=OuterRef("pk"), stage__kind="screening", left_at__isnull=False)
    gone = Q(outcome=Application.Outcome.WITHDRAWN, stage__kind="screening")
    return [
        (
            gettext_lazy("Read"),
            gettext_lazy(
                "Moved on from the résumé review, or were told there how it ends. Whoever withdrew first is not in it."
            ),
            applied.filter(Exists(left)).exclude(gone),
        )
    ]


def _interview(applied: QuerySet[Application], kinds: Iterable[str]) -> list[tuple[Any, Any, QuerySet[Application]]]:
    if "interview" not in kinds:
        return []
    invited = _with(applied, "interview_invited")
    moved = Event.objects.filter(
        application=OuterRef("pk"),
        verb__in=["application_advanced", "stage_skipped"],
        details__from__in=[
            str(pk)
            for pk in JobStage.objects.filter(job__in=applied.values("job"), kind="interview").values_list(
                "pk", flat=True
            )
        ],
    )
    return [
        (gettext_lazy("Invited"), gettext_lazy("Were sent the link to their one-way interview."), invited),
        (
            gettext_lazy("Opened it"),
            gettext_lazy("Came in through the link at least once."),
            _with(invited, "link_entered"),
        ),
        (
            gettext_lazy("Began"),
            gettext_lazy("Recorded something of a first answer."),
            _with(applied, "interview_started"),
        ),
        (gettext_lazy("Handed in"), gettext_lazy("Sent their answers."), _with(applied, "interview_submitted")),
        (
            gettext_lazy("Reviewed"),
            gettext_lazy("Have at least one scorecard that is in."),
            _with(applied, "scorecard_submitted"),
        ),
        (gettext_lazy("Promoted"), gettext_lazy("Moved on from the one-way interview."), applied.filter(Exists(moved))),
    ]


def _live(applied: QuerySet[Application], kinds: Iterable[str]) -> list[tuple[Any, Any, QuerySet[Application]]]:
    if "live" not in kinds:
        return []
    bookings = Booking.objects.filter(offer__application=OuterRef("pk"))
    agreed = bookings.exclude(state=Booking.State.HELD)
    met = bookings.filter(state=Booking.State.COMPLETED)
    return [
        (
            gettext_lazy("Booked"),
            gettext_lazy("Chose a time to meet, also if it was called off later."),
            applied.filter(Exists(agreed)),
        ),
        (gettext_lazy("Met"), gettext_lazy("Had a meeting that took place."), applied.filter(Exists(met))),
    ]


def _with(rows: QuerySet[Application], verb: str) -> QuerySet[Application]:
    """Those of ``rows`` in whose history ``verb`` stands."""
    return rows.filter(Exists(Event.objects.filter(application=OuterRef("pk"), verb=verb)))


def paces(job: Job, now: datetime) -> list[Pace]:
    """How long people stand in each stage of ``job``: two queries."""
    stays = Stay.objects.filter(stage__job=job).order_by()
    past = _lengths(stays.filter(left_at__isnull=False), F("left_at"))
    so_far = _lengths(stays.filter(left_at__isnull=True), now)
    longest = max((row["nine_of_ten"] for row in past.values()), default=timedelta())
    nothing = {"number": 0, "median": None, "nine_of_ten": None}
    found = []
    for stage in job.stages.order_by("position"):
        left, standing = past.get(stage.pk, nothing), so_far.get(stage.pk, nothing)
        found.append(
            Pace(
                stage,
                left["number"],
                left["median"],
                left["nine_of_ten"],
                standing["number"],
                standing["median"],
                longest,
            )
        )
    return found


def _lengths(stays: QuerySet[Stay], until: Any) -> dict[Any, dict[str, Any]]:
    length = ExpressionWrapper(until - F("entered_at"), output_field=DurationField())
    rows = stays.values("stage").annotate(
        number=Count("pk"),
        median=Percentile(length, share=MEDIAN),
        nine_of_ten=Percentile(length, share=NINE_OF_TEN),
    )
    return {row["stage"]: dict(row) for row in rows}


def length(span: timedelta | None) -> str:
    """``span`` as people say it: in hours up to two days, then in days."""
    if span is None:
        return "–"
    hours = round(span / timedelta(hours=1))
    if hours < 1:
        return _("under an hour")
    if span < 2 * A_DAY:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    days = round(span / A_DAY)
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
