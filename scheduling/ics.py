"""A booking as calendars read it (RFC 5545, 5546): two events that share one sequence, and nothing of one in the other.

The candidate's copy names no interviewer's address and no page of ours; the team's says whom they meet. Times are UTC,
so that nobody's old zone rules can move them; the wall clock is in words. The same booking gives the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from enum import StrEnum
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, vCalAddress, vText, vUri

PRODUCT = "-//Callback//Live rounds//EN"
AHEAD = timedelta(minutes=15)
NAME_LENGTH = 200


class Method(StrEnum):
    """What the file asks a calendar to do: enter or change the event, take it out, or just to show it."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


class Side(StrEnum):
    """Whose copy of the event; each has a UID of its own."""

    CANDIDATE = "c"
    TEAM = "t"


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """What one side's event says. ``stamp`` is when the booking last changed, ``is_off`` that it does not take place.

    A cancellation that is not ``is_off`` only takes it out of the calendars of ``people``.
    """

    booking: UUID
    side: Side
    sequence: int
    stamp: datetime
    start: datetime
    end: datetime
    company: str
    summary: str
    description: str
    meeting_url: str
    phone: str
    people: Sequence[Person]
    is_off: bool = False


def uid(booking: UUID, side: Side) -> str:
    return f"{booking}-{side}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}"


def write(invitation: Invitation, method: Method) -> str:
    """The file, lines ended by CRLF and no longer than 75 octets."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(_event(invitation, method))
    return str(calendar.to_ical(sorted=False), "utf-8")


def _event(invitation: Invitation, method: Method) -> Event:
    event = Event()
    event.add("uid", uid(invitation.booking, invitation.side))
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", invitation.stamp.replace(microsecond=0))
    event.add("dtstart", invitation.start)
    event.add("dtend", invitation.end)
    event.add("organizer", _address(Person(invitation.company, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])))
    event.add("summary", invitation.summary)
    event.add("description", invitation.description)
    if method is not Method.PUBLISH:  # what somebody imports by hand invites nobody
        for person in invitation.people:
            event.add("attendee", _attendee(person))
    event.add("location", invitation.meeting_url)
    event.add("url", vUri(invitation.meeting_url))
    event.add("conference", _conference(invitation.meeting_url, ["AUDIO", "VIDEO"], _("Video")), encode=False)
    event.add("conference", _conference(f"tel:{invitation.phone}", ["PHONE"], _("Backup phone")), encode=False)
    if invitation.is_off:
        event.add("status", "CANCELLED")
    elif method is not Method.CANCEL:
        event.add("status", "CONFIRMED")
    event.add("transp", "OPAQUE")
    if invitation.side is Side.TEAM and method is Method.REQUEST:
        event.add_component(_alarm(invitation.summary))
    return event


def _address(person: Person) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    address.params["CN"] = vText(_plain(person.name))
    return address


def _attendee(person: Person) -> vCalAddress:
    address = _address(person)
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText("NEEDS-ACTION")
    address.params["RSVP"] = vText("TRUE")
    return address


def _conference(uri: str, features: list[str], label: str) -> vUri:
    conference = vUri(uri)
    conference.params["VALUE"] = "URI"
    conference.params["FEATURE"] = features
    conference.params["LABEL"] = label
    return conference


def _alarm(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", -AHEAD)
    return alarm


def _plain(name: str) -> str:
    """``name`` as a parameter: nothing in it ends the line or the quotes."""
    letters = (letter if letter.isprintable() else " " for letter in name.replace('"', ""))
    return " ".join("".join(letters).split())[:NAME_LENGTH]
