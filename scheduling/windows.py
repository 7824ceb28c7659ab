"""The hours of a day as people write them: ``9:00–12:00, 13:00–17:00``. Read into minutes, and written back."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from django.utils.translation import gettext as _

from scheduling.models import MINUTES_OF_DAY
from scheduling.slots import Window

CLOCK = r"(?P<{0}hours>\d{{1,2}})(?:[:.h](?P<{0}minutes>[0-5]\d))?\s*(?P<{0}half>[ap]\.?m\.?)?"
WINDOW = re.compile(rf"{CLOCK.format('start_')}\s*(?:-|–|—|to|until)\s*{CLOCK.format('end_')}", re.IGNORECASE)
BETWEEN = re.compile(r"[,;\n]|\band\b", re.IGNORECASE)
NOON = 12
LONGEST_NIGHT = 12 * 60  # past midnight; longer ones are 9–5 meant as 9 to 17
MOST = 6


class NotHours(ValueError):
    """The text is no list of hours; the message says what to write."""


def read(text: str) -> list[Window]:
    """The windows ``text`` lists, in order; none for nothing. Raises ``NotHours``."""
    windows = sorted(_window(piece.strip()) for piece in BETWEEN.split(text) if piece.strip())
    if len(windows) > MOST:
        raise NotHours(_("More than %(most)d times a day are too many to keep apart.") % {"most": MOST})
    for window, following in pairwise(windows):
        if following.start < _end(window):
            raise NotHours(
                _("%(one)s and %(other)s overlap. Write them as one.")
                % {"one": written([window]), "other": written([following])}
            )
    return windows


def written(windows: Iterable[Sequence[int]]) -> str:
    return ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in windows)


def minutes(windows: Iterable[Window]) -> int:
    """How long ``windows`` are together."""
    return sum(_end(window) - window.start for window in windows)


def _window(piece: str) -> Window:
    found = WINDOW.fullmatch(piece)
    if found is None:
        raise NotHours(_("“%(piece)s” is not a time like 9:00–17:00.") % {"piece": piece[:40]})
    end_half = found["end_half"] or ""
    start = _minute(piece, found["start_hours"], found["start_minutes"], found["start_half"] or "")
    end = _minute(piece, found["end_hours"], found["end_minutes"], end_half) or MINUTES_OF_DAY
    if end_half and not found["start_half"]:  # 1–5 pm: both in the afternoon, if that goes forward
        with_half = _minute(piece, found["start_hours"], found["start_minutes"], end_half)
        start = with_half if with_half < end else start
    window = Window(start, end)
    if start == MINUTES_OF_DAY:
        raise NotHours(_("“%(piece)s” begins at midnight. Write it on the next day, from 0:00.") % {"piece": piece})
    if start == end:
        raise NotHours(_("“%(piece)s” begins and ends at once. All day is 0:00–24:00.") % {"piece": piece})
    if _end(window) - start > LONGEST_NIGHT and end < start:
        raise NotHours(
            _("“%(piece)s” would last until %(end)s of the next day. Write hours from 0 to 24, like 9:00–17:00.")
            % {"piece": piece, "end": _clock(end)}
        )
    return window


def _minute(piece: str, hours: str, minutes: str | None, half: str) -> int:
    hour = int(hours)
    if half and 1 <= hour <= NOON:
        hour = hour % NOON + (NOON if half[0] in "pP" else 0)
    found = hour * 60 + int(minutes or 0)
    if found > MINUTES_OF_DAY:
        raise NotHours(_("“%(piece)s” is not a time like 9:00–17:00.") % {"piece": piece})
    return found


def _end(window: Window) -> int:
    return window.end if window.end > window.start else window.end + MINUTES_OF_DAY


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"
