"""One thing done to many: read for each of them first, done for exactly those, told apart where it was refused."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hiring.accounts.models import User
from hiring.lib import memo, tokens
from hiring.lib.errors import Refusal
from hiring.pipeline import decisions
from hiring.pipeline.models import Application, Batch, BatchLine, Decision, Job
from hiring.portals import plans
from hiring.portals.onward import owing
from hiring.portals.plans import Outlook, Plan
from hiring.rubrics.visibility import OWN_CARD_FIRST

MOST = 500
WRITES = (Batch.Action.INVITE, Batch.Action.REMIND)
LONGEST = 500  # of a refusal's sentence
NOT_REACHED = gettext_lazy("We were interrupted before this one. Choose them again.")


class TooMany(Refusal):
    code = "too_many"


class NobodyChosen(Refusal):
    code = "nobody_chosen"


class Chosen(NamedTuple):
    """Somebody ticked, and the stage they were seen in."""

    application: Application
    seen_in: UUID


@dataclass(frozen=True)
class Selection:
    """Those a reviewer ticked and may act on. ``missing`` counts what was ticked and is not there (any more)."""

    rows: Sequence[Chosen]
    missing: int = 0

    @property
    def tokens(self) -> str:
        """For a hidden field: who, and where they were seen."""
        return token_of(self.rows)


def token_of(rows: Iterable[Chosen]) -> str:
    return " ".join(f"{row.application.pk}@{row.seen_in}" for row in rows)


def acted_on(job: Job, user: User, action: Batch.Action) -> QuerySet[Application]:
    """The applications of ``job`` to whom ``user`` may do ``action``: writing is the recruiters', deciding also the
    hiring managers'."""
    mine = Application.objects
    found = mine.managed_by(user) if action in WRITES else mine.for_reviewer(user)
    return found.filter(job=job).select_related("candidate", "job", "stage").order_by("candidate__name", "pk")


def select(among: QuerySet[Application], ticked: Iterable[str]) -> Selection:
    """The rows of ``among`` that ``ticked`` names, as ``uuid`` or, once shown, ``uuid@stage``.

    Raises ``NobodyChosen`` and ``TooMany``.
    """
    places = dict(_read(entry) for entry in ticked)
    if len(places) > MOST:
        raise TooMany(
            _("You chose %(number)d people; do it for at most %(most)d at a time, so that you can read what they get.")
            % {"number": len(places), "most": MOST}
        )
    found = among.filter(pk__in=[pk for pk in places if pk is not None])
    rows = [Chosen(row, places[row.pk] or row.stage_id) for row in found]
    if not rows:
        raise NobodyChosen(_("Tick at least one candidate first."))
    return Selection(rows, missing=len(places) - len(rows))


def rehearse(plan: Plan, rows: Iterable[Chosen], *, by: User) -> list[Outlook]:
    """What ``plan`` would do for each of ``rows``. Whoever owes a card learns nothing of others' from it."""
    rows = list(rows)
    blind = owing(by, [row.application for row in rows])
    with memo.remembering():
        found = [plans.rehearse(plan, row.application, seen_in=row.seen_in, by=by) for row in rows]
    return [
        replace(each, refusal=str(OWN_CARD_FIRST)) if each.application.pk in blind and each.skippable else each
        for each in found
    ]


def stamp(plan: Plan, rows: Iterable[Chosen]) -> str:
    """Which words to whom, to notice that they are no longer those somebody read."""
    return tokens.fingerprint(f"{plan!r} {token_of(rows)}")


def carry_out(plan: Plan, rows: Iterable[Chosen], *, batch: UUID, job: Job, action: Batch.Action, by: User) -> Batch:
    """Do ``plan`` for each of ``rows`` by itself: what is refused for one is told apart, and stops nobody else's.

    The same ``batch`` again is the one already there: nothing is done twice.
    """
    try:
        with transaction.atomic():
            made = Batch.objects.create(pk=batch, job=job, action=action, by=by)
    except IntegrityError:
        return Batch.objects.for_reviewer(by).get(pk=batch, job=job)
    rows = list(rows)
    BatchLine.objects.bulk_create(
        # What an interruption leaves behind says so.
        BatchLine(batch=made, application=row.application, refusal=str(NOT_REACHED))
        for row in rows
    )
    with memo.remembering():
        for row in rows:
            _do(plans.as_one(plan, made.pk), row, made, by=by)
    return made


def _do(plan: Plan, row: Chosen, batch: Batch, *, by: User) -> None:
    line = BatchLine.objects.filter(batch=batch, application=row.application)
    try:
        with transaction.atomic():
            decision = plans.carry_out(plan, row.application, seen_in=row.seen_in, by=by)
            line.update(decision=decision, refusal="")
    except Refusal as refusal:
        line.update(refusal=str(refusal)[:LONGEST])


@dataclass(frozen=True)
class Undone:
    """How many decisions of a batch were taken back, and the sentence for each that could not be."""

    number: int
    refused: list[str]


def undo(batch: Batch, *, by: User) -> Undone:
    """Take back every decision of ``batch`` whose candidate was not told yet."""
    standing = Decision.objects.filter(batch_line__batch=batch, undone_at__isnull=True)
    number, refused = 0, []
    for decision in standing.select_related("application"):
        try:
            decisions.undo(decision, by=by)
            number += 1
        except decisions.ToldAlready as refusal:
            refused.append(str(refusal))
    return Undone(number, refused)


def said(batch: Batch, number: int) -> str:
    """What ``batch`` did to ``number`` people, in a sentence."""
    match batch.action:
        case Batch.Action.PROMOTE:
            return ngettext("%(n)d candidate moved on.", "%(n)d candidates moved on.", number) % {"n": number}
        case Batch.Action.REJECT:
            return ngettext(
                "Decided for %(n)d candidate: not moving forward.",
                "Decided for %(n)d candidates: not moving forward.",
                number,
            ) % {"n": number}
        case Batch.Action.INVITE:
            return ngettext("%(n)d candidate invited.", "%(n)d candidates invited.", number) % {"n": number}
        case _:
            return ngettext("%(n)d candidate reminded.", "%(n)d candidates reminded.", number) % {"n": number}


def _read(entry: str) -> tuple[UUID | None, UUID | None]:
    """Who, and where they were seen; ``None`` for what is no id."""
    who, _separator, where = entry.partition("@")
    try:
        return UUID(who), UUID(where) if where else None
    except ValueError:
        return None, None


@dataclass(frozen=True)
class Result:
    """What became of a batch, for its page."""

    batch: Batch
    sentence: str
    done: list[BatchLine]
    refused: list[BatchLine]

    @property
    def waiting(self) -> list[BatchLine]:
        """Those decided whose candidate is not told yet: they can be undone."""
        return [
            line
            for line in self.done
            if line.decision and not line.decision.undone_at and not line.decision.released_at
        ]


def result(batch: Batch) -> Result:
    """Two queries, however many lines."""
    lines = list(batch.lines.select_related("application__candidate", "application__stage", "decision"))
    done = [line for line in lines if not line.refusal]
    return Result(batch, said(batch, len(done)), done, [line for line in lines if line.refusal])
