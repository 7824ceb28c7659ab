"""Fields for limits and words, whose refusals a person can act on."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

UNLIMITED = "unlimited"
DIGITS = 5  # no limit has more


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


class LimitField(forms.TypedChoiceField):
    """A whole number within bounds, or ``None`` for unlimited; the usual values are offered, the others accepted."""

    def __init__(
        self, *, steps: Iterable[int], lowest: int, highest: int, default: int, unit: str, **options: Any
    ) -> None:
        self.steps, self.lowest, self.highest, self.default, self.unit = tuple(steps), lowest, highest, default, unit
        self.may_be_unlimited = bool(options.pop("unlimited", False))
        options.setdefault("initial", default)
        super().__init__(coerce=self._number, choices=self.offer, **options)

    def offer(self, besides: int | None = None) -> list[tuple[str, str]]:
        """The choices, with ``besides`` among them: a value somebody set elsewhere is never lost."""
        values = sorted({*self.steps, *([] if besides is None else [besides])})
        offered = [(str(value), self._words(value)) for value in values]
        return [*offered, (UNLIMITED, _("no limit"))] if self.may_be_unlimited else offered

    def readable(self, value: int | None) -> str:
        return _("no limit") if value is None else say(value, self.unit)

    def valid_value(self, value: Any) -> bool:
        digits = str(value)
        return self._is_unlimited(value) or (digits.isdecimal() and len(digits) <= DIGITS and self._fits(int(digits)))

    def prepare_value(self, value: Any) -> Any:
        return UNLIMITED if value is None and self.may_be_unlimited else value

    def _words(self, value: int) -> str:
        words = say(value, self.unit)
        return _("%(value)s (usual)") % {"value": words} if value == self.default else words

    def _number(self, value: str) -> int | None:
        return None if self._is_unlimited(value) else int(value)

    def _is_unlimited(self, value: Any) -> bool:
        return self.may_be_unlimited and value == UNLIMITED

    def _fits(self, value: int) -> bool:
        return self.lowest <= value <= self.highest


def say(value: int, unit: str) -> str:
    """``value`` as people say it: ``1 min 30 s`` for seconds, ``2 retakes`` for retakes."""
    if unit == "retakes":
        return _("none") if value == 0 else str(value)
    minutes, seconds = divmod(value, 60)
    if value == 0:
        return _("none")
    if minutes == 0:
        return _("%(seconds)s s") % {"seconds": seconds}
    if seconds == 0:
        return _("%(minutes)s min") % {"minutes": minutes}
    return _("%(minutes)s min %(seconds)s s") % {"minutes": minutes, "seconds": seconds}


def languages(codes: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Codes and their own names, by name; all that are known, or those of ``codes``."""
    known = {code: str(info["name_local"]) for code, info in LANG_INFO.items() if "name_local" in info}
    wanted = set(codes) or set(known)
    return sorted(((code, known.get(code, code).capitalize()) for code in wanted), key=lambda pair: pair[1].casefold())


def with_values(data: Mapping[str, Any], **values: object) -> QueryDict:
    """What was typed, with ``values`` in place of their fields'."""
    typed = data.copy() if isinstance(data, QueryDict) else QueryDict(mutable=True)
    for name, value in values.items():
        typed[name] = str(value)
    return typed
