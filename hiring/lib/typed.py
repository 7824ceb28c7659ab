"""What people type into forms: texts whose refusals they can act on, and forms shown again with other values."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy, ngettext_lazy


class Words(forms.CharField):
    """A text whose refusals a person can act on. Line ends are counted once, however the browser sends them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        if self.max_length is not None:
            self.validators = [
                validator for validator in self.validators if not isinstance(validator, MaxLengthValidator)
            ] + [MaxLengthValidator(self.max_length, _too_long)]
        self.validators = [
            ProhibitNullCharactersValidator(message=_unprintable)
            if isinstance(validator, ProhibitNullCharactersValidator)
            else validator
            for validator in self.validators
        ]

    def to_python(self, value: Any) -> str:
        text: str = super().to_python(value) or ""
        return text.replace("\r\n", "\n")


_too_long = ngettext_lazy(
    "Please shorten this: %(limit_value)d character fits here, and this is %(show_value)d.",
    "Please shorten this: %(limit_value)d characters fit here, and this is %(show_value)d.",
    "limit_value",
)
_unprintable = gettext_lazy("There is a character in here that cannot be shown. Please type the text again.")


def with_values(data: Mapping[str, Any], **values: object) -> QueryDict:
    """What was typed, with ``values`` in place of their fields'."""
    typed = data.copy() if isinstance(data, QueryDict) else QueryDict(mutable=True)
    for name, value in values.items():
        typed[name] = str(value)
    return typed
