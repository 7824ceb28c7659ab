"""Very many candidates of one job, their rows inserted in bulk: what boards, lists and figures have to cope with.

Nobody of the crowd recorded anything, so there is nothing to watch: of an interview they handed in, every answer was
skipped. Apart from that their rows are as the operations would have left them, which ``problems`` checks.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from itertools import zip_longest
from random import Random

from django.db import connection, transaction
from django.db.models import Exists, F, Model, OuterRef
from django.utils import timezone

from hiring.accounts.models import User
from hiring.mail.models import Message
from hiring.pipeline.models import (
    Application,
    Candidate,
    CandidateLink,
    Decision,
    Event,
    Job,
    Obligation,
    Stay,
)
from hiring.portals.demo.lots import FIRST_NAMES, LAST_NAMES, Lot, draw
from hiring.portals.demo.rounds import One, Rows, Setting
from hiring.rubrics.models import Assessment, ReviewAssignment, Score, Scorecard
from interviews.models import Answer, Interview
from scheduling.models import Offer

AT_ONCE = 1000  # people in the memory, and in one round of inserts
BATCH = 2000
IN_ORDER: tuple[type[Model], ...] = (
    Candidate,
    Application,
    Stay,
    CandidateLink,
    Assessment,
    Interview,
    Answer,
    ReviewAssignment,
    Scorecard,
    Score,
    Offer,
    Obligation,
    Decision,
    Message,
    Event,
)


@transaction.atomic
def fill(job: Job, count: int, *, by: User, seed: int = 1) -> None:
    """Put ``count`` more candidates into ``job``, wherever in its process one can stand, as ``by`` might have.

    The same ``seed`` draws the same people. Needs a reason to reject with (``starter.ensure``).
    """
    chance, now = Random(seed), timezone.now()  # noqa: S311 (fate, not a secret)
    setting = Setting.of(job, by)
    first = Candidate.objects.filter(email__startswith=f"{job.slug}-").count()
    for start in range(first, first + count, AT_ONCE):
        rows: Rows = defaultdict(list)
        for number in range(start, min(start + AT_ONCE, first + count)):
            _live(number, draw(chance, setting.stages, now), setting, rows)
        _insert(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # the planner knows nothing of rows that came all at once


def problems(job: Job) -> list[str]:
    """What of the applications of ``job`` no operation could have left behind; nothing, where all is well."""
    everybody = Application.objects.filter(job=job)
    staying = Stay.objects.filter(application=OuterRef("pk"), left_at__isnull=True)
    told = Decision.objects.filter(application=OuterRef("pk"), outcome=OuterRef("outcome"), released_at__isnull=False)
    broken = {
        "are open and stand nowhere": everybody.filter(~Exists(staying), outcome__isnull=True),
        "are closed and stand somewhere": everybody.filter(Exists(staying), outcome__isnull=False),
        "stand elsewhere than their stay": everybody.filter(Exists(staying.exclude(stage=OuterRef("stage")))),
        "have no history": everybody.filter(events__isnull=True),
        "ended without a decision": everybody.filter(~Exists(told), outcome__in=["hired", "rejected"]),
        "are in a stage of another job": everybody.exclude(stage__job=F("job")),
    }
    return [f"{number} applications {words}" for words, rows in broken.items() if (number := rows.count())]


def _live(number: int, lot: Lot, setting: Setting, rows: Rows) -> None:
    """The rows of the ``number``-th person, to whom ``lot`` fell."""
    one = _arrive(number, lot, setting, rows)
    for visit, entered in zip_longest(lot.visits, lot.visits[1:]):
        rows[Stay].append(setting.stay(one, visit))
        setting.play(one, visit, rows)
        if entered is not None:
            way = {"from": str(visit.stage.pk), "to": str(entered.stage.pk)}
            rows[Event].append(one.event("application_advanced", entered.since, setting.by, **way))
    _promise(one, lot, rows)
    if lot.outcome or lot.is_decided:
        _end(one, lot, setting, rows)


def _arrive(number: int, lot: Lot, setting: Setting, rows: Rows) -> One:
    name = f"{FIRST_NAMES[number % len(FIRST_NAMES)]} {LAST_NAMES[number // len(FIRST_NAMES) % len(LAST_NAMES)]}"
    came = lot.visits[0].since
    person = Candidate(name=name, email=f"{setting.job.slug}-{number:05d}@candidates.example", created_at=came)
    application = Application(
        candidate=person,
        job=setting.job,
        stage=lot.visits[-1].stage,
        outcome=lot.outcome or None,
        closed_at=lot.ended_at if lot.outcome else None,
        source=lot.source,
        created_at=came,
    )
    rows[Candidate].append(person)
    rows[Application].append(application)
    one = One(person, application)
    _note(one, "application_received", came, rows, person)
    return one


def _promise(one: One, lot: Lot, rows: Rows) -> None:
    """We owe whoever waits for us an answer; whoever heard of us has had one."""
    since = lot.visits[-1].since
    owed = Obligation(
        application=one.application,
        kind=Obligation.Kind.DECISION,
        due_at=since + timedelta(days=lot.promised_days),
        kept_at=lot.ended_at if lot.outcome else None,
        created_at=since,
    )
    rows[Obligation].append(owed)


def _end(one: One, lot: Lot, setting: Setting, rows: Rows) -> None:
    at, by = lot.ended_at, setting.by
    if lot.outcome == Application.Outcome.WITHDRAWN:
        _note(one, "application_withdrawn", at, rows, one.person)
        return
    is_told, is_hired = bool(lot.outcome), lot.decision == Decision.Outcome.HIRED
    decision = Decision(
        application=one.application,
        outcome=lot.decision,
        reason=None if is_hired else setting.reason,
        decided_by=by,
        decided_at=at - timedelta(minutes=10),
        release_at=at if is_told else at + timedelta(days=1),
        released_at=at if is_told else None,
    )
    rows[Decision].append(decision)
    _note(one, "decision_made", decision.decided_at, rows, by)
    if is_told:
        _note(one, f"application_{lot.outcome}", at, rows, by)


def _note(one: One, verb: str, at: datetime, rows: Rows, by: User | Candidate) -> None:
    rows[Event].append(one.event(verb, at, by))


def _insert(rows: Rows) -> None:
    for model in IN_ORDER:
        model._default_manager.bulk_create(rows[model], batch_size=BATCH)  # noqa: SLF001 (Django documents it)
    # A card handed in is frozen, so its scores came first.
    Scorecard.objects.filter(pk__in=[card.pk for card in rows[Scorecard]]).update(submitted_at=F("saved_at"))
