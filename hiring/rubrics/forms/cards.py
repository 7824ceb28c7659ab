"""What every scorecard's form shares, whatever it scores."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hiring.rubrics.models import LEVELS, Scorecard
from hiring.rubrics.scorecards import REASON_LENGTH, Draft

NO_EVIDENCE = "none"
MARKS = [*((str(level), str(level)) for level in LEVELS), (NO_EVIDENCE, _("No evidence in this answer"))]


class VersionedForm(forms.Form):
    """A form that remembers which save of the card it was filled in over."""

    version = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


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


def mark(value: int | None) -> str:
    """A stored score as a form speaks of it."""
    return NO_EVIDENCE if value is None else str(value)
