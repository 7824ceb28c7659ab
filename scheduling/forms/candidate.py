"""A time, a phone number, a reason: what candidates say about a booking."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hiring.lib.errors import Refusal
from scheduling import rules, zones

FARTHEST = timedelta(days=400)  # nothing is offered so far ahead, and no arithmetic overflows


class StartForm(forms.Form):
    """One of the times on the page, as an instant."""

    start = forms.CharField(max_length=40)

    def clean_start(self) -> datetime:
        try:
            start = datetime.fromisoformat(self.cleaned_data["start"])
        except ValueError:
            start = None
        if start is None or start.tzinfo is None:
            raise ValidationError(_("This is not one of the times. Please choose again."))
        now = timezone.now()
        if not now.year - 1 <= start.year <= now.year + 2 or abs(start - now) > FARTHEST:
            raise ValidationError(_("This is not one of the times. Please choose again."))
        return start.astimezone(UTC)


class PhoneForm(StartForm):
    """The last word before it is booked. ``zone`` is the candidate's: a number without a country is one of theirs."""

    start = forms.CharField(max_length=40, widget=forms.HiddenInput)
    phone = forms.CharField(
        label=_("Your phone number"),
        max_length=40,
        help_text=_("We call it only if the video link fails. With the country code, like +351 912 345 678."),
        error_messages={"required": _("Without it we could not reach you if the link fails.")},
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean_phone(self) -> str:
        try:
            return rules.phone(self.cleaned_data["phone"], zone=self.zone)
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from refusal


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why, if you would like to say"),
        max_length=500,
        required=False,
        help_text=_("The people you would have met read it."),
        widget=forms.Textarea({"rows": 3}),
    )


class ZoneForm(forms.Form):
    zone = forms.CharField(max_length=64)
    next = forms.CharField(max_length=300, required=False)

    def clean_zone(self) -> str:
        zone = zones.canonical(self.cleaned_data["zone"])
        if not zone:
            raise ValidationError(_("We do not know this time zone. Please choose one from the list."))
        return zone
