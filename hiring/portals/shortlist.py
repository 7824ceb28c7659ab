"""The shortlist: those of a one-way stage whose answers are in, ranked by the rubric as far as its reader may know.

Whose scores the reader may not see stand apart, by name, so that no order tells anything of them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from hiring.accounts.models import User
from hiring.pipeline.models import Application, Decision, Job, JobStage, Obligation, Stay
from hiring.rubrics import composite, visibility
from hiring.rubrics.composite import Composite, Line
from hiring.rubrics.models import QuestionCompetency, Score, Scorecard
from hiring.rubrics.visibility import Sight
from interviews import reviewing
from interviews.models import Interview
from interviews.team import WIDE

TENTH = 10  # scores are told, and told apart, to a tenth


@dataclass(frozen=True)
class Range:
    """A score and the lowest and highest reviewer's, on a drawn scale from 1 to 5 as wide as ``WIDTH`` units."""

    mean: float | None
    low: float | None
    high: float | None
    voices: int

    WIDTH = 140

    @property
    def x(self) -> float:
        return self._place(self.mean)

    @property
    def start(self) -> float:
        return self._place(self.low)

    @property
    def end(self) -> float:
        return self._place(self.high)

    @property
    def length(self) -> float:
        return self.end - self.start

    def _place(self, value: float | None) -> float:
        return 0.0 if value is None else round((value - 1) / 4 * self.WIDTH, 1)


@dataclass(frozen=True)
class Row:
    """Somebody whose scores the reader may see. ``rank`` is shared by all whose score reads the same."""

    interview: Interview
    result: Composite
    lines: Mapping[str, Line | None]
    rank: int | None
    level_with: int
    needed: int
    recommendations: Mapping[str, int]
    decision: Decision | None
    held: Stay | None

    @property
    def application(self) -> Application:
        return self.interview.application

    @property
    def is_ready(self) -> bool:
        return self.result.cards >= self.needed

    @property
    def holds(self) -> int:
        return self.recommendations.get(Scorecard.Recommendation.HOLD, 0)

    @property
    def noes(self) -> int:
        return self.recommendations.get(Scorecard.Recommendation.NO, 0)

    @property
    def drawn(self) -> Range:
        result = self.result
        return Range(_float(result.overall), _float(result.low), _float(result.high), result.cards)

    @property
    def cells(self) -> list[tuple[str, float | None]]:
        return [(name, _float(line.mean) if line else None) for name, line in self.lines.items()]

    @property
    def apart_on(self) -> list[str]:
        """The competencies on which reviewers are so far apart that the mean says little."""
        return [name for name, line in self.lines.items() if line is not None and line.spread >= WIDE]


@dataclass(frozen=True)
class Unseen:
    """Somebody whose scores the reader has not asked to see. ``cards`` says how many there are, not what they say."""

    interview: Interview
    cards: int
    needed: int


@dataclass(frozen=True)
class Shortlist:
    stage: JobStage
    stages: Sequence[JobStage]
    following: JobStage | None
    competencies: Sequence[str]
    rows: Sequence[Row]
    unseen: Sequence[Unseen]
    own_first: Sequence[Interview]
    still_out: int
    promised: datetime | None
    needed: int

    @property
    def can_be_shown(self) -> list[Unseen]:
        return [one for one in self.unseen if one.cards]

    @property
    def cards_each(self) -> float | None:
        """Cards in for each candidate whose scores are shown, on average."""
        return sum(row.result.cards for row in self.rows) / len(self.rows) if self.rows else None


def stages_of(job: Job) -> list[JobStage]:
    """The one-way stages of ``job``, in order: a shortlist each."""
    return list(job.stages.filter(kind="interview").order_by("position"))


def of(stage: JobStage, user: User, *, stages: Sequence[JobStage]) -> Shortlist:
    """The shortlist of ``stage`` as ``user``, who oversees its job, may see it: as many queries for one as for many."""
    standing = Interview.objects.filter(
        stage=stage, application__stage=stage, application__outcome__isnull=True
    ).exclude(status=Interview.Status.WITHDRAWN)
    interviews = list(
        standing.filter(status=Interview.Status.SUBMITTED)
        .select_related("application__candidate", "assessment")
        .order_by("application__candidate__name", "pk")
    )
    found = visibility.sights(user, [one.assessment_id for one in interviews], oversees=True)
    visible = [one for one in interviews if found[one.assessment_id].is_open]
    hidden = [one for one in interviews if found[one.assessment_id] is Sight.ON_REQUEST]
    needed = reviewing.cards_needed(stage.job)
    competencies, results = _results(visible)
    owed = Obligation.objects.owed().filter(application__in=[one.application_id for one in interviews])
    counted = _cards([one.assessment_id for one in hidden])
    return Shortlist(
        stage=stage,
        stages=stages,
        following=JobStage.objects.filter(job=stage.job_id, position__gt=stage.position).order_by("position").first(),
        competencies=competencies,
        rows=_ranked(visible, results, competencies, needed=needed),
        unseen=[Unseen(one, counted[one.assessment_id], needed) for one in hidden],
        own_first=[one for one in interviews if found[one.assessment_id] is Sight.OWN_FIRST],
        still_out=standing.exclude(status=Interview.Status.SUBMITTED).count(),
        promised=owed.order_by("due_at").values_list("due_at", flat=True).first(),
        needed=needed,
    )


