"""A job's stages side by side, each with whoever has stood in it longest: as many queries and cards for ten thousand
candidates as for a hundred."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django.utils import timezone

from hiring.pipeline.models import Application, Job, JobStage, Stay
from hiring.portals import standings
from hiring.portals.lines import Line
from hiring.portals.standings import Standing
from interviews import reviewing

SHOWN = 20  # in a column; the list has the rest


@dataclass(frozen=True)
class Column:
    stage: JobStage
    count: int
    lines: list[Line]

    @property
    def more(self) -> int:
        return self.count - len(self.lines)

    @property
    def oldest(self) -> int | None:
        """The days that whoever has been here longest has been here."""
        return self.lines[0].days if self.lines else None


@dataclass(frozen=True)
class Board:
    columns: list[Column]
    ended: list[tuple[Standing, int]]

    @property
    def total(self) -> int:
        return sum(column.count for column in self.columns) + sum(number for _standing, number in self.ended)


def board(job: Job) -> Board:
    """The board of ``job``, for somebody who oversees it."""
    stages, (standing, ended) = list(job.stages.order_by("position")), count(job)
    lines = _longest(job, stages)
    return Board(
        columns=[Column(stage, standing[stage.pk], lines[stage.pk]) for stage in stages],
        ended=[(each, ended[each.key]) for each in standings.ENDED if ended[each.key]],
    )


def count(job: Job) -> tuple[Counter[UUID], Counter[str]]:
    """How many of ``job`` stand in each stage, and how many ended in each way."""
    groups = Application.objects.filter(job=job).order_by().values_list("stage", "outcome").annotate(Count("pk"))
    standing: Counter[UUID] = Counter()
    ended: Counter[str] = Counter()
    for stage, outcome, number in groups:
        if outcome is None:
            standing[stage] += number
        else:
            ended[outcome] += number
    return standing, ended


def _longest(job: Job, stages: list[JobStage]) -> dict[UUID, list[Line]]:
    """The cards of each stage, the longest there first: two queries, the first a walk along the index ``stay_standing``
    that stops after the cards of each."""
    standing = Stay.objects.filter(left_at__isnull=True)
    tops = [standing.filter(stage=stage).order_by("entered_at").values_list("application")[:SHOWN] for stage in stages]
    ids = [pk for (pk,) in tops[0].union(*tops[1:], all=True)] if tops else []
    rows = standings.described(ids, cards_needed=reviewing.cards_needed(job))
    now, lines = timezone.now(), defaultdict[UUID, list[Line]](list)
    for row in sorted(rows, key=lambda row: row.entered_at):
        lines[row.stage_id].append(Line(row, now))
    return lines
