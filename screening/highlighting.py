"""Words found in what people wrote, whatever accents and capitals either used. Pure: text in, places or HTML out."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

LONG_WORD = 5  # from here on a word may end differently: ticket, tickets, ticketing
ENDING = r"\w{0,3}"
SNIPPET = 60  # characters on either side


@dataclass(frozen=True, slots=True)
class Terms:
    """What to look for: the words of criteria, and what somebody typed into the search field."""

    wanted: tuple[str, ...] = ()
    sought: str = ""


def fold(text: str) -> tuple[str, list[int]]:
    """``text`` without accents and capitals, and for each of its letters the place in ``text`` it came from."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for part in unicodedata.normalize("NFKD", letter):
            if not unicodedata.combining(part):
                for plain in part.casefold():
                    letters.append(plain)
                    places.append(place)
    places.append(len(text))
    return "".join(letters), places


def pattern(terms: Iterable[str]) -> re.Pattern[str] | None:
    """What finds any of ``terms`` as words of their own in folded text; ``None`` when there are none."""
    ways = sorted({_way(term) for term in terms if term.strip()}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?!\w)") if ways else None


def _way(term: str) -> str:
    words = fold(term)[0].split()
    way = r"\s+".join(re.escape(word) for word in words)
    if words and words[-1][-1:].isalpha():
        way += ENDING if len(words[-1]) >= LONG_WORD else "s?"
    return way


def spans(text: str, terms: Iterable[str]) -> list[tuple[int, int]]:
    """Where any of ``terms`` stands in ``text``, in order."""
    finds = pattern(terms)
    if finds is None:
        return []
    folded, places = fold(text)
    return [(places[found.start()], places[found.end() - 1] + 1) for found in finds.finditer(folded)]


def sought_spans(text: str, sought: str) -> list[tuple[int, int]]:
    """Where ``sought`` stands in ``text``, also within words: people search while they type."""
    wanted = r"\s+".join(re.escape(word) for word in fold(sought)[0].split())
    if not wanted:
        return []
    folded, places = fold(text)
    return [(places[found.start()], places[found.end() - 1] + 1) for found in re.finditer(wanted, folded)]


def marked(text: str, terms: Terms) -> SafeString:
    """``text`` as HTML with ``<mark>`` around what was found; what somebody searches for wins over a criterion."""
    found = [(start, end, "search") for start, end in sought_spans(text, terms.sought)]
    for start, end in spans(text, terms.wanted):
        if all(end <= other_start or start >= other_end for other_start, other_end, _kind in found):
            found.append((start, end, "term"))
    parts: list[str] = []
    at = 0
    for start, end, kind in sorted(found):
        parts.append(escape(text[at:start]))
        parts.append(format_html('<mark data-for="{}">{}</mark>', kind, text[start:end]))
        at = end
    parts.append(escape(text[at:]))
    return mark_safe("".join(parts))  # noqa: S308 (every piece of text was escaped above)


def snippet(text: str, span: tuple[int, int]) -> SafeString:
    """A few words around what was found, on one line; no word is cut."""
    start, end = span
    before, after = text[max(0, start - SNIPPET) : start], text[end : end + SNIPPET]
    if start > SNIPPET:
        before = "…" + before[before.find(" ") :]
    if end + SNIPPET < len(text):
        after = after[: after.rfind(" ") + 1] + "…"
    before, found, after = (part.replace("\n", " ") for part in (before, text[start:end], after))
    return format_html('{}<mark data-for="search">{}</mark>{}', before, found, after)
