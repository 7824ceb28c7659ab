"""Questions, in the bank and in drafts: what is asked, how long people have, what answers are scored on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from hiring.lib.errors import Refusal
from hiring.rubrics import drafts
from hiring.rubrics.models import LEVELS, Anchor, Competency, Question, QuestionCompetency, QuestionSetVersion

MOST_QUESTIONS = 10
MANY_QUESTIONS = 5  # more worsen how candidates feel about it, and fewer of them finish
MOST_COMPETENCIES = 3
ASIDE = 1000  # a position no question has, to swap two under the unique constraint


class TooMany(Refusal):
    """More questions in a version, or competencies on a question, than people can do justice to."""

    code = "too_many"


@dataclass(frozen=True)
class Content:
    """What a question says and allows. Seconds; ``None`` think time or retakes means unlimited."""

    text: str
    competencies: Sequence[Competency] = ()
    probes: str = ""
    think_seconds: int | None = 60
    auto_start: bool = False
    answer_seconds: int = 120
    retakes: int | None = 2
    required: bool = True
    role_family: str = ""
    language: str = "en"

    def columns(self) -> dict[str, object]:
        return {
            "text": self.text,
            "probes": self.probes,
            "think_seconds": self.think_seconds,
            "auto_start": self.auto_start,
            "answer_seconds": self.answer_seconds,
            "retakes": self.retakes,
            "required": self.required,
            "role_family": self.role_family,
            "language": self.language,
        }


@transaction.atomic
def add(content: Content, *, to: QuestionSetVersion | None) -> Question:
    """A new question at the end of a draft, or in the bank when ``to`` is ``None``.

    Raises ``Published`` and ``TooMany``.
    """
    question = Question.objects.create(version=to, position=_next_position(to), **content.columns())
    _score_on(question, content.competencies)
    return question


@transaction.atomic
def edit(question: Question, content: Content, *, revision: int) -> Question:
    """Change words, limits and competencies. The anchors of a competency taken away go with it.

    ``revision`` is the one the editor started from. Raises ``Published``, ``EditedMeanwhile`` and ``TooMany``.
    """
    current = drafts.open_question(question, revision=revision)
    columns = content.columns()
    for name, value in columns.items():
        setattr(current, name, value)
    current.save(update_fields=list(columns))
    _score_on(current, content.competencies)
    return current


@transaction.atomic
def describe_levels(question: Question, texts: Mapping[tuple[UUID, int], str], *, revision: int) -> Question:
    """Set what answers sound like, by (competency, level); an empty text takes that anchor away.

    Pairs and levels the question does not have are refused. Raises ``Published`` and ``EditedMeanwhile`` too.
    """
    current = drafts.open_question(question, revision=revision)
    pairs = {pair.competency_id: pair for pair in current.competencies.all()}
    for (competency, level), text in texts.items():
        if competency not in pairs or level not in LEVELS:
            raise Refusal(_("This question is not scored on that any more. Nothing was saved."))
        if text:
            Anchor.objects.update_or_create(pair=pairs[competency], level=level, defaults={"text": text})
        else:
            Anchor.objects.filter(pair=pairs[competency], level=level).delete()
    return current


@transaction.atomic
def copy(question: Question, *, to: QuestionSetVersion | None) -> Question:
    """The same question once more, at the end of a draft or in the bank (``None``), with competencies and anchors.

    Raises ``Published`` and ``TooMany``.
    """
    made = Question.objects.create(
        version=to,
        position=_next_position(to),
        origin_id=question.pk if _stays(question) else question.origin_id,
        **content_of(question).columns(),
    )
    for pair in question.competencies.prefetch_related("anchors"):
        twin = QuestionCompetency.objects.create(
            question=made, competency_id=pair.competency_id, position=pair.position
        )
        Anchor.objects.bulk_create(
            Anchor(pair=twin, level=anchor.level, text=anchor.text) for anchor in pair.anchors.all()
        )
    return made


@transaction.atomic
def save_to_bank(question: Question) -> Question:
    """A copy in the bank, for other sets to use. Refused when a question with the same words is there already."""
    if Question.objects.filter(version=None, text__iexact=question.text).exists():
        raise Refusal(_("A question with exactly these words is in the bank already."))
    return copy(question, to=None)


@transaction.atomic
def move(question: Question, *, steps: int) -> Question:
    """One place up (``steps`` -1) or down (1) in its draft; at the end of the list nothing happens.

    Raises ``Published``.
    """
    current = drafts.open_question(question)
    asked = list(Question.objects.filter(version=current.version).order_by("position"))
    here = next(index for index, other in enumerate(asked) if other.pk == current.pk)
    there = here + steps
    if 0 <= there < len(asked):
        mine, theirs = current.position, asked[there].position
        Question.objects.filter(pk=current.pk).update(position=ASIDE)
        Question.objects.filter(pk=asked[there].pk).update(position=mine)
        Question.objects.filter(pk=current.pk).update(position=theirs)
        current.position = theirs
    return current


@transaction.atomic
def remove(question: Question) -> None:
    """Take a question out of its draft; those in the bank are archived instead. Raises ``Published``."""
    if question.version is None:
        raise Refusal(_("Questions in the bank are archived, not removed."))
    drafts.open_question(question).delete()


@transaction.atomic
def archive(question: Question) -> Question:
    """Keep a question of the bank out of the way; sets that use it are unchanged."""
    return _shelve(question, archived=True)


@transaction.atomic
def unarchive(question: Question) -> Question:
    return _shelve(question, archived=False)


def content_of(question: Question) -> Content:
    """What ``question`` says and allows now, as ``edit`` takes it."""
    return Content(
        text=question.text,
        probes=question.probes,
        competencies=[pair.competency for pair in question.competencies.all()],
        think_seconds=question.think_seconds,
        auto_start=question.auto_start,
        answer_seconds=question.answer_seconds,
        retakes=question.retakes,
        required=question.required,
        role_family=question.role_family,
        language=question.language,
    )


def _shelve(question: Question, *, archived: bool) -> Question:
    current = drafts.open_question(question)
    if current.version_id is not None:
        raise Refusal(_("Only questions of the bank are archived."))
    current.archived_at = timezone.now() if archived else None
    current.save(update_fields=["archived_at"])
    return current


def _stays(question: Question) -> bool:
    """Whether the row is there for good, so that pointing at it never has to be undone in a frozen version."""
    return question.version is None or question.version.published_at is not None


def _next_position(version: QuestionSetVersion | None) -> int:
    if version is None:
        return 0
    drafts.touch(drafts.lock(version))
    asked = version.questions.all()
    if asked.count() >= MOST_QUESTIONS:
        raise TooMany(
            _("A question set holds at most %(most)s questions; three to five is what candidates finish.")
            % {"most": MOST_QUESTIONS}
        )
    last: int | None = asked.aggregate(last=Max("position"))["last"]
    return 1 if last is None else last + 1


def _score_on(question: Question, competencies: Sequence[Competency]) -> None:
    """Make ``competencies`` the ones the question is scored on, keeping the anchors of those that stay."""
    if len(competencies) > MOST_COMPETENCIES:
        raise TooMany(_("Score a question on three competencies at most: nobody can listen for more in one answer."))
    question.competencies.exclude(competency__in=competencies).delete()
    for position, competency in enumerate(competencies):
        QuestionCompetency.objects.update_or_create(
            question=question, competency=competency, defaults={"position": position}
        )
