"""What weak, average and strong answers to a question sound like."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from hiring.lib.typed import Words
from hiring.rubrics.conflicts import SharedForm
from hiring.rubrics.models import LEVELS, Competency, Question, QuestionCompetency

LEVEL_LABELS = {
    1: gettext_lazy("Weak"),
    2: gettext_lazy("Between weak and average"),
    3: gettext_lazy("Average"),
    4: gettext_lazy("Between average and strong"),
    5: gettext_lazy("Strong"),
}
HELP = {
    1: gettext_lazy("For example: “Blames the customer. Says what they felt, not what they did.”"),
    3: gettext_lazy("For example: “Stays polite and solves it, but only after the customer asked twice.”"),
    5: gettext_lazy("For example: “Names the customer’s worry first, says what happens next and when, follows up.”"),
}


@dataclass(frozen=True)
class LevelField:
    level: int
    field: forms.BoundField
    theirs: str
    needed: bool


@dataclass(frozen=True)
class PairFields:
    competency: Competency
    levels: list[LevelField]

    def needed(self) -> list[LevelField]:
        return [level for level in self.levels if level.needed]

    def is_open(self) -> bool:
        """Whether the optional levels have something to show."""
        return any(level.field.value() or level.theirs for level in self.between())

    def between(self) -> list[LevelField]:
        return [level for level in self.levels if not level.needed]


class AnchorsForm(SharedForm):
    """What answers sound like, for each competency of ``question`` and each level. Saving half of it is fine."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def __init__(self, data: QueryDict | None = None, *, question: Question) -> None:
        self.pairs: list[QuestionCompetency] = list(
            question.competencies.select_related("competency").prefetch_related("anchors")
        )
        self.saved = {self.name(pair.competency_id, level): "" for pair in self.pairs for level in LEVELS} | {
            self.name(pair.competency_id, anchor.level): anchor.text
            for pair in self.pairs
            for anchor in pair.anchors.all()
        }
        self.shared = tuple(self.saved)
        super().__init__(data, initial={**self.saved, "revision": question.revision})
        for pair in self.pairs:
            for level in LEVELS:
                self.fields[self.name(pair.competency_id, level)] = Words(
                    label=LEVEL_LABELS[level],
                    required=False,
                    max_length=400,
                    widget=forms.Textarea({"rows": 5 if level in HELP else 3}),
                    help_text=HELP.get(level, ""),
                    show_hidden_initial=True,
                )

    @staticmethod
    def name(competency: UUID, level: int) -> str:
        return f"{competency}-{level}"

    def by_competency(self) -> list[PairFields]:
        return [
            PairFields(pair.competency, [self._level(pair.competency_id, level) for level in LEVELS])
            for pair in self.pairs
        ]

    def texts(self) -> dict[tuple[UUID, int], str]:
        return {
            (pair.competency_id, level): self.cleaned_data[self.name(pair.competency_id, level)]
            for pair in self.pairs
            for level in LEVELS
        }

    def _level(self, competency: UUID, level: int) -> LevelField:
        name = self.name(competency, level)
        return LevelField(level, self[name], self.theirs.get(name, ""), needed=level in HELP)
