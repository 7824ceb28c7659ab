"""A question and its limits. Every choice shows the figure behind its default."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hiring.lib.typed import Words
from hiring.rubrics import competencies, questions
from hiring.rubrics.conflicts import SharedForm
from hiring.rubrics.fields import LimitField, languages
from hiring.rubrics.models import Competency, Question

THINKING = (0, 15, 30, 45, 60, 90, 120, 180, 240, 300)
ANSWERS = (30, 45, 60, 90, 120, 150, 180, 240, 300, 420, 600)
RETAKES = (0, 1, 2, 3, 4, 5, 10)


@dataclass(frozen=True)
class Row:
    """A field as the page draws it: with what somebody else saved meanwhile, and why its default is what it is."""

    field: forms.BoundField
    theirs: str = ""
    evidence: str | Promise = ""


class RowsForm(SharedForm):
    """A form whose page draws its fields as rows."""

    evidence: Mapping[str, str | Promise] = {}

    def rows(self, *names: str) -> list[Row]:
        """Those fields of ``names`` that the form has, as the page draws them."""
        return [
            Row(self[name], self.theirs.get(name, ""), self.evidence.get(name, ""))
            for name in names
            if name in self.fields
        ]


class QuestionForm(RowsForm):
    """A question of a draft. With ``competencies`` the boxes to tick, and a line for one that is new."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, required=False)
    text = Words(
        label=gettext_lazy("The question"),
        max_length=600,
        widget=forms.Textarea({"rows": 3, "class": "serif"}),
        help_text=gettext_lazy("One thing, in one or two sentences. Nobody is there to explain it or to follow up."),
    )
    competencies = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Scored on"),
        queryset=Competency.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("One to three. Taking one away takes its anchors away too."),
        error_messages={"invalid_choice": gettext_lazy("One of these competencies is not there any more.")},
    )
    new_competency = Words(
        label=gettext_lazy("Or on something new"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Like “Handles conflict”. It is added to your competencies."),
    )
    probes = Words(
        label=gettext_lazy("Follow-up probes"),
        max_length=1200,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("For a live round: what to ask next, one a line. One-way interviews never show them."),
    )
    think_seconds = LimitField(
        label=gettext_lazy("Time to think"),
        steps=THINKING,
        lowest=0,
        highest=300,
        default=60,
        unit="seconds",
        unlimited=True,
        error_messages={
            "invalid_choice": gettext_lazy("Choose a thinking time from none to five minutes, or no limit.")
        },
    )
    auto_start = forms.BooleanField(
        label=gettext_lazy("Start recording by itself when thinking time is over"),
        required=False,
        help_text=gettext_lazy("Usually off: the candidate presses record when ready."),
    )
    answer_seconds = LimitField(
        label=gettext_lazy("Longest answer"),
        steps=ANSWERS,
        lowest=30,
        highest=600,
        default=120,
        unit="seconds",
        error_messages={"invalid_choice": gettext_lazy("Choose a longest answer from 30 seconds to ten minutes.")},
    )
    retakes = LimitField(
        label=gettext_lazy("Retakes"),
        steps=RETAKES,
        lowest=0,
        highest=10,
        default=2,
        unit="retakes",
        unlimited=True,
        help_text=gettext_lazy("How often they may record again; they choose the take you see."),
        error_messages={"invalid_choice": gettext_lazy("Choose from no to ten retakes, or no limit.")},
    )
    required = forms.BooleanField(label=gettext_lazy("They cannot hand in without it"), required=False, initial=True)

    shared = (
        "text",
        "probes",
        "competencies",
        "think_seconds",
        "auto_start",
        "answer_seconds",
        "retakes",
        "required",
        "role_family",
        "language",
    )
    evidence = {
        "think_seconds": gettext_lazy(
            "60 seconds, and the candidate presses record: with more time to prepare, people answer better and feel"
            " fairly treated (Basch 2021; Tilston 2024, 27,809 applicants)."
        ),
        "answer_seconds": gettext_lazy("2 minutes is the median in 12,105 interviews, plus 15 seconds to finish."),
        "retakes": gettext_lazy(
            "2 retakes: being able to record again improves how applicants feel about it (27,809 applicants), and few"
            " use it."
        ),
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("think_seconds", "answer_seconds", "retakes"):
            field = self.fields[name]
            if isinstance(field, LimitField):
                value = self.initial.get(name)
                field.choices = field.offer(value if isinstance(value, int) else None)

    def clean_new_competency(self) -> str:
        name: str = self.cleaned_data["new_competency"]
        if name and Competency.objects.filter(name__iexact=name).exists():
            raise ValidationError(_("“%(name)s” is on the list above: tick it there."), params={"name": name})
        return name

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        ticked = len(data.get("competencies") or []) + bool(data.get("new_competency"))
        if ticked > questions.MOST_COMPETENCIES:
            self.add_error("competencies", _("Three at most: nobody can listen for more in one answer."))
        if data.get("auto_start") and "think_seconds" in data and data["think_seconds"] is None:
            self.add_error("auto_start", _("Recording can only start by itself when thinking time has a limit."))
        return data

    def words(self) -> list[Row]:
        return self.rows("text", "competencies", "new_competency", "probes")

    def limits(self) -> list[Row]:
        return self.rows("think_seconds", "auto_start", "answer_seconds", "retakes", "required")

    def finding(self) -> list[Row]:
        return self.rows("role_family", "language")

    def content(self) -> questions.Content:
        """What was typed, as the operations take it; a new competency is made on the way."""
        data = self.cleaned_data
        scored = list(data["competencies"])
        if data["new_competency"]:
            scored.append(competencies.create(data["new_competency"]))
        return questions.Content(
            text=data["text"],
            probes=data["probes"],
            competencies=scored,
            think_seconds=data["think_seconds"],
            auto_start=data["auto_start"],
            answer_seconds=data["answer_seconds"],
            retakes=data["retakes"],
            required=data["required"],
            role_family=data.get("role_family", self.initial.get("role_family", "")),
            language=data.get("language", self.initial.get("language", "en")),
        )


class BankQuestionForm(QuestionForm):
    """A question of the bank: also says for which roles, and in which language."""

    role_family = Words(
        label=gettext_lazy("Role family"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("So that others find it: “Support”, “Sales”, “Nursing”."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        initial="en",
        choices=languages,
        error_messages={"invalid_choice": gettext_lazy("Choose a language from the list.")},
    )


class LimitsForm(forms.Form):
    """What the estimate depends on, for showing it while somebody chooses."""

    question = forms.UUIDField(required=False)
    think_seconds = QuestionForm.base_fields["think_seconds"]
    answer_seconds = QuestionForm.base_fields["answer_seconds"]


def start(question: Question) -> dict[str, Any]:
    """What the form of ``question`` starts with."""
    content = questions.content_of(question)
    return {**content.columns(), "competencies": list(content.competencies), "revision": question.revision}
