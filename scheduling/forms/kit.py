"""The whole card of a conversation as one plain form. The page's script sends the same through the API."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hiring.rubrics.forms.cards import MARKS, NO_EVIDENCE, VersionedForm, mark
from hiring.rubrics.models import Scorecard
from hiring.rubrics.scorecards import NOTE_LENGTH, REASON_LENGTH, Draft, Note
from scheduling.kit import Kit


class KitForm(VersionedForm):
    """A mark for every item, a note for every question, and how the reviewer would go on."""

    recommendation = forms.ChoiceField(
        label=_("How would you go on?"), choices=[("", ""), *Scorecard.Recommendation.choices], required=False
    )
    reason = forms.CharField(label=_("Reason"), max_length=REASON_LENGTH, required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, kit: Kit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kit = kit
        for part in kit.parts:
            self.fields[part.note_field] = forms.CharField(
                label=_("Notes"), max_length=NOTE_LENGTH, required=False, widget=forms.Textarea
            )
            for item in part.items:
                self.fields[item.field] = forms.ChoiceField(label=item.competency, choices=MARKS, required=False)

    def draft(self) -> Draft:
        """The card as the form says it. What is not marked has no score; it is not a low one."""
        data = self.cleaned_data
        marks = {item.pair: data[item.field] for item in self.kit.items}
        return Draft(
            {pair: None if value == NO_EVIDENCE else int(value) for pair, value in marks.items() if value},
            tuple(
                Note(part.question.pk, Note.NO_MOMENT, data[part.note_field])
                for part in self.kit.parts
                if data[part.note_field]
            ),
            data["recommendation"],
            data["reason"],
        )

    def clashes(self, stored: Draft) -> list[str]:
        """What was saved somewhere else meanwhile and differs from what the form says, in words."""
        mine = self.draft()
        scores = [
            _("%(name)s: saved there as %(value)s") % {"name": item.competency, "value": mark(stored.scores[item.pair])}
            for item in self.kit.items
            if item.pair in stored.scores and stored.scores[item.pair] != mine.scores.get(item.pair)
        ]
        notes = [
            _("Note saved there: “%(text)s”") % {"text": note.text} for note in stored.notes if note not in mine.notes
        ]
        return scores + notes
