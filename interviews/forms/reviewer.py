"""The scorecard as plain forms, one per question and one over all. The page's script sends the same through the API."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hiring.rubrics.models import LEVELS, Scorecard
from hiring.rubrics.scorecards import MOST_NOTES, NOTE_LENGTH, REASON_LENGTH, Draft, Note
from interviews.queries import Item, Part

NO_EVIDENCE = "none"
MARKS = [*((str(level), str(level)) for level in LEVELS), (NO_EVIDENCE, _("No evidence in this answer"))]
MOMENT = re.compile(r"(\d{1,2}):([0-5]\d)")


class VersionedForm(forms.Form):
    """A form that remembers which save of the card it was filled in over."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


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


class OverallForm(VersionedForm):
    """How the reviewer would go on, after all scores are in."""

    recommendation = forms.ChoiceField(
        label=_("How would you go on?"), choices=Scorecard.Recommendation.choices, required=False
    )
    reason = forms.CharField(label=_("Reason"), max_length=REASON_LENGTH, required=False, widget=forms.Textarea)

    def on(self, stored: Draft) -> Draft:
        """``stored`` with the recommendation and reason of the form."""
        data = self.cleaned_data
        return Draft(stored.scores, stored.notes, data["recommendation"] or stored.recommendation, data["reason"])

    def clashes(self, stored: Draft) -> list[tuple[str, str]]:
        """Where another save of this card says something else: the field's name, and what was saved."""
        mine = self.on(stored)
        pairs = [
            (str(self.fields["recommendation"].label), stored.recommendation, mine.recommendation),
            (str(self.fields["reason"].label), stored.reason, mine.reason),
        ]
        words = dict(Scorecard.Recommendation.choices)
        return [(label, str(words.get(theirs, theirs))) for label, theirs, own in pairs if theirs and theirs != own]


class DropNoteForm(VersionedForm):
    """Take one note off the card again: ``note`` is its place among the notes of that ``version``."""

    note = forms.IntegerField(min_value=0, max_value=MOST_NOTES)

    def on(self, stored: Draft) -> Draft:
        kept = tuple(note for place, note in enumerate(stored.notes) if place != self.cleaned_data["note"])
        return Draft(stored.scores, kept, stored.recommendation, stored.reason)


def mark(value: int | None) -> str:
    """A stored score as a form speaks of it."""
    return NO_EVIDENCE if value is None else str(value)


class AssignmentForm(forms.Form):
    reviewer = forms.UUIDField()
