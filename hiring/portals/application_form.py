"""What somebody types who applies: no account, three minutes, and nothing typed is ever lost."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hiring.lib.typed import Words, with_values
from hiring.pipeline.models import Job
from hiring.portals.applying import Sent
from scheduling import rules
from screening import knockouts, refusals
from screening.forms import DocumentField

LONGEST_SOURCE = 40
NOT_IN_A_SOURCE = re.compile(r"[^\w .:+-]|_{3,}")
TRAP = "homepage"


class Quiet(forms.CharField):
    """What a page or a link adds by itself: cleaned, cut, and never a reason to send somebody back."""

    widget = forms.HiddenInput

    def __init__(self, *, longest: int, without: re.Pattern[str], **options: Any) -> None:
        super().__init__(required=False, **options)
        self.longest, self.without = longest, without

    def clean(self, value: Any) -> str:
        return self.without.sub("", str(value or "")[:500]).strip()[: self.longest]


class ApplicationForm(forms.Form):
    name = Words(label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        help_text=_("We write to you there; please look twice."),
        widget=forms.EmailInput({"autocomplete": "email", "inputmode": "email", "autocapitalize": "off"}),
    )
    resume = DocumentField()
    phone = Words(
        label=_("Phone"),
        max_length=40,
        required=False,
        help_text=_("Best with its country code, like +32 470 12 34 56. We only call if a meeting changes."),
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )
    profile_url = forms.URLField(
        label=_("A page about your work"),
        max_length=300,
        required=False,
        assume_scheme="https",
        help_text=_("A profile, a portfolio, a repository: whatever shows what you do."),
        error_messages={"invalid": _("That is not an address we can open, like https://example.org/you.")},
        widget=forms.TextInput({"type": "url", "inputmode": "url", "autocapitalize": "off"}),
    )
    zone = Quiet(longest=64, without=re.compile(r"[^\w/+-]"))
    source = Quiet(longest=LONGEST_SOURCE, without=NOT_IN_A_SOURCE)
    homepage = forms.CharField(label=_("Leave this empty"), required=False, max_length=200)

    def __init__(self, *args: Any, job: Job, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = knockouts.form_fields(job)
        self.fields.update(self.questions)
        self.fields["resume"].required = job.stages.filter(kind="screening").exists()
        self.fields["resume"].widget.attrs |= {
            "data-largest": refusals.LARGEST,
            "data-too-large": refusals.of("large", limit=refusals.MEGABYTES),
        }
        self.fields[TRAP].widget.attrs.update({"tabindex": "-1", "autocomplete": "off"})

    @property
    def asked(self) -> list[forms.BoundField]:
        """The job's own questions, to draw together."""
        return [self[name] for name in self.questions]

    def clean(self) -> dict[str, Any]:
        """A number without its country code is one of the country the browser is in, where that is known."""
        data = super().clean() or {}
        if data.get("phone"):
            try:
                data["phone"] = rules.phone(re.sub("^00", "+", data["phone"]), zone=data["zone"])
            except rules.PhoneNeeded as refusal:
                self.add_error("phone", str(refusal))
        return data

    def clean_homepage(self) -> None:
        """Nobody sees this field, so a machine filled it in. That machine may be somebody's own browser: it is emptied,
        and sending once more works."""
        if self.cleaned_data[TRAP]:
            self.data = with_values(self.data, homepage="")
            self.add_error(
                None, _("Something filled in a field that nobody sees. It is empty again: please send once more.")
            )

    @property
    def sent(self) -> Sent:
        typed = {name: self.cleaned_data[name] for name in ("name", "email", "phone", "profile_url", "zone", "source")}
        return Sent(**typed, resume=self.cleaned_data["resume"], answers=self.cleaned_data)
