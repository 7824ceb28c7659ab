"""What templates need to say limits and languages; no rule lives here."""

from django import template
from django.utils.translation import gettext as _

from hiring.rubrics import fields

register = template.Library()


@register.filter
def limit(value: int | None, unit: str) -> str:
    """A limit in words: ``2 min`` for 120 "seconds", ``no limit`` for ``None``."""
    return _("no limit") if value is None else fields.say(value, unit)


@register.filter
def language_words(code: str) -> str:
    """A language in its own words: ``Français`` for ``fr``."""
    return fields.languages([code])[0][1]
