"""Moments and lengths in words, for pages and mails."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from hiring.lib import moments
from hiring.portals import figures

register = template.Library()


@register.filter
def moment(at: datetime) -> str:
    """The day and hour in the current zone, which is named."""
    return moments.moment(at)


@register.filter
def day(at: datetime) -> str:
    """The day alone, in the current zone."""
    return moments.day(at)


@register.filter
def stamp(at: datetime) -> str:
    """For the ``datetime`` of a time element."""
    return at.isoformat(timespec="seconds")


@register.filter(expects_localtime=True)
def short_day(at: datetime) -> str:
    """``28 Nov 2026``, in the current zone."""
    return _short_day(at.date(), get_language())


@lru_cache(maxsize=1024)
def _short_day(day: date, _language: str | None) -> str:
    """A list says the same few days a hundred times."""
    return date_format(day, "j M Y")


@register.filter
def length_of_time(span: timedelta | None) -> str:
    """A span in hours or days; a dash for none."""
    return figures.length(span)


@register.filter
def pieces(code: str) -> SafeString:
    """A receipt's code, breakable at its hyphens on a narrow screen. Only for codes we made."""
    return mark_safe("-<wbr>".join("".join(filter(str.isalnum, part)) for part in code.split("-")))  # noqa: S308 (only letters and digits are left)
