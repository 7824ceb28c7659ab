"""A field for limits whose refusals a person can act on, and the languages there are."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _

UNLIMITED = "unlimited"
DIGITS = 5  # no limit has more


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
