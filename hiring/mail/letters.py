"""Kinds of messages and their words: Markdown with merge fields, the product's words or the company's own.

``{name}`` stands for a value. A line in which a field has nothing to say is left out; a field that draws a whole block
stands alone in its paragraph; a link that stands alone is drawn as a button. Values are put in after the Markdown is
drawn, and into an address only where the value is one, so nobody's name can draw anything.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from urllib.parse import quote

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hiring.lib import memo, prose

FIELD = re.compile(r"\{([^{}\n]{1,60})\}")
LINKED = re.compile(r"\[([^\[\]\n]{1,300})\]\(\s*([^)\s]{1,2000})\s*\)")
HEADING = re.compile(r"^(#{1,2}) +(.*)$", re.MULTILINE)
STARS = re.compile(r"\*\*([^*\n]+)\*\*")
BUTTON = re.compile(r"<p><a ([^>]*)>([^<]*)</a></p>")
ADDRESS = re.compile(r'href="([^"]*)"')
KEPT_IN_CAPITALS = re.compile(r"(\{[^{}\n]*\}|https?://\S+)")
FIRST_MARK = 0xE000  # a private-use character stands for a field while the Markdown is drawn
MARKS = re.compile("[\ue000-\uf8ff\0]")
EVERYWHERE: Mapping[str, str | Promise] = {
    "name": gettext_lazy("Who gets the message"),
    "company": gettext_lazy("Your company’s name"),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """Words with their fields still open."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A value that is more than a word: ``<template>.html`` and ``<template>.txt``, drawn with ``context``.

    One that is ``for_many`` is drawn once, while ``memo.remembering``, for all who read it in the same language and
    zone with an equal context.
    """

    template: str
    context: Mapping[str, object] = field(default_factory=dict)
    for_many: bool = False


# A value that depends on the reader's language or zone is called when the message is written.
Value = str | Promise | Block | Callable[[], str]


@dataclass(frozen=True, slots=True)
class Letter:
    """One kind of message. ``title``, ``occasion`` and what ``fields`` stand for are for those who edit its words.

    ``needs`` are the fields that cannot be left out, each with the reason; ``optional`` those that may have nothing to
    say; ``blocks`` those that draw a whole block; ``links`` those that are addresses. ``preheader`` is what a mailbox
    shows beside the subject, ``small`` what stands below the letter; both may hold fields, and neither is edited.
    """

    kind: str
    title: str | Promise
    occasion: str | Promise
    subject: str | Promise
    text: str | Promise
    fields: Mapping[str, str | Promise] = field(default_factory=dict)
    needs: Mapping[str, str | Promise] = field(default_factory=dict)
    optional: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    links: tuple[str, ...] = ("link",)
    preheader: str | Promise = ""
    small: str | Promise = ""
    to_staff: bool = False

    @property
    def wording(self) -> Wording:
        """The product's own words, in the current language."""
        return Wording(str(self.subject), str(self.text))

    @property
    def all_fields(self) -> Mapping[str, str | Promise]:
        return {**EVERYWHERE, **self.fields}

    def problems(self, wording: Wording) -> Iterator[tuple[str, str]]:
        """Why ``wording`` cannot be used: each time ``subject`` or ``text``, and a sentence for whoever wrote it."""
        subject, text = _tidy(wording.subject), _tidy(wording.text)
        for where, words in (("subject", subject), ("text", text)):
            for name in sorted(_named(words) - self.all_fields.keys()):
                yield where, self._unknown(name)
            if re.search(r"[{}]", FIELD.sub("", words)):
                yield where, _("A “{” or “}” stands alone. A field looks like {name}.")
        for name in sorted({*self.blocks, *self.links, *self.optional} & _named(subject)):
            yield "subject", _("{%(field)s} cannot stand in the subject.") % {"field": name}
        yield from (("text", sentence) for sentence in self._missing(text))
        yield from (("text", sentence) for sentence in self._misplaced(text))

    def _missing(self, text: str) -> Iterator[str]:
        """What has to stay and would not be read, in the HTML or in the plain version."""
        html, plain, marks = _drawn_with_marks(self, text), _plain(text), self.marks
        for name, reason in self.needs.items():
            if name not in _named(text):
                yield _("{%(field)s} has to stay: %(reason)s") % {"field": name, "reason": reason}
            elif marks[name] not in html or name not in _named(plain):
                yield _("{%(field)s} would not be seen where it stands. Give it a line of its own.") % {"field": name}
        lines = [_named(line) for line in text.split("\n")]
        for line in (names for names in lines if names & self.needs.keys()):
            for name in sorted(line & {*self.optional}):
                yield _("Put {%(field)s} on another line: where it has nothing to say, its line is left out.") % {
                    "field": name
                }

    def _misplaced(self, text: str) -> Iterator[str]:
        html, marks = _drawn_with_marks(self, text), self.marks
        for name in self.blocks:
            if html.count(marks[name]) != html.count(f"<p>{marks[name]}</p>"):
                yield _("Put {%(field)s} on a line alone, with empty lines around it.") % {"field": name}
        addresses = {marks[name] for name in self.links}
        for address in ADDRESS.findall(html):
            for name in (name for name, mark in marks.items() if mark in address and address not in addresses):
                yield _("{%(field)s} cannot be part of an address.") % {"field": name}

    @property
    def marks(self) -> dict[str, str]:
        """What stands for each field while the Markdown is drawn."""
        return {name: chr(FIRST_MARK + number) for number, name in enumerate(self.all_fields)}

    def _unknown(self, name: str) -> str:
        close = get_close_matches(name.lower().replace(" ", "_"), self.all_fields, n=1)
        if close:
            return _("There is no field {%(name)s}. Did you mean {%(close)s}?") % {"name": name, "close": close[0]}
        return _("There is no field {%(name)s} in this message.") % {"name": name}


