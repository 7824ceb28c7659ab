"""What candidates and reviewers type or choose around a résumé."""

from __future__ import annotations  # Django's File takes no parameters at run time

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from hiring.lib.typed import Words
from hiring.pipeline.models import Candidate, RejectReason
from screening import documents, refusals
from screening.documents import Accepted
from screening.models import LONGEST_ANSWER, Criterion, CriterionMark, KnockoutQuestion

FEWEST_CHOICES = 2


class DocumentField(forms.FileField):
    """A document somebody chooses. Its value is an ``Accepted`` file, looked at and not stored yet."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Résumé"))
        options.setdefault("help_text", _("PDF, DOCX, ODT, TXT, or a photo as PNG, JPEG or WebP. Up to 10 MB."))
        options.setdefault("allow_empty_file", True)  # `documents.check` says it in better words
        options.setdefault("widget", forms.ClearableFileInput({"accept": documents.ACCEPT}))
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> Accepted | None:
        upload: File[bytes] | None = super().clean(data, initial)
        if not upload and not isinstance(upload, File):
            return None
        try:
            return documents.check(upload)
        except (refusals.DocumentRefused, refusals.NotStored) as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal


class DocumentForm(forms.Form):
    """A document a recruiter adds to an application."""

    document = DocumentField()


class RejectForm(forms.Form):
    """Why an application does not move forward. The reason's words are in the message; the note stays with the team."""

    reason = forms.ModelChoiceField(
        label=_("Reason"), queryset=RejectReason.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    note = Words(label=_("Note for the team"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["reason"]
        if isinstance(choice, forms.ModelChoiceField):
            choice.queryset = RejectReason.objects.filter(archived_at__isnull=True)


class MarksForm(forms.Form):
    """One reviewer's marks of one application."""

    def __init__(self, *args: Any, criteria: Iterable[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = {f"mark-{criterion.pk}": criterion for criterion in criteria}
        for name, criterion in self.criteria.items():
            self.fields[name] = forms.ChoiceField(
                label=criterion.text, choices=CriterionMark.Value.choices, required=False
            )

    @property
    def values(self) -> dict[Criterion, str]:
        """Of the criteria the form was sent with, what was chosen."""
        return {self.criteria[name]: value for name, value in self.cleaned_data.items() if name in self.data}


class CriterionForm(forms.Form):
    text = Words(
        label=_("What to look for"), max_length=200, help_text=_("For example: has led a team of five or more.")
    )
    need = forms.ChoiceField(
        label=_("How much it matters"), choices=Criterion.Need, widget=forms.RadioSelect, initial=Criterion.Need.MUST
    )
    terms = Words(
        label=_("Words to highlight"),
        max_length=300,
        required=False,
        help_text=_("Separated by commas: Zendesk, ticket, SLA. They help the eye; they decide nothing."),
    )

    def clean_terms(self) -> str:
        """Each word or phrase once, in the order given."""
        parts = [" ".join(part.split()) for part in self.cleaned_data["terms"].replace("\n", ",").split(",")]
        return ", ".join(dict.fromkeys(part for part in parts if part))


class QuestionForm(forms.Form):
    """A knock-out question. The lines of ``choices`` are what may be answered; those that begin with ! raise a flag."""

    text = Words(label=_("Question"), max_length=200, help_text=_("For example: May you work in France?"))
    kind = forms.ChoiceField(
        label=_("Kind of answer"), choices=KnockoutQuestion.Kind, widget=forms.RadioSelect, initial="yes_no"
    )
    flagged = forms.ChoiceField(
        label=_("Raise a flag when they answer"),
        choices=[("no", _("No")), ("yes", _("Yes")), ("", _("never"))],
        required=False,
        initial="no",
        help_text=_("For yes or no."),
    )
    choices = Words(
        label=_("Answers to choose from"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("One a line. Begin a line with ! when that answer should raise a flag."),
    )

    @staticmethod
    def said_by(question: KnockoutQuestion) -> dict[str, object]:
        """What the form shows of a question that is there."""
        lines = [f"!{choice}" if choice in question.flags_when else choice for choice in question.choices]
        flagged = next(iter(question.flags_when), "") if question.kind == KnockoutQuestion.Kind.YES_NO else ""
        return {"text": question.text, "kind": question.kind, "flagged": flagged, "choices": "\n".join(lines)}

    def clean_choices(self) -> list[tuple[str, bool]]:
        """Each answer, and whether it raises a flag."""
        lines = [line.strip() for line in self.cleaned_data["choices"].split("\n")]
        found = {
            line.removeprefix("!").strip(): line.startswith("!") for line in lines if line.removeprefix("!").strip()
        }
        if any(len(choice) > LONGEST_ANSWER for choice in found):
            raise ValidationError(_("Please keep each answer below 200 characters."))
        return list(found.items())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("kind") == KnockoutQuestion.Kind.CHOICE and len(cleaned.get("choices", [])) < FEWEST_CHOICES:
            self.add_error("choices", _("Give at least two answers to choose from, one a line."))
        return cleaned

    def as_row(self) -> dict[str, Any]:
        """The question's own columns."""
        cleaned = self.cleaned_data
        is_choice = cleaned["kind"] == KnockoutQuestion.Kind.CHOICE
        flagged = [choice for choice, raises in cleaned["choices"] if raises]
        return {
            "text": cleaned["text"],
            "kind": cleaned["kind"],
            "choices": [choice for choice, _raises in cleaned["choices"]] if is_choice else [],
            "flags_when": flagged if is_choice else [cleaned["flagged"]] if cleaned["flagged"] else [],
        }


class MergeForm(forms.Form):
    """Which of two candidates stays, under their name and address."""

    keep = forms.ChoiceField(
        label=_("Keep the name and address of"), widget=forms.RadioSelect({"class": "cards"}), choices=()
    )

    def __init__(self, *args: Any, people: list[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        keep = self.fields["keep"]
        if isinstance(keep, forms.ChoiceField):
            keep.choices = [(str(person.pk), f"{person.name}, {person.email}") for person in people]
            keep.initial = str(people[-1].pk)

    @property
    def gone_and_kept(self) -> tuple[Candidate, Candidate]:
        first, second = self.people
        return (second, first) if self.cleaned_data["keep"] == str(first.pk) else (first, second)
