"""What people type when they move somebody on, decide, or open an application again."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hiring.lib.typed import Words
from hiring.pipeline.models import Decision, JobStage, RejectReason
from hiring.portals.plans import Ending, Invitation, Promotion, Reminder, needs_note

WORDS_LENGTH = 2000
WHENS = [
    ("soon", _("In ten minutes; until then you can undo it")),
    ("tomorrow", _("Tomorrow at 9:00, where they are")),
    ("chosen", _("At a time I choose")),
]


def _words(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


class ReadForm(forms.Form):
    """``stage`` is the one the sender saw the one candidate in, ``read`` the stamp of the messages they read."""

    stage = forms.UUIDField(label=_("Stage"), required=False, widget=forms.HiddenInput)
    read = forms.CharField(label=_("What was read"), max_length=64, required=False, widget=forms.HiddenInput)


class PromotionForm(ReadForm):
    note = Words(label=_("A word of your own"), max_length=WORDS_LENGTH, widget=_words(5), required=False)
    reason = Words(
        label=_("Move on anyway, because"),
        max_length=WORDS_LENGTH,
        widget=_words(2),
        help_text=_("Stays with the team, in the history of this application."),
    )

    def __init__(self, *args: Any, to: Iterable[JobStage], gate: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = self.fields["note"]
        note.required = any(needs_note(stage) for stage in to)
        note.help_text = (
            _("Why you would like to meet, with the link to choose a time. Where you write {name}, theirs will stand.")
            if note.required
            else _("It goes into the message, if there is something you would like to say.")
        )
        note.error_messages["required"] = _("Say in your own words why you would like to meet.")
        self.fields["reason"].error_messages["required"] = _("Say why it cannot wait. The team reads it later.")
        if not gate:
            del self.fields["reason"]

    @property
    def plan(self) -> Promotion:
        return Promotion(self.cleaned_data["note"], self.cleaned_data.get("reason", ""))


class InvitationForm(ReadForm):
    note = Words(
        label=_("A word of your own"),
        max_length=WORDS_LENGTH,
        widget=_words(3),
        required=False,
        help_text=_("It goes into the message, if there is something you would like to say."),
    )

    @property
    def plan(self) -> Invitation:
        return Invitation(self.cleaned_data["note"])


class ReminderForm(ReadForm):
    @property
    def plan(self) -> Reminder:
        return Reminder()


class EndingForm(ReadForm):
    outcome = forms.ChoiceField(label=_("Decision"), choices=Decision.Outcome, widget=forms.HiddenInput)
    reason = forms.ModelChoiceField(
        label=_("Reason"), queryset=RejectReason.objects.none(), empty_label=_("Choose"), required=False
    )
    anyway = Words(
        label=_("Hire anyway, because"),
        max_length=WORDS_LENGTH,
        widget=_words(2),
        help_text=_("Stays with the team, in the history of this application."),
        error_messages={"required": _("Say why it cannot wait. The team reads it later.")},
    )
    note = Words(
        label=_("For the team"),
        max_length=WORDS_LENGTH,
        required=False,
        widget=_words(2),
        help_text=_("What it rests on. The candidate never reads this."),
    )
    words = Words(
        label=_("A word to the candidate"),
        max_length=WORDS_LENGTH,
        required=False,
        widget=_words(4),
        help_text=_("Goes into the message, after what the reason says. Where you write {name}, theirs will stand."),
    )
    when = forms.ChoiceField(label=_("When to tell them"), choices=WHENS, initial="soon", widget=forms.RadioSelect)
    day = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )
    hour = forms.TimeField(
        label=_("Time, where they are"),
        required=False,
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        initial=time(9),
    )

    def __init__(self, *args: Any, outcome: Decision.Outcome, gate: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not gate or outcome != Decision.Outcome.HIRED:
            del self.fields["anyway"]
        reason = self.fields["reason"]
        if outcome == Decision.Outcome.HIRED:
            del self.fields["reason"]
            self.fields["words"].help_text = _("Goes into the message.")
        elif isinstance(reason, forms.ModelChoiceField):
            reason.queryset = RejectReason.objects.filter(archived_at__isnull=True)
            reason.required = True
            reason.error_messages["required"] = _("Choose the reason they do not move forward.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("when") == "chosen":
            for name, sentence in (("day", _("Choose the day.")), ("hour", _("Choose the time."))):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return data

    @property
    def plan(self) -> Ending:
        data = self.cleaned_data
        is_chosen = data["when"] == "chosen"
        return Ending(
            Decision.Outcome(data["outcome"]),
            reason=data.get("reason"),
            note=data["note"],
            words=data["words"],
            anyway=data.get("anyway", ""),
            when=data["when"],
            at=datetime.combine(data["day"], data["hour"]) if is_chosen else None,
        )


class ReopeningForm(forms.Form):
    reason = Words(
        label=_("Why"),
        max_length=WORDS_LENGTH,
        widget=_words(3),
        help_text=_("Stays with the team. The candidate is not told: write to them, and say what happens next."),
    )
