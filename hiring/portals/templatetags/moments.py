"""Moments and lengths in words, for pages and mails."""

from datetime import datetime, timedelta

from django import template
from django.utils.safestring import SafeString, mark_safe

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
def length_of_time(span: timedelta | None) -> str:
    """A span in hours or days; a dash for none."""
    return figures.length(span)


@register.filter
def pieces(code: str) -> SafeString:
    """A receipt's code, breakable at its hyphens on a narrow screen. Only for codes we made."""
    return mark_safe("-<wbr>".join("".join(filter(str.isalnum, part)) for part in code.split("-")))  # noqa: S308 (only letters and digits are left)
