"""The one gate to whatever may still change: a question in the bank, or anything in a draft.

Every edit of a draft locks the version's row first. So edits queue up behind each other, none slips in while the
version is being published, and ``revision`` counts them all.
"""

from django.db.models import F
from django.utils.translation import gettext as _

from hiring.lib.errors import Refusal
from hiring.rubrics.models import Question, QuestionSet, QuestionSetVersion


class Published(Refusal):
    """Asked to change what candidates are already being asked."""

    code = "version_published"


class EditedMeanwhile(Refusal):
    """Somebody else saved since the page was opened. Nothing was changed; show both values."""

    code = "edited_meanwhile"


def lock(version: QuestionSetVersion) -> QuestionSetVersion:
    """The draft's row, locked until the transaction ends. Raises ``Published`` when it is no draft any more."""
    current = QuestionSetVersion.objects.select_for_update().filter(pk=version.pk).first()
    if current is None:
        raise Refusal(_("This draft has been thrown away meanwhile."))
    if current.published_at is not None:
        raise Published(
            _("Version %(number)s is published and stays as it is. Start a new draft to change something.")
            % {"number": current.number}
        )
    return current


def of(question_set: QuestionSet) -> QuestionSetVersion | None:
    """The draft of ``question_set``, if it has one."""
    return question_set.versions.filter(published_at=None).select_related("question_set").first()


def touch(version: QuestionSetVersion) -> None:
    """Count an edit of a draft that ``lock`` has locked."""
    QuestionSetVersion.objects.filter(pk=version.pk).update(revision=F("revision") + 1)


def open_question(question: Question, *, revision: int | None = None) -> Question:
    """The question's row, locked and fresh; in a draft, the draft's row too, whose edits this counts as one.

    With the ``revision`` the editor started from it is an edit of the question itself: raises ``EditedMeanwhile`` when
    that is not the current one, and counts it. Raises ``Published``.
    """
    if question.version is not None:
        touch(lock(question.version))
    current = Question.objects.select_for_update().filter(pk=question.pk).first()
    if current is None:
        raise Refusal(_("This question has been removed meanwhile."))
    if revision is not None:
        if current.revision != revision:
            raise EditedMeanwhile(_("Somebody else saved this question while you were writing."))
        current.revision += 1
        current.save(update_fields=["revision"])
    return current
