"""Question sets: drafted, published as versions that never change, cloned, archived."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.rubrics import drafts, questions
from hiring.rubrics.models import ANCHORED, Competency, Question, QuestionCompetency, QuestionSet, QuestionSetVersion

LEVEL_NAMES = {
    1: gettext_lazy("a weak answer (1)"),
    3: gettext_lazy("an average answer (3)"),
    5: gettext_lazy("a strong answer (5)"),
}


@dataclass(frozen=True)
class Gap:
    """Something a version lacks before it can be published: an anchor, or what a question is scored on."""

    question: Question
    number: int  # of the question, from 1
    competency: Competency | None = None
    level: int | None = None

    def __str__(self) -> str:
        if self.competency is None or self.level is None:
            return _("Question %(number)s is not scored on any competency yet.") % {"number": self.number}
        return _("Question %(number)s, %(competency)s: say what %(level)s sounds like.") % {
            "number": self.number,
            "competency": self.competency,
            "level": LEVEL_NAMES[self.level],
        }


class Incomplete(Refusal):
    """Publishing was refused; ``gaps`` says what is missing, the text names each."""

    code = "version_incomplete"

    def __init__(self, gaps: list[Gap]) -> None:
        self.gaps = gaps
        sentences = [str(gap) for gap in gaps] or [_("Add at least one question.")]
        super().__init__(_("Not published yet. %(missing)s") % {"missing": " ".join(sentences)}, missing=sentences)


@transaction.atomic
def create(name: str) -> QuestionSet:
    """A new question set with an empty first draft."""
    question_set = QuestionSet.objects.create(name=name)
    QuestionSetVersion.objects.create(question_set=question_set, number=1)
    return question_set


@transaction.atomic
def describe(question_set: QuestionSet, *, name: str, intro: str, seen: str) -> QuestionSet:
    """Name the set, and set the word before candidates begin in its draft, where there is one.

    ``seen`` is the word the editor started from. Raises ``EditedMeanwhile`` when somebody else has changed it.
    """
    QuestionSet.objects.filter(pk=question_set.pk).update(name=name)
    draft = drafts.of(question_set)
    if draft is not None and intro != seen:
        current = drafts.lock(draft)
        if current.intro not in (seen, intro):
            raise drafts.EditedMeanwhile(_("Somebody else changed this while you were writing."))
        current.intro = intro
        current.revision += 1
        current.save(update_fields=["intro", "revision"])
    question_set.refresh_from_db()
    return question_set


@transaction.atomic
def publish(version: QuestionSetVersion, *, by: User, revision: int) -> QuestionSetVersion:
    """Freeze a draft as what candidates invited from now on are asked.

    ``revision`` is the one ``by`` looked at: nobody publishes words they have not seen. Raises ``Published``,
    ``EditedMeanwhile``, and ``Incomplete`` while a question has no competency or a pair lacks an anchor at 1, 3 or 5.
    """
    current = drafts.lock(version)
    gaps = gaps_in(current)
    if gaps or not current.questions.exists():
        raise Incomplete(gaps)
    published = QuestionSetVersion.objects.filter(pk=current.pk, published_at=None, revision=revision).update(
        published_at=timezone.now(), published_by=by
    )
    if not published:
        raise drafts.EditedMeanwhile(
            _("Somebody changed this draft after you opened the page. Look through it once more, then publish.")
        )
    current.refresh_from_db()
    return current


def gaps_in(version: QuestionSetVersion) -> list[Gap]:
    """What is missing before ``version`` can be published, in the order of the page. Three queries."""
    scored = QuestionCompetency.objects.select_related("competency").prefetch_related("anchors")
    asked = version.questions.prefetch_related(Prefetch("competencies", queryset=scored))
    found: list[Gap] = []
    for number, question in enumerate(asked, start=1):
        pairs = question.competencies.all()
        if not pairs:
            found.append(Gap(question, number))
        for pair in pairs:
            described = {anchor.level for anchor in pair.anchors.all()}
            found += [Gap(question, number, pair.competency, level) for level in ANCHORED if level not in described]
    return found


@transaction.atomic
def draft(question_set: QuestionSet) -> QuestionSetVersion:
    """The set's draft: the one being edited, or a new one that starts as a copy of the newest published version."""
    QuestionSet.objects.select_for_update().get(pk=question_set.pk)  # two people starting a draft at once get one
    newest = question_set.versions.order_by("-number").first()
    if newest is not None and newest.published_at is None:
        return newest
    return _copy(newest, to=question_set, number=newest.number + 1 if newest else 1)


@transaction.atomic
def discard(version: QuestionSetVersion) -> None:
    """Throw a draft away and keep what is published. Raises ``Published``; refused when nothing else would be left."""
    current = drafts.lock(version)
    if not current.question_set.versions.exclude(pk=current.pk).exists():
        raise Refusal(_("Nothing of this set is published yet. Archive the set instead of its only draft."))
    current.questions.all().delete()
    current.delete()


@transaction.atomic
def clone(version: QuestionSetVersion, *, name: str) -> QuestionSet:
    """A new set whose first draft is a copy of ``version``."""
    question_set = QuestionSet.objects.create(name=name)
    _copy(version, to=question_set, number=1)
    return question_set


@transaction.atomic
def archive(question_set: QuestionSet) -> QuestionSet:
    """Keep a set out of the lists. Interviews already sent go on with the version they were sent with."""
    QuestionSet.objects.filter(pk=question_set.pk, archived_at=None).update(archived_at=timezone.now())
    question_set.refresh_from_db()
    return question_set


@transaction.atomic
def unarchive(question_set: QuestionSet) -> QuestionSet:
    """Put an archived set back on the list."""
    QuestionSet.objects.filter(pk=question_set.pk).update(archived_at=None)
    question_set.refresh_from_db()
    return question_set


def _copy(version: QuestionSetVersion | None, *, to: QuestionSet, number: int) -> QuestionSetVersion:
    made = QuestionSetVersion.objects.create(question_set=to, number=number, intro=version.intro if version else "")
    if version is not None:
        for question in version.questions.select_related("version"):
            questions.copy(question, to=made)
    return made
