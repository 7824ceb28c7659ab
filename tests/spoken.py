"""What a page says to people, and which of it never went through gettext: in the pseudo-locale that stays readable."""

import json
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from zoneinfo import available_timezones

from django.apps import apps
from django.conf.locale import LANG_INFO

from hiring.lib import clock
from hiring.mail.models import Message

# What people typed, or chose for themselves, wherever it shows.
TYPED = (
    ("accounts.Company", "name", "reply_to", "privacy_contact"),
    ("accounts.User", "name", "email"),
    ("api.ApiToken", "name"),
    ("mail.Message", "subject", "text", "to_email", "to_name"),
    ("pipeline.Candidate", "name", "email"),
    ("pipeline.CandidateDevice", "label"),
    ("pipeline.Job", "title", "location", "description"),
    ("pipeline.JobStage", "name"),
    ("pipeline.PoolEntry", "note"),
    ("pipeline.Remark", "text"),
    ("pipeline.RejectReason", "name", "words"),
    ("pipeline.ProcessTemplate", "name", "description"),
    ("pipeline.ProcessTemplateStage", "name"),
    ("pipeline.Decision", "note", "words"),
    ("portals.SavedFilter", "name"),
    ("rubrics.Anchor", "text"),
    ("rubrics.Competency", "name", "description"),
    ("rubrics.EvidenceNote", "text"),
    ("rubrics.Question", "text", "probes", "role_family"),
    ("rubrics.QuestionSet", "name"),
    ("rubrics.QuestionSetVersion", "intro"),
    ("rubrics.Scorecard", "reason"),
    ("interviews.Interview", "receipt"),
    ("screening.Criterion", "text", "terms"),
    ("screening.Document", "name"),
    ("screening.KnockoutAnswer", "asked", "value"),
    ("screening.KnockoutQuestion", "text"),
    ("pipeline.Stay", "held_reason"),
    ("scheduling.Offer", "note"),
    ("scheduling.Booking", "backup_code", "cancel_reason"),
)
# What is called so in every language: the product, the zone without a city, the languages themselves.
NAMES = {"Callback", "UTC"} | {
    str(info["name_local"]).casefold() for info in LANG_INFO.values() if "name_local" in info
}
LINK = re.escape(Message.LINK)
SEPARATE = re.compile(rf"\n|-|{LINK}")  # a receipt's groups may stand on two lines
# A mail’s link before it leaves, its merge fields, an address, a method, an interview without a name, a version, a code
# to say on the phone: one that a request made and that was undone with it is in no table any more.
CODE = re.compile(rf'{LINK}|\{{\w+\}}|https?://\S+|"[A-Z]+"|[A-Z]\d\d|v\d+|(?<!\w)[A-Z2-7]{{4}}(?!\w)')

ATTRIBUTES = {"title", "placeholder", "alt", "label"}
FOR_SCRIPTS = {
    "data-copied",
    "data-dismiss",
    "data-failed",
    "data-label",
    "data-pause-label",
    "data-too-large",
}  # words they show
LINES_OF_CODE = {"script", "style"}
BUTTONS = {"submit", "button", "reset"}
DATA_BLOCK = re.compile(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', re.DOTALL)
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
WORD = re.compile("[A-Za-z]+")


class Reader(HTMLParser):
    """Collects texts and the attributes that are read out or shown. A moment the browser itself puts into words is
    none of ours, nor is a key with one letter on it."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.key = False
        self.deaf: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.said += [text for name, text in values.items() if _is_said(tag, name, values)]
        if tag not in VOID and (self.deaf or tag in LINES_OF_CODE or "data-local" in values):
            self.deaf.append(tag)
        self.key = values.get("class") == "key"

    def handle_endtag(self, tag: str) -> None:
        self.key = False
        if self.deaf and self.deaf[-1] == tag:
            self.deaf.pop()

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if text and not self.deaf and not (self.key and len(text) == 1):
            self.said.append(text)


def _is_said(tag: str, name: str, values: dict[str, str]) -> bool:
    if name == "content":
        return tag == "meta" and values.get("name") == "description"
    if name == "value":
        return tag == "input" and values.get("type") in BUTTONS
    return name in ATTRIBUTES or name in FOR_SCRIPTS or name in {"aria-label", "aria-description", "aria-valuetext"}


def texts(html: str) -> list[str]:
    """What ``html`` says, one text or attribute after the other, and then what its scripts may have to say."""
    reader = Reader()
    reader.feed(html)
    return reader.said + [text for block in DATA_BLOCK.findall(html) for text in words_for_scripts(json.loads(block))]


def words_for_scripts(config: object) -> Iterator[str]:
    """Whatever a data block calls ``strings``."""
    if isinstance(config, dict):
        for name, inner in config.items():
            yield from inner.values() if name == "strings" else words_for_scripts(inner)


class Typed:
    """The data of this moment: what may stay as it is."""

    def __init__(self) -> None:
        zones = available_timezones()
        found = NAMES | {zone.replace("_", " ") for zone in zones} | {clock.zone_label(zone) for zone in zones}
        found |= {zone.split("/")[0] for zone in zones}
        for model, *fields in TYPED:
            for row in apps.get_model(model)._default_manager.values_list(*fields):
                lines = {line.strip() for value in row for line in SEPARATE.split(value or "")}
                found |= lines | {CODE.sub("", line).strip() for line in lines}  # an address may stand apart, as a link
        found |= {each[0] for each in found if each}  # in the picture of somebody who has none
        longest_first = sorted((re.escape(each) for each in found if WORD.search(each)), key=len, reverse=True)
        self.judged: dict[str, bool] = {}
        self.known = re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)

    def untranslated(self, said: Iterable[str]) -> list[str]:
        """Those texts with a word in them that is neither the pseudo-locale's nor data."""
        return [text for text in set(said) if WORD.search(text) and not self._is_data(text)]

    def _is_data(self, text: str) -> bool:
        if text not in self.judged:  # every page says the same things in its head and foot
            self.judged[text] = not WORD.search(self.known.sub("", CODE.sub("", text)))
        return self.judged[text]
