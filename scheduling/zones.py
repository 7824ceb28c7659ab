"""Names of time zones: a browser proposes one, a list offers all, and each is shown with its offset from UTC.

Pure, from the pinned tzdata alone. A name is kept where people live by it (``zone.tab``); an old spelling becomes the
one in use.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache, lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from hiring.lib import clock

UTC = "UTC"
FIXED = re.compile(r"Etc/(GMT([+-]\d{1,2})?|UTC)")
MINUS = "\N{MINUS SIGN}"
SECONDS_AN_HOUR = 3600


def canonical(name: str) -> str:
    """The zone people mean by ``name``, an alias replaced by what it stands for; empty for what is no zone."""
    name = _links().get(name, name) if name not in _countries() else name
    if name in {UTC, "Etc/UTC", "Etc/GMT"}:
        return UTC
    return name if (name in _countries() or FIXED.fullmatch(name)) and clock.is_zone(name) else ""


def country(name: str) -> str:
    """The ISO code of the country ``name`` lies in, like ``PT``; empty where that cannot be said."""
    return _countries().get(name, "")


def groups(at: datetime) -> list[tuple[str, list[tuple[str, str]]]]:
    """Every zone to choose from, by continent: its name, and how it reads with the offset it has at ``at``."""
    return _groups(at.replace(minute=0, second=0, microsecond=0))  # no clock is set within an hour


@lru_cache(maxsize=4)
def _groups(at: datetime) -> list[tuple[str, list[tuple[str, str]]]]:
    by_continent: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(_countries(), key=lambda name: (name.split("/")[0], clock.zone_label(name))):
        by_continent.setdefault(name.split("/")[0], []).append((name, label(name, at)))
    return [*by_continent.items(), (UTC, [(UTC, UTC)])]


def label(name: str, at: datetime) -> str:
    """``Lisbon (UTC+0)``; a zone that is nothing but its offset is called by that."""
    if name == UTC:
        return UTC
    there = offset(at.astimezone(ZoneInfo(name)))
    return there if FIXED.fullmatch(name) else f"{clock.zone_label(name)} ({there})"


def offset(at: datetime) -> str:
    """The offset of the aware ``at``: ``UTC+5:30``, ``UTC−7``, ``UTC+0``."""
    ahead = at.utcoffset() or timedelta()
    sign, minutes = (MINUS, -ahead) if ahead < timedelta() else ("+", ahead)
    hours, rest = divmod(int(minutes.total_seconds()), SECONDS_AN_HOUR)
    return f"UTC{sign}{hours}" + (f":{rest // 60:02}" if rest else "")


@cache
def _countries() -> Mapping[str, str]:
    rows = (line.split("\t") for line in _lines("zone.tab") if not line.startswith("#"))
    return {row[2]: row[0] for row in rows}


@cache
def _links() -> Mapping[str, str]:
    """An alias and the zone it stands for."""
    return {alias: target for _, target, alias in (line.split() for line in _lines("tzdata.zi") if line[:2] == "L ")}


def _lines(file: str) -> Iterator[str]:
    return (line for line in (files("tzdata") / "zoneinfo" / file).read_text(encoding="utf-8").splitlines() if line)
