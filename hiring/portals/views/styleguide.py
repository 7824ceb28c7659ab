"""Every component with sample data, for people to look at while building (``settings.STYLEGUIDE``)."""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

LONG_NAME = "Maximiliane-Theodora Wolfeschlegelsteinhausenbergerdorff de la Cruz y Montserrat"


class SampleForm(forms.Form):
    """One field of each kind; bound with ``WRONG`` it shows every kind of error."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("As you would like to be called."))
    email = forms.EmailField(label=_("E-mail"))
    phone = forms.CharField(label=_("Phone"), required=False)
    message = forms.CharField(label=_("Message"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    zone = forms.ChoiceField(label=_("Time zone"), choices=[("", _("Choose one")), ("l", "Lisbon"), ("b", "Berlin")])
    seconds = forms.IntegerField(label=_("Seconds to answer"), min_value=15, max_value=600, initial=120)
    closes_on = forms.DateField(label=_("Closes on"), widget=forms.DateInput(attrs={"type": "date"}), required=False)
    format = forms.ChoiceField(
        label=_("How would you like to answer?"),
        choices=[("video", _("Video")), ("audio", _("Sound only")), ("text", _("In writing"))],
        widget=forms.RadioSelect,
        help_text=_("It does not change how you are scored."),
    )
    role = forms.ChoiceField(
        label=_("Role on this job"),
        choices=[
            ("recruiter", _("Recruiter: invites, sees everything")),
            ("interviewer", _("Interviewer: scores what is assigned")),
        ],
        widget=forms.RadioSelect(attrs={"class": "cards"}),
    )
    days = forms.MultipleChoiceField(
        label=_("Working days"),
        choices=[("0", _("Monday")), ("1", _("Tuesday")), ("2", _("Wednesday"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    file = forms.FileField(label=_("Résumé"), required=False, help_text=_("PDF, Word or plain text, up to 10 MB."))
    agreed = forms.BooleanField(
        label=_("I agree that my answers are recorded and kept for 180 days."), help_text=_("You can withdraw this.")
    )


WRONG = {"name": "", "email": "grace@", "zone": "", "seconds": "5", "format": "", "days": ["9"], "phone": LONG_NAME}


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    messages.success(request, _("Invitation sent to Ada Byron."))
    messages.warning(request, _("The mail server did not answer; we try again at 14:10."))
    messages.error(request, _("Joan has submitted already, so the deadline stays as it was."))
    return render(request, "styleguide.html", samples() | {"direction": request.GET.get("dir", "")})


@require_safe
def candidate_screen(request: HttpRequest) -> HttpResponse:
    return render(request, "styleguide/candidate.html", {"direction": request.GET.get("dir", "")})


def samples() -> dict[str, Any]:
    """The context of the page: forms untouched and wrong, people with short, long and foreign names, a day's events."""
    at = datetime(2026, 11, 24, 23, 40, tzinfo=UTC)
    return {
        "form": SampleForm(),
        "wrong_form": SampleForm({f"wrong-{name}": value for name, value in WRONG.items()}, prefix="wrong"),
        "at": at,
        "long_name": LONG_NAME,
        "people": [
            {"name": "Ada Byron", "detail": "Lisbon · 6 years", "scores": [4.8, 4.5, 4.0, 5.0], "tone": "good"},
            {"name": LONG_NAME, "detail": "Wien · 12 years", "scores": [4.0, 3.0, 2.0, 1.0], "tone": "warn"},
            {"name": "نور الهدى", "detail": "Beirut", "scores": [None, 2.5, 3.5, None], "tone": ""},
            {"name": "朴俊", "detail": "Seoul · 3 years", "scores": [3.0, 3.0, 2.5, 4.0], "tone": "bad"},
        ],
        "trail": [(_("Jobs"), "#jobs"), (_("Customer support lead"), "#job")],
        "tabs": [
            (_("Candidates"), "#candidates", True, 43),
            (_("Question set"), "#set", False, None),
            (_("Team"), "#team", False, 4),
            (_("Messages"), "#messages", False, 0),
        ],
        "stats": [
            (43, _("interviews scored")),
            ("2.1", _("raters each")),
            ("0.74", _("agreement (α), good")),
            (_("Thu 26 Nov"), _("decision promised")),
        ],
        "events": [
            {"text": _("Invited by Grace Okafor"), "at": at, "by": _("Grace")},
            {
                "text": _("One answer did not arrive whole"),
                "at": at,
                "tone": "bad",
                "detail": _("0:00 to 1:34 is safe."),
            },
            {"text": _("Interview submitted"), "at": at, "state": "now"},
            {"text": _("Answer from the team, by Thursday 26 November"), "state": "next"},
        ],
        "anchors": [
            (5, _("Named what the customer needed, owned the fix, and showed what changed afterwards.")),
            (3, _("Stayed calm and resolved it; little on cause or result.")),
            (1, _("Blames the customer, or gives no concrete situation.")),
        ],
        "wrong": [_("Choose a score, or say there is no evidence.")],
    }
