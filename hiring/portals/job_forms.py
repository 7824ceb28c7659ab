"""What is typed about a job, the stages of its process, and the starters and reasons every job shares."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from hiring.lib.typed import Words
from hiring.pipeline import stages
from hiring.pipeline.models import Job, JobStage, ProcessTemplate, ProcessTemplateStage, RejectReason
from hiring.rubrics.models import QuestionSet
from interviews import setup


def _days_to_answer(**options: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Days to answer"),
        initial=setup.DAYS_TO_ANSWER,
        min_value=1,
        max_value=setup.LONGEST_DAYS,
        help_text=_("From the invitation. A week lets people with a job and children find a quiet evening."),
        **options,
    )


def _question_set(**options: Any) -> "forms.ModelChoiceField[QuestionSet]":
    return forms.ModelChoiceField(
        label=_("Question set of the one-way interview"),
        queryset=QuestionSet.objects.none(),
        required=False,
        empty_label=_("Decide later"),
        help_text=_("Its newest published version is what people invited from now on are asked."),
        **options,
    )


class JobForm(forms.Form):
    """What a job says and needs, whatever its process."""

    title = forms.CharField(label=_("Title"), max_length=140, help_text=_("As candidates would say it."))
    location = forms.CharField(
        label=_("Location"), max_length=140, required=False, help_text=_("A place, “remote”, or both.")
    )
    description = forms.CharField(
        label=_("Description"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea({"rows": 8}),
        help_text=_(
            "Markdown: a blank line starts a paragraph, a dash a list, **two stars** make it bold. The process, its "
            "length and the day people hear from you are added by themselves."
        ),
    )
    cards_needed = forms.IntegerField(
        label=_("Scorecards needed"),
        initial=2,
        min_value=1,
        max_value=10,
        help_text=_("Independent reviewers before a decision. With one, chance weighs much more."),
    )
    decision_days = forms.IntegerField(
        label=_("Business days until we decide"),
        initial=5,
        min_value=1,
        max_value=60,
        help_text=_("Promised to every candidate at each step, and counted on your company’s working days."),
    )

    def __init__(self, *args: Any, job: Job | None = None, **kwargs: Any) -> None:
        if job is not None:
            kwargs["initial"] = {name: getattr(job, name) for name in JobForm.base_fields}
        super().__init__(*args, **kwargs)


class TemplateChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's is not generic at run time
    """A process to begin with: what it is called, when to use it, and its stages in order."""

    def label_from_instance(self, template: ProcessTemplate) -> SafeString:
        steps = format_html_join(" → ", "{}", ((stage.name,) for stage in template.stages.all()))
        return format_html(
            '<strong>{}</strong><span class="hint">{}</span><span class="hint">{}</span>',
            template.name,
            steps,
            template.description,
        )


class OpeningForm(JobForm):
    template = TemplateChoice(
        label=_("The process it begins with"),
        queryset=ProcessTemplate.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect({"class": "cards"}),
        help_text=_("Only a beginning: every stage can be renamed, moved, added or removed afterwards."),
    )
    question_set = _question_set()
    days_to_answer = _days_to_answer()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        templates = usable_templates()
        template, sets = self.fields["template"], self.fields["question_set"]
        if isinstance(template, forms.ModelChoiceField) and isinstance(sets, forms.ModelChoiceField):
            template.queryset = templates
            template.required, template.initial = templates.exists(), templates.first()
            sets.queryset = choosable = setup.choosable_sets()
            if len(choosable) == 1:
                sets.initial = choosable[0]


def usable_templates() -> QuerySet[ProcessTemplate]:
    """The processes a job can begin with: those with a stage, all of whose kinds this installation knows."""
    unknown = ProcessTemplateStage.objects.exclude(kind__in=stages.kinds()).values("template")
    usable = ProcessTemplate.objects.filter(stages__isnull=False).exclude(pk__in=unknown)
    return usable.distinct().prefetch_related("stages")


class StageForm(forms.Form):
    """What a stage is called; of a one-way interview, also what it asks."""

    name = Words(label=_("What it is called"), max_length=80, help_text=_("Candidates read it too."))

    def __init__(self, *args: Any, stage: JobStage, **kwargs: Any) -> None:
        initial: dict[str, Any] = {"name": stage.name}
        if stage.kind == "interview" and (asks := setup.settings_of(stage)) is not None:
            initial |= {"question_set": asks.question_set, "days_to_answer": asks.days_to_answer}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        if stage.kind == "interview":
            sets = _question_set()
            sets.queryset = setup.choosable_sets()
            self.fields.update({"question_set": sets, "days_to_answer": _days_to_answer()})


def kind_choices() -> list[tuple[str, Any]]:
    return [(kind, stage.name) for kind, stage in stages.all_kinds().items()]


class NewStageForm(forms.Form):
    kind = forms.ChoiceField(label=_("Another stage"), choices=kind_choices)
    name = Words(label=_("Called"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = "new_%s"  # it stands on a page beside another form
        super().__init__(*args, **kwargs)


class ProcessForm(forms.Form):
    name = Words(label=_("Name"), max_length=80)
    description = Words(
        label=_("When to use it"),
        max_length=300,
        required=False,
        help_text=_("Whoever opens a job reads it beside the name."),
    )

    def __init__(self, *args: Any, template: ProcessTemplate | None = None, **kwargs: Any) -> None:
        self.template = template
        if template is not None:
            kwargs["initial"] = {"name": template.name, "description": template.description}
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        same = ProcessTemplate.objects.filter(name__iexact=name).first()
        if same is not None and same != self.template:
            raise ValidationError(_("There is a process of this name already."))
        return name


class ReasonForm(forms.Form):
    name = Words(label=_("Reason"), max_length=80, help_text=_("For the team: lists and figures use it."))
    words = Words(
        label=_("What the candidate reads"),
        max_length=400,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("A sentence or two in the mail that tells them. Leave it empty, and the mail gives no reason."),
    )

    def __init__(self, *args: Any, reason: RejectReason | None = None, **kwargs: Any) -> None:
        self.reason = reason
        if reason is not None:
            kwargs["initial"] = {"name": reason.name, "words": reason.words}
        super().__init__(*args, **kwargs)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        same = RejectReason.objects.filter(name__iexact=name).first()
        if same is not None and same != self.reason:
            raise ValidationError(_("There is a reason of this name already; perhaps it is archived."))
        return name
