"""What people type about the company and about each other."""

from datetime import date
from typing import Any
from zoneinfo import available_timezones

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hiring.accounts import setup_key
from hiring.accounts.models import LONGEST_RETENTION_DAYS, Company, User

PASSWORD_LIMIT = 1000
KEY_LIMIT = 200
HOLIDAYS_LIMIT = 10_000
WEEKDAYS = [
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
]


def zones() -> list[tuple[str, str]]:
    """Every zone of the tz database, as people look for it: ``Europe/Paris``."""
    named = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "SystemV/")))
    return [("UTC", "UTC"), *((zone, zone.replace("_", " ")) for zone in named)]


class FirstRunForm(forms.Form):
    """Cleans to the arguments of ``operations.first_run``; the setup key is checked here and goes no further."""

    setup_key = forms.CharField(
        label=_("Setup key"),
        max_length=KEY_LIMIT,
        help_text=_(
            "Twenty letters that only whoever installed this can read. On the server, “python manage.py doctor” "
            "prints them; with containers, “docker compose exec web python manage.py doctor”."
        ),
        error_messages={"required": _("The setup key is needed: without it, anybody who comes by could begin here.")},
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    company = forms.CharField(label=_("Your company’s name"), max_length=120, help_text=_("Candidates see it."))
    zone = forms.ChoiceField(
        label=_("Time zone"), choices=zones, initial="UTC", help_text=_("“Five business days” are counted in it.")
    )
    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(label=_("Your e-mail"), max_length=254, widget=forms.EmailInput({"autocomplete": "email"}))
    password = forms.CharField(
        label=_("A password"),
        strip=False,
        max_length=PASSWORD_LIMIT,
        help_text=password_validators_help_text_html,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not setup_key.is_needed():
            del self.fields["setup_key"]

    def clean_setup_key(self) -> None:
        if not setup_key.is_right(self.cleaned_data["setup_key"]):
            raise ValidationError(
                _("That is not this installation’s setup key. “python manage.py doctor”, on the server, prints it.")
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data.pop("setup_key", None)
        if data.get("password"):
            try:
                validate_password(data["password"], User(name=data.get("name", ""), email=data.get("email", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return data


class DatesField(forms.CharField):
    """Dates, one a line, as ``2026-12-25``; what stands behind the date is for people. Cleans to sorted ISO dates."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        days = set()
        for number, line in enumerate(str(super().clean(value)).splitlines(), start=1):
            if not line.strip():
                continue
            try:
                days.add(date.fromisoformat(line.split(maxsplit=1)[0].rstrip(",;")).isoformat())
            except ValueError as error:
                raise ValidationError(
                    _("Line %(number)s is not a date like 2026-12-25."), params={"number": number}
                ) from error
        return sorted(days)


class CompanyForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's is not generic at run time
    zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zones,
        help_text=_("“Five business days” are counted in it, midnight to midnight."),
    )
    working_days = forms.MultipleChoiceField(
        label=_("Working days"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple
    )
    holidays = DatesField(
        label=_("Holidays"),
        required=False,
        max_length=HOLIDAYS_LIMIT,
        help_text=_("One a line, like 2026-12-25. They don’t count as business days."),
    )
    retention_days = forms.IntegerField(
        label=_("Days recordings are kept"),
        min_value=1,
        max_value=LONGEST_RETENTION_DAYS,
        help_text=_(
            "Counted from the decision. Every candidate is told this number before the camera opens, and what they "
            "agreed to keeps holding for them. Long enough to compare people and answer a complaint; short enough "
            "to explain. 180 is a common choice."
        ),
    )

    class Meta:
        model = Company
        fields = ["name", "zone", "working_days", "holidays", "reply_to", "privacy_contact", "retention_days"]
        help_texts = {
            "reply_to": _("Answers to our mails arrive here. A person should read it."),
            "privacy_contact": _("Named in the notice candidates agree to. They may write to it about their data."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["working_days"] = list(self.initial.get("working_days", ""))

    def clean_working_days(self) -> str:
        return "".join(sorted(self.cleaned_data["working_days"]))


class StaffForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    is_admin = forms.BooleanField(
        label=_("Admin: sees every job, and changes people and company"),
        required=False,
    )


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    is_admin = forms.BooleanField(label=_("Admin: sees every job, and changes people and company"), required=False)


class SignInForm(allauth_forms.LoginForm):  # type: ignore[misc]  # allauth ships no types for its forms
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail")
        self.fields["login"].widget.attrs.pop("placeholder", None)


class ForgottenPasswordForm(allauth_forms.ResetPasswordForm):  # type: ignore[misc]  # as above
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")
        self.fields["email"].widget.attrs.pop("placeholder", None)
