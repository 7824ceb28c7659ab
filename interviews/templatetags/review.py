"""Moments of a recording, as a person reads them."""

from django import template

from interviews import queries

register = template.Library()


@register.filter
def clock(seconds: float | None) -> str:
    """``94.2`` as ``1:34``; nothing for no moment."""
    return "" if seconds is None or seconds < 0 else queries.clock(seconds)