def tenths(score: Fraction) -> int:
    """``score`` to a tenth, halves up, as whole tenths: what reads the same is the same."""
    return int(score * TENTH + Fraction(1, 2))


def _ranked(
    interviews: Sequence[Interview],
    results: Mapping[UUID, tuple[Composite, Mapping[str, int]]],
    competencies: Sequence[str],
    *,
    needed: int,
) -> list[Row]:
    """Best first; whoever has no score yet comes last, by name, without a rank."""
    pending = Decision.objects.pending().filter(application__in=[one.application_id for one in interviews])
    decided = {one.application_id: one for one in pending.select_related("decided_by")}
    held = Stay.objects.filter(left_at__isnull=True, held_at__isnull=False)
    aside = {one.application_id: one for one in held.filter(application__in=[one.application_id for one in interviews])}
    scored = {one.pk: results[one.assessment_id][0].overall for one in interviews}
    places = Counter(tenths(score) for score in scored.values() if score is not None)
    rows = []
    for one in interviews:
        result, recommendations = results[one.assessment_id]
        place = None if result.overall is None else tenths(result.overall)
        by_name = {line.competency: line for line in result.lines}
        rows.append(
            Row(
                interview=one,
                result=result,
                lines={name: by_name.get(name) for name in competencies},
                rank=None if place is None else 1 + sum(number for other, number in places.items() if other > place),
                level_with=0 if place is None else places[place] - 1,
                needed=needed,
                recommendations=recommendations,
                decision=decided.get(one.application_id),
                held=aside.get(one.application_id),
            )
        )
    return sorted(rows, key=lambda row: (row.rank is None, row.rank or 0))  # stable: equal ranks stay in order of name


def _results(interviews: Sequence[Interview]) -> tuple[list[str], dict[UUID, tuple[Composite, Mapping[str, int]]]]:
    """The competencies asked, in order, and per assessment what its cards come to and recommend. Three queries."""
    versions = {one.assessment.version_id for one in interviews}
    pairs = list(
        QuestionCompetency.objects.filter(question__version__in=versions)
        .order_by("question__position", "position")
        .values_list("pk", "question__version", "competency__name")
    )
    asked: dict[UUID, list[str]] = defaultdict(list)
    for _pair, version, name in pairs:
        if name not in asked[version]:
            asked[version].append(name)
    cards = list(
        Scorecard.objects.submitted()
        .filter(assessment__in=[one.assessment_id for one in interviews])
        .values_list("pk", "assessment", "recommendation")
    )
    given = _given(cards, {pair: name for pair, _version, name in pairs})
    of_assessment: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    for card, assessment, said in cards:
        of_assessment[assessment].append((card, said))
    found: dict[UUID, tuple[Composite, Mapping[str, int]]] = {}
    for one in interviews:
        mine, names = of_assessment[one.assessment_id], asked[one.assessment.version_id]
        marks = [{name: given[card].get(name, []) for name in names} for card, _said in mine]
        found[one.assessment_id] = (composite.combine(marks), Counter(said for _card, said in mine))
    return list(dict.fromkeys(name for names in asked.values() for name in names)), found


def _given(
    cards: Iterable[tuple[UUID, UUID, str]], competency: Mapping[UUID, str]
) -> dict[UUID, dict[str, list[int | None]]]:
    """Per card, the scores of each competency."""
    given: dict[UUID, dict[str, list[int | None]]] = defaultdict(lambda: defaultdict(list))
    scores = Score.objects.filter(scorecard__in=[card for card, _assessment, _said in cards])
    for card, pair, value in scores.values_list("scorecard", "pair", "value"):
        given[card][competency[pair]].append(value)
    return given


def _cards(assessments: Sequence[UUID]) -> Counter[UUID]:
    """How many cards are in."""
    cards = Scorecard.objects.submitted().filter(assessment__in=assessments)
    return Counter(cards.values_list("assessment", flat=True))


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def interviews_in(job: Job, said: Iterable[str]) -> list[UUID]:
    """Those of the ids in ``said`` that are interviews of ``job``."""
    ids = [pk for one in said if (pk := _uuid(one)) is not None]
    return list(Interview.objects.filter(pk__in=ids, application__job=job).values_list("pk", flat=True))


def _uuid(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None
