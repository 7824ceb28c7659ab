"""A calendar as RFC 5546 wants one: by UID, the highest sequence counts, the later stamp among equals."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from icalendar import Calendar


@dataclass
class Entry:
    sequence: int
    stamp: datetime
    start: datetime
    end: datetime
    is_off: bool


@dataclass
class Client:
    """Somebody's calendar; ``address`` is theirs. It keeps what it was told to take out, to refuse what is older."""

    address: str
    entries: dict[str, Entry] = field(default_factory=dict)

    def receive(self, file: str) -> None:
        calendar = Calendar.from_ical(file)
        method = str(calendar["METHOD"])
        for event in calendar.walk("VEVENT"):
            if self.address in _attendees(event):
                self._take(event, is_off=method == "CANCEL")

    def _take(self, event: Any, *, is_off: bool) -> None:
        uid = str(event["UID"])
        told = Entry(int(event["SEQUENCE"]), event["DTSTAMP"].dt, event["DTSTART"].dt, event["DTEND"].dt, is_off=is_off)
        known = self.entries.get(uid)
        if known is None or (known.sequence, known.stamp) <= (told.sequence, told.stamp):
            self.entries[uid] = told

    def shown(self) -> set[tuple[datetime, datetime]]:
        return {(entry.start, entry.end) for entry in self.entries.values() if not entry.is_off}


def _attendees(event: Any) -> set[str]:
    found = event.get("ATTENDEE", [])
    return {str(one).removeprefix("mailto:") for one in (found if isinstance(found, list) else [found])}
