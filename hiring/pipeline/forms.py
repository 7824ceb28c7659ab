"""What reviewers type about an application wherever it stands."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hiring.lib.typed import Words


class HoldForm(forms.Form):
    """Why somebody is put aside where they stand; with ``needs_reason``, not without saying so."""

    reason = Words(
        label=_("Why, for the team"),
        max_length=300,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("For example what you wait for."),
        error_messages={"required": _("Say for the team what you wait for.")},
    )

    def __init__(self, *args: Any, needs_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason
