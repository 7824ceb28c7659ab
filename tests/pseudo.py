"""A language nobody speaks, ``en-XA``: what went through gettext is told at a glance from what did not.

Every message comes out accented, a third longer and in brackets, ``⟦Šáṽéöö⟧``; placeholders and tags stay what they
are. It is a catalogue like any other, computed instead of read, and reached as any other: by ``Accept-Language``.
"""

import re
from pathlib import Path

import pytest
from django.utils.translation import trans_real
from pytest_django import Settings

CODE = "en-xa"
PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = "áƀçðéƒĝĥíĵķļɱñöþɋŕšţüṽŵẋýžÁƁÇÐÉƑĜĤÍĴĶĻṀÑÖÞɊŔŠŢÜṼŴẊÝŽ"
ACCENTS = str.maketrans(PLAIN, ACCENTED)
# %(name)s, %d and %%; {name}; <a href="…">; &nbsp;
KEPT = re.compile(r"(%(?:\(\w+\))?[-#0+]*\d*(?:\.\d+)?[sdfr%]|\{\w*\}|</?\w[^>]*>|&#?\w+;)")
LONGER = 3  # by one letter for each so many
LETTERS_TO_A_WORD = 7
CODES = {"date format"}  # contexts whose messages are no words
# The head of a catalogue, and nothing in it: Django speaks no language without a file.
EMPTY = b"\xde\x12\x04\x95" + b"".join(number.to_bytes(4, "little") for number in (0, 0, 28, 28, 0, 28))


def accented(message: str) -> str:
    """``message`` as the pseudo-locale says it, the line breaks around it left where they are."""
    body = message.strip()
    if not body:
        return message
    before, _, after = message.partition(body)
    parts = KEPT.split(body)  # what is kept has the odd places
    words = "".join(part if number % 2 else part.translate(ACCENTS) for number, part in enumerate(parts))
    return f"{before}⟦{words}{_padding(body)}⟧{after}"


def _padding(body: str) -> str:
    length = -(-len(KEPT.sub("", body)) // LONGER)
    if " " not in body:
        return "ö" * length
    words = (min(LETTERS_TO_A_WORD, length - at) for at in range(0, length, LETTERS_TO_A_WORD))
    return "".join(" " + "ö" * word for word in words)


class Catalogue(trans_real.DjangoTranslation):
    """Knows every message there is."""

    def gettext(self, message: str) -> str:
        context, mark, plain = message.rpartition(trans_real.CONTEXT_SEPARATOR)
        return plain if mark and context in CODES else accented(plain)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture
def pseudo(settings: Settings, tmp_path: Path) -> str:
    """The product speaks the pseudo-locale to whoever asks for it; the language's code."""
    catalogue = tmp_path / "en_XA" / "LC_MESSAGES" / "django.mo"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_bytes(EMPTY)
    settings.LOCALE_PATHS = [tmp_path]
    settings.LANGUAGES = [*settings.LANGUAGES, (CODE, "Pseudo")]
    trans_real._translations[CODE] = Catalogue(CODE)  # type: ignore[attr-defined]  # the only door for a computed one
    return CODE
