"""What templates need to draw people and steps; no rule lives here."""

from django import template

register = template.Library()


@register.filter
def initials(name: object) -> str:
    """Up to two letters that stand for ``name``: the first of the first word and of the last."""
    words = [word for word in str(name or "").replace("-", " ").split() if word[0].isalnum()]
    if not words:
        return "·"
    return words[0][0] if len(words) == 1 else words[0][0] + words[-1][0]


@register.filter
def clock(seconds: float | None) -> str:
    """A length of ``seconds`` as people read one: ``2:05``."""
    if seconds is None:
        return "–"
    minutes, rest = divmod(int(seconds), 60)  # as the recorder counts: whole seconds that have passed
    return f"{minutes}:{rest:02d}"


@register.filter
def times(count: int, width: int) -> int:
    """``count`` things of ``width``, for the coordinates of a small drawing."""
    return int(count) * int(width)


@register.filter
def steps_to(total: int, current: int) -> list[str]:
    """The state of each of ``total`` steps when the ``current`` one (from 1) is under way: done, now or next."""
    return ["done" if step < current else "now" if step == current else "next" for step in range(1, int(total) + 1)]
