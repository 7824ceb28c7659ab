"""Sets, the bank and competencies."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hiring.lib.typed import Words, with_values
from hiring.rubrics.fields import languages
from hiring.rubrics.models import Competency, Question, QuestionSet, QuestionSetVersion


class SetForm(forms.Form):
    name = Words(
        label=gettext_lazy("Name of the set"),
        max_length=120,
        help_text=gettext_lazy("Your team sees it, candidates do not. The role is a good name: “Support lead”."),
    )


class DetailsForm(SetForm):
    seen = Words(widget=forms.HiddenInput, max_length=2000, required=False)
    intro = Words(
        label=gettext_lazy("A word before they begin"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy("Candidates read it above what to expect. Two warm sentences are plenty."),
    )

    def show_both(self, intro: str) -> None:
        """Keep what was typed; saving again replaces ``intro``, which is what is saved now."""
        self.data = with_values(self.data, seen=intro)


class RevisionForm(forms.Form):
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class CloneForm(SetForm):
    """A copy of one of the versions of ``question_set``, under a name of its own."""

    version = forms.ModelChoiceField(
        queryset=QuestionSetVersion.objects.none(),
        error_messages={"invalid_choice": gettext_lazy("That version is not part of this set.")},
    )

    def __init__(self, data: QueryDict, *, question_set: QuestionSet) -> None:
        super().__init__(data)
        self.fields["version"].queryset = question_set.versions.all()  # type: ignore[attr-defined]  # a ModelChoiceField has one

    def first_error(self) -> str:
        return str(next(iter(self.errors.values()))[0])


class PickForm(forms.Form):
    """Questions of the bank to copy into a draft."""

    questions = forms.ModelMultipleChoiceField(
        queryset=Question.objects.filter(version=None, archived_at=None),
        error_messages={
            "required": gettext_lazy("Tick at least one question."),
            "invalid_choice": gettext_lazy("One of these questions is not in the bank any more."),
            "invalid_pk_value": gettext_lazy("One of these questions is not in the bank any more."),
        },
    )


class BankFilter(forms.Form):
    """Which questions of the bank to show. Whatever cannot be read is ignored rather than refused."""

    q = Words(label=gettext_lazy("Words in the question"), max_length=100, required=False)
    competency = forms.ModelChoiceField(
        label=gettext_lazy("Scored on"),
        queryset=Competency.objects.all(),
        required=False,
        empty_label=gettext_lazy("anything"),
    )
    role_family = Words(label=gettext_lazy("Role family"), max_length=80, required=False, widget=forms.Select)
    language = forms.CharField(label=gettext_lazy("Language"), max_length=12, required=False, widget=forms.Select)
    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        required=False,
        choices=[("", gettext_lazy("in use")), ("archived", gettext_lazy("archived"))],
    )

    def __init__(self, *args: Any, families: Iterable[str], codes: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        any_family = [("", _("any")), *((family, family) for family in families)]
        any_language = [("", _("any")), *(languages(codes) if codes else [])]
        self.fields["role_family"].widget.choices = any_family
        self.fields["language"].widget.choices = any_language

    def wanted(self) -> dict[str, Any]:
        """What was asked for, as ``queries.bank`` takes it."""
        self.full_clean()
        data = self.cleaned_data
        return {
            "archived": data.get("status") == "archived",
            "text": data.get("q", ""),
            "competency": data.get("competency"),
            "role_family": data.get("role_family", ""),
            "language": data.get("language", ""),
        }

    def query(self) -> str:
        """The filter as a query string, for the links to other pages of the list."""
        return urlencode({name: self.data[name] for name in self.fields if self.data.get(name)})


class CompetencyForm(forms.Form):
    name = Words(
        label=gettext_lazy("Name"), max_length=80, help_text=gettext_lazy("A verb is best: “Handles conflict”.")
    )
    description = Words(
        label=gettext_lazy("What it means here"),
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
