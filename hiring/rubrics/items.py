"""What a question is scored on, as whoever scores needs it in front of them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from hiring.rubrics.models import Question, QuestionCompetency


@dataclass(frozen=True)
class Item:
    """One competency of one question, with what an answer at each described level sounds like."""

    pair: UUID
    competency: str
    meaning: str
    anchors: tuple[tuple[int, str], ...]

    @property
    def field(self) -> str:
        return f"score-{self.pair}"


def prefetched() -> "Prefetch[str]":
    """What ``of`` reads, for ``prefetch_related`` of questions."""
    return Prefetch("competencies", QuestionCompetency.objects.select_related("competency").prefetch_related("anchors"))


def of(question: Question) -> tuple[Item, ...]:
    """The items of ``question``, loaded with ``prefetched``, in order."""
    return tuple(
        Item(
            pair.pk,
            pair.competency.name,
            pair.competency.description,
            tuple((anchor.level, anchor.text) for anchor in pair.anchors.all()),
        )
        for pair in question.competencies.all()
    )
