"""What an admin says about a new token."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

WITHOUT_END = "0"


class TokenForm(forms.Form):
    """Cleans to the arguments of ``operations.create_token``."""

    name = forms.CharField(
        label=_("What it is for"),
        max_length=80,
        help_text=_("So that you know later which one to revoke: “Payroll”, “Careers page”."),
    )
    days = forms.ChoiceField(
        label=_("Works for"),
        choices=[("30", _("30 days")), ("90", _("90 days")), ("365", _("a year")), (WITHOUT_END, _("until revoked"))],
        initial="90",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        days = data.pop("days", WITHOUT_END)
        return data | {"expires_at": None if days == WITHOUT_END else timezone.now() + timedelta(days=int(days))}