@dataclass(frozen=True, slots=True)
class Filled:
    """A letter to one person: ``body`` is the HTML of the words alone, without the mail around it."""

    subject: str
    text: str
    body: str
    preheader: str
    small: list[str]


def fill(letter: Letter, wording: Wording, values: Mapping[str, Value]) -> Filled:
    """``wording`` with ``values`` in it, in the current language and zone. A value that is missing is empty."""
    drawn = {name: _drawn(values.get(name, "")) for name in letter.all_fields}
    said = {name: text for name, (text, _html) in drawn.items()}
    words = _spoken(_tidy(wording.text), said)
    small = _spoken(str(letter.small), said)
    return Filled(
        subject=_put(_tidy(wording.subject), said),
        text=re.sub(r"\n{3,}", "\n\n", _put(_plain(f"{words}\n\n{small}"), said)).strip() + "\n",
        body=_html(letter, words, {name: html for name, (_text, html) in drawn.items()}),
        preheader=_put(str(letter.preheader), said),
        small=[_put(line, said) for line in small.splitlines() if line],
    )


def _tidy(words: str) -> str:
    """``{ name }`` as ``{name}``, and nothing that could be taken for a mark."""
    return FIELD.sub(lambda match: f"{{{match[1].strip()}}}", MARKS.sub("", words))


def _named(words: str) -> set[str]:
    return {match[1] for match in FIELD.finditer(words)}


def _drawn(value: Value) -> tuple[str, str]:
    """``value`` as plain text and as HTML."""
    if isinstance(value, Block):
        if not value.for_many:
            return _block(value)
        reader = get_language(), timezone.get_current_timezone_name()
        return memo.once(("block", value.template, *value.context.items(), *reader), lambda: _block(value))
    said = MARKS.sub("", str(value() if callable(value) else value))
    return said, str(escape(said))


def _block(value: Block) -> tuple[str, str]:
    context = dict(value.context)
    text, html = (render_to_string(f"{value.template}.{kind}", context) for kind in ("txt", "html"))
    return MARKS.sub("", text).strip(), MARKS.sub("", html)


def _spoken(words: str, said: Mapping[str, str]) -> str:
    """``words`` without the lines in which a field has nothing to say."""
    return "\n".join(line for line in words.split("\n") if all(said.get(name, "x") for name in _named(line)))


def _put(words: str, said: Mapping[str, str]) -> str:
    return FIELD.sub(lambda match: said.get(match[1], match[0]), words)


def _plain(words: str) -> str:
    """Markdown as a plain letter: the title is the subject's business, headings in capitals, links written out."""
    words = "\n".join(_links_written_out(line) for line in STARS.sub(r"\1", words).split("\n"))
    return HEADING.sub(lambda match: "" if match[1] == "#" else _capitals(match[2]), words)


def _capitals(words: str) -> str:
    return "".join(part if KEPT_IN_CAPITALS.fullmatch(part) else part.upper() for part in KEPT_IN_CAPITALS.split(words))


def _links_written_out(line: str) -> str:
    def written_out(link: re.Match[str]) -> str:
        label, target = link.groups()
        if label == target:
            return target
        return f"{label}:\n{target}" if line.strip() == link[0] else f"{label} ({target})"

    return LINKED.sub(written_out, line)


def _drawn_with_marks(letter: Letter, words: str) -> str:
    """The Markdown as clean HTML, a mark where each field goes."""
    return _clean(words, tuple(letter.marks.items()))


@lru_cache(maxsize=64)  # the same words go to many
def _clean(words: str, named: tuple[tuple[str, str], ...]) -> str:
    marks = dict(named)
    marked = FIELD.sub(lambda match: marks.get(match[1], match[0]), words)
    html = str(prose.render(marked, is_page=False))
    for mark in marks.values():
        html = html.replace(quote(mark), mark)  # as it is written in an address
    return html


def _html(letter: Letter, words: str, values: Mapping[str, str]) -> str:
    html = BUTTON.sub(r'<p class="go"><a class="button" \1>\2</a></p>', _drawn_with_marks(letter, words))
    for name, mark in letter.marks.items():
        if name in letter.blocks:
            html = html.replace(f"<p>{mark}</p>", mark)
        if name in letter.links:
            html = html.replace(f"<p>{mark}</p>", f'<p><a href="{mark}">{mark}</a></p>')
        html = html.replace(mark, values[name])
    return html
