"""What differs between two versions, in a few words. Pure: their questions, pairs and anchors are loaded already."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hiring.rubrics.models import Question, QuestionSetVersion

LIMITS = ("think_seconds", "auto_start", "answer_seconds", "retakes", "required")


@dataclass(frozen=True)
class Match:
    """A question and the one it came from in the other version, if any."""

    new: Question
    old: Question | None

    def differs(self, aspect: Callable[[Question], Any]) -> bool:
        return self.old is not None and aspect(self.old) != aspect(self.new)

    @property
    def is_new(self) -> bool:
        return self.old is None

    @property
    def is_changed(self) -> bool:
        return any(self.differs(aspect) for aspect in (words, limits, scored_on, anchors))


def words(question: Question) -> tuple[str, str]:
    return question.text, question.probes


def limits(question: Question) -> tuple[Any, ...]:
    return tuple(getattr(question, name) for name in LIMITS)


def scored_on(question: Question) -> set[UUID]:
    return {pair.competency_id for pair in question.competencies.all()}


def anchors(question: Question) -> dict[tuple[UUID, int], str]:
    return {
        (pair.competency_id, anchor.level): anchor.text
        for pair in question.competencies.all()
        for anchor in pair.anchors.all()
    }


def matches(new: QuestionSetVersion, old: QuestionSetVersion | None) -> list[Match]:
    """The questions of ``new`` in order, each with the one of ``old`` it was copied from or has the words of."""
    left = {question.pk: question for question in old.questions.all()} if old else {}
    by_words = {question.text: question.pk for question in left.values()}
    found: list[Match] = []
    for question in new.questions.all():
        source = question.origin_id if question.origin_id in left else by_words.get(question.text)
        found.append(Match(question, left.pop(source, None) if source else None))
    return found


def differences(new: QuestionSetVersion, old: QuestionSetVersion | None) -> list[str]:
    """Short sentences, none when nothing differs; against nothing, how many questions there are."""
    found = matches(new, old)
    if old is None:
        count = len(found)
        return [ngettext("%(count)d question", "%(count)d questions", count) % {"count": count}]
    kept = [match for match in found if match.old is not None]
    rescored = [match for match in kept if match.differs(scored_on)]
    counts = [
        (len(found) - len(kept), ngettext, "%(count)d question added", "%(count)d questions added"),
        (len(old.questions.all()) - len(kept), ngettext, "%(count)d question removed", "%(count)d questions removed"),
    ]
    said = [plural(one, many, count) % {"count": count} for count, plural, one, many in counts if count]
    said += _edits(kept, rescored)
    order = [match.old.position for match in kept if match.old]
    if order != sorted(order):
        said.append(_("order changed"))
    if new.intro != old.intro:
        said.append(_("word before they begin changed"))
    return said


def _edits(kept: list[Match], rescored: list[Match]) -> list[str]:
    reworded = sum(match.differs(words) for match in kept)
    limited = sum(match.differs(limits) for match in kept)
    anchored = sum(match.differs(anchors) and match not in rescored for match in kept)
    said = []
    if reworded:
        said.append(ngettext("%(count)d reworded", "%(count)d reworded", reworded) % {"count": reworded})
    if limited:
        said.append(
            ngettext("limits of %(count)d changed", "limits of %(count)d changed", limited) % {"count": limited}
        )
    if rescored:
        count = len(rescored)
        said.append(
            ngettext("competencies of %(count)d changed", "competencies of %(count)d changed", count) % {"count": count}
        )
    if anchored:
        said.append(
            ngettext("anchors of %(count)d changed", "anchors of %(count)d changed", anchored) % {"count": anchored}
        )
    return said
