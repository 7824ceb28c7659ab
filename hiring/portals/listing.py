"""The list of a job's candidates: the part asked for, with what is beside it and how many there are."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hiring.accounts.models import User
from hiring.lib import pages
from hiring.pipeline.models import Job, JobStage
from hiring.portals import standings
from hiring.portals.board import count
from hiring.portals.filters import Filter, FilterForm, address
from hiring.portals.lines import Line
from hiring.portals.models import SavedFilter
from hiring.portals.standings import ENDED, STANDINGS
from interviews import reviewing

Tab = tuple[Any, str, bool, int | None]


@dataclass(frozen=True)
class Listing:
    """``tabs`` are the stages and the endings, ``standings`` those within the stage that is looked at."""

    form: FilterForm
    asked: Filter
    rows: list[Line]
    tabs: list[Tab]
    standings: list[Tab]
    total: int
    newer_url: str
    older_url: str
    saved: list[SavedFilter]

    @property
    def has_uninvited(self) -> bool:
        return any(row.standing.key == "to_invite" for row in self.rows)

    @property
    def is_narrowed(self) -> bool:
        """Whether there is anything in the filter that a name could be given to."""
        return bool(self.asked)

    @property
    def saved_now(self) -> SavedFilter | None:
        """The saved filter that is being looked at."""
        return next((each for each in self.saved if each.query == self.asked.text), None)


def listing(job: Job, user: User, form: FilterForm) -> Listing:
    """What the list of ``job`` shows ``user``, who oversees it."""
    asked, needed = form.filter, reviewing.cards_needed(job)
    found = pages.page(candidates(job, user, asked), cursor=form.cursor_given, order=asked.order)
    tabs, total = _tabs(job, asked)
    return Listing(
        form=form,
        asked=asked,
        rows=_lines(found.rows, cards_needed=needed),
        tabs=tabs,
        standings=_standings(job, asked, cards_needed=needed) if asked.stage else [],
        total=total,
        newer_url=address(job, asked, cursor=found.newer) if found.newer else "",
        older_url=address(job, asked, cursor=found.older) if found.older else "",
        saved=list(SavedFilter.objects.filter(user=user, job=job)),
    )


def candidates(job: Job, user: User, asked: Filter) -> QuerySet[Any]:
    """The applications of ``job`` that are ``asked`` for and that ``user`` oversees."""
    found: QuerySet[Any] = asked.found(cards_needed=reviewing.cards_needed(job)).for_reviewer(user).filter(job=job)
    return found


def _lines(rows: list[Any], *, cards_needed: int) -> list[Line]:
    """The rows of one page, told in full: only they, so that a page costs the same in a small job and a large one."""
    told = {row.pk: row for row in standings.described([row.pk for row in rows], cards_needed=cards_needed)}
    now = timezone.now()
    return [Line(told[row.pk], now) for row in rows]


def _tabs(job: Job, asked: Filter) -> tuple[list[Tab], int]:
    """Everybody, each stage, and each way of ending that somebody ended in; and how many there are at all."""
    standing, ended = count(job)
    total = sum(standing.values()) + sum(ended.values())
    is_everybody = asked.stage is None and not asked.outcome
    tabs: list[Tab] = [(_("Everybody"), address(job), is_everybody and not asked.status, total)]
    for stage in job.stages.all():
        here = Filter(stage=stage, sort=asked.sort)
        tabs.append((stage.name, address(job, here), stage == asked.stage, standing[stage.pk]))
    tabs += [
        (each.words, address(job, Filter(outcome=each.key)), asked.outcome == each.key, ended[each.key])
        for each in ENDED
        if ended[each.key] or asked.outcome == each.key
    ]
    return tabs, total


def _standings(job: Job, asked: Filter, *, cards_needed: int) -> list[Tab]:
    """The standings of the stage asked for that somebody is in; the one being looked at always."""
    stage: JobStage | None = asked.stage
    if stage is None:
        return []
    counts = standings.count(stage, cards_needed=cards_needed)
    return [
        (
            each.words,
            address(job, Filter(stage=stage, status=key, sort=asked.sort)),
            key == asked.status,
            counts.get(key, 0),
        )
        for key, each in STANDINGS.items()
        if counts.get(key) or key == asked.status
    ]
