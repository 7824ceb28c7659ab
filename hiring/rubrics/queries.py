"""What the pages about question sets read, in a number of queries that does not grow with the rows."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hiring.rubrics import changes
from hiring.rubrics.estimates import Estimate, estimate
from hiring.rubrics.models import (
    ANCHORED,
    Competency,
    Question,
    QuestionCompetency,
    QuestionSet,
    QuestionSetVersion,
)

PAGE = 50


@dataclass(frozen=True)
class Pair:
    """A competency of a question with its anchors, strongest first, and the levels still to be described."""

    competency: Competency
    anchors: list[tuple[int, str]]
    missing: list[int]


@dataclass(frozen=True)
class Asked:
    """A question as the pages show it. ``mark`` is "new" or "changed" beside what is published, else empty."""

    question: Question
    number: int
    pairs: list[Pair]
    mark: str = ""

    @property
    def is_complete(self) -> bool:
        return bool(self.pairs) and not any(pair.missing for pair in self.pairs)


@dataclass(frozen=True)
class Rubric:
    """One version as the pages show it."""

    version: QuestionSetVersion
    questions: list[Asked]
    estimate: Estimate
    interviews: int

    @property
    def is_complete(self) -> bool:
        return bool(self.questions) and all(asked.is_complete for asked in self.questions)


@dataclass(frozen=True)
class Release:
    """A line of the changelog: a version, published or not, and what it changed."""

    version: QuestionSetVersion
    differences: list[str]
    interviews: int


@dataclass(frozen=True)
class SetPage:
    """A question set whole: the draft beside what is published, and how it came to be."""

    draft: Rubric | None
    published: Rubric | None
    history: list[Release]


@dataclass(frozen=True)
class SetRow:
    """A line of the list of sets; the figures are of the published version, or of the draft where there is none."""

    question_set: QuestionSet
    draft: QuestionSetVersion | None
    published: QuestionSetVersion | None
    questions: int
    competencies: list[str]
    estimate: Estimate


def scored() -> "Prefetch[str]":
    """The competencies and anchors of questions, for ``prefetch_related``."""
    return Prefetch(
        "competencies",
        queryset=QuestionCompetency.objects.select_related("competency").prefetch_related("anchors"),
    )


def loaded() -> QuerySet[QuestionSetVersion]:
    """Versions with everything the pages show of them."""
    asked = Question.objects.prefetch_related(scored())
    return (
        QuestionSetVersion.objects.select_related("question_set", "published_by")
        .annotate(interviews=Count("assessments"))
        .prefetch_related(Prefetch("questions", queryset=asked))
    )


def set_page(question_set: QuestionSet) -> SetPage:
    """Five queries, however many versions and questions there are."""
    versions = list(loaded().filter(question_set=question_set).order_by("-number"))
    older: list[QuestionSetVersion | None] = [*versions[1:], None]
    draft = next((version for version in versions if version.published_at is None), None)
    published = next((version for version in versions if version.published_at is not None), None)
    return SetPage(
        draft=rubric(draft, beside=published) if draft else None,
        published=rubric(published) if published else None,
        history=[
            Release(version, changes.differences(version, before), _interviews(version))
            for version, before in zip(versions, older, strict=True)
        ],
    )


def rubric(version: QuestionSetVersion, *, beside: QuestionSetVersion | None = None) -> Rubric:
    """``version``, which ``loaded`` gave, as the pages show it; its questions marked where ``beside`` differs."""
    asked = [
        Asked(match.new, number, pairs(match.new), _mark(match) if beside else "")
        for number, match in enumerate(changes.matches(version, beside), start=1)
    ]
    return Rubric(version, asked, estimate(each.question for each in asked), _interviews(version))


def pairs(question: Question) -> list[Pair]:
    """What ``question``, loaded with ``scored``, is scored on."""
    found = []
    for pair in question.competencies.all():
        described = [(anchor.level, anchor.text) for anchor in pair.anchors.all()]
        levels = {level for level, _text in described}
        found.append(Pair(pair.competency, described, [level for level in ANCHORED if level not in levels]))
    return found


def estimate_with(
    version: QuestionSetVersion, *, question: UUID | None, think_seconds: int | None, answer_seconds: int
) -> Estimate:
    """How long ``version`` takes when ``question`` (or one more) has these limits. One query."""
    others = list(version.questions.exclude(pk=question) if question else version.questions.all())
    return estimate([*others, Question(think_seconds=think_seconds, answer_seconds=answer_seconds)])


def sets(*, archived: bool) -> QuerySet[QuestionSet]:
    """The sets in use or the archived ones, by name, for ``set_rows``."""
    newest = (
        QuestionSetVersion.objects.filter(question_set=OuterRef("question_set"), published_at__isnull=False)
        .order_by("-number")
        .values("pk")[:1]
    )
    asked = Question.objects.prefetch_related(
        Prefetch("competencies", queryset=QuestionCompetency.objects.select_related("competency"))
    )
    shown = (
        QuestionSetVersion.objects.filter(Q(published_at=None) | Q(pk=Subquery(newest)))
        .select_related("published_by")
        .prefetch_related(Prefetch("questions", queryset=asked))
    )
    return QuestionSet.objects.filter(archived_at__isnull=not archived).prefetch_related(
        Prefetch("versions", queryset=shown)
    )


def set_row(question_set: QuestionSet) -> SetRow:
    """A line for ``question_set``, which ``sets`` gave."""
    versions = list(question_set.versions.all())
    draft = next((version for version in versions if version.published_at is None), None)
    published = next((version for version in versions if version.published_at is not None), None)
    shown = published or draft
    asked = list(shown.questions.all()) if shown else []
    names = {pair.competency.name: None for question in asked for pair in question.competencies.all()}
    return SetRow(question_set, draft, published, len(asked), list(names), estimate(asked))


def bank(
    *,
    archived: bool = False,
    text: str = "",
    competency: Competency | None = None,
    role_family: str = "",
    language: str = "",
) -> QuerySet[Question]:
    """Questions of the bank, newest first, each with how many sets use it (``sets``)."""
    found = Question.objects.filter(version=None, archived_at__isnull=not archived)
    if text:
        found = found.filter(text__icontains=text)
    if competency is not None:
        found = found.filter(competencies__competency=competency)
    if role_family:
        found = found.filter(role_family=role_family)
    if language:
        found = found.filter(language=language)
    uses = (
        Question.objects.filter(origin=OuterRef("pk"), version__isnull=False)
        .order_by()
        .values("origin")
        .annotate(sets=Count("version__question_set", distinct=True))
        .values("sets")
    )
    return found.annotate(sets=Coalesce(Subquery(uses), 0)).prefetch_related(scored()).order_by("-created_at", "pk")


def families() -> list[str]:
    """The role families of the bank."""
    told = Question.objects.filter(version=None).exclude(role_family="").order_by("role_family")
    return list(told.values_list("role_family", flat=True).distinct())


def bank_languages() -> list[str]:
    """The codes of the languages of the bank."""
    told = Question.objects.filter(version=None).order_by("language")
    return list(told.values_list("language", flat=True).distinct())


def competencies() -> QuerySet[Competency]:
    """All of them, each with how many questions are scored on it (``questions``) and whether one is published."""
    scored_on = QuestionCompetency.objects.filter(competency=OuterRef("pk")).order_by().values("competency")
    counted = scored_on.annotate(count=Count("pk")).values("count")
    released = (
        scored_on.filter(question__version__published_at__isnull=False).annotate(count=Count("pk")).values("count")
    )
    return Competency.objects.annotate(
        questions=Coalesce(Subquery(counted), 0), published=Coalesce(Subquery(released), 0)
    )


def _mark(match: changes.Match) -> str:
    return "new" if match.is_new else "changed" if match.is_changed else ""


def _interviews(version: QuestionSetVersion) -> int:
    count: int = getattr(version, "interviews", 0)
    return count
