"""What a candidate, or anybody with a receipt, types in."""

from django import forms
from django.utils.translation import gettext_lazy as _

CODE_LENGTH = 200


class ConsentForm(forms.Form):
    agree = forms.BooleanField(
        label=_("I have read this and agree to be recorded"),
        error_messages={"required": _("We may only record you if you agree. Tick the box to go on.")},
    )
    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code of the receipt"),
        max_length=CODE_LENGTH,
        help_text=_("Twenty letters and digits in five groups, like ABCD-EFGH-IJKL-MNOP-QRST."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
