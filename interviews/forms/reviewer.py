"""The scorecard as plain forms, one per question and one over all. The page's script sends the same through the API."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hiring.rubrics.forms.cards import MARKS, NO_EVIDENCE, VersionedForm, mark
from hiring.rubrics.items import Item
from hiring.rubrics.scorecards import MOST_NOTES, NOTE_LENGTH, Draft, Note
from interviews.queries import Part

MOMENT = re.compile(r"(\d{1,2}):([0-5]\d)")


class PartForm(VersionedForm):
    """The scores of one question, and one more note."""

    note = forms.CharField(
        label=_("What did they say or do?"), max_length=NOTE_LENGTH, required=False, widget=forms.Textarea
    )
    note_at = forms.CharField(label=_("At (minutes:seconds)"), max_length=6, required=False)

    def __init__(self, *args: Any, part: Part, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part = part
        for item in part.items:
            self.fields[item.field] = forms.ChoiceField(label=item.competency, choices=MARKS, required=False)

    def clean_note_at(self) -> float:
        """The moment in seconds; ``Note.NO_MOMENT`` when none is given."""
        text = self.cleaned_data["note_at"]
        if not text:
            return Note.NO_MOMENT
        found = MOMENT.fullmatch(text)
        if not found:
            raise ValidationError(_("Write the moment as minutes and seconds, like 1:34."))
        return float(int(found[1]) * 60 + int(found[2]))

    def on(self, stored: Draft) -> Draft:
        """``stored`` with this question's part replaced by what the form says. An empty choice leaves it as it was."""
        scores = {**stored.scores, **self._marks()}
        notes = stored.notes
        if self.cleaned_data["note"]:
            notes = (*notes, Note(self.part.question.pk, self.cleaned_data["note_at"], self.cleaned_data["note"]))
        return Draft(scores, notes, stored.recommendation, stored.reason)

    def clashes(self, stored: Draft) -> list[tuple[Item, str]]:
        """Where another save of this card says something else: the item, and what was saved."""
        marks = self._marks()
        return [
            (item, mark(stored.scores[item.pair]))
            for item in self.part.items
            if item.pair in stored.scores and item.pair in marks and stored.scores[item.pair] != marks[item.pair]
        ]

    def _marks(self) -> dict[Any, int | None]:
        chosen = {item.pair: self.cleaned_data[item.field] for item in self.part.items}
        return {pair: None if value == NO_EVIDENCE else int(value) for pair, value in chosen.items() if value}


class DropNoteForm(VersionedForm):
    """Take one note off the card again: ``note`` is its place among the notes of that ``version``."""

    note = forms.IntegerField(min_value=0, max_value=MOST_NOTES)

    def on(self, stored: Draft) -> Draft:
        kept = tuple(note for place, note in enumerate(stored.notes) if place != self.cleaned_data["note"])
        return Draft(stored.scores, kept, stored.recommendation, stored.reason)


class AssignmentForm(forms.Form):
    reviewer = forms.UUIDField()
