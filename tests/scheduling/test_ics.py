"""The calendar files: what each says (SCH-X01 to X11), and that calendars fed with them show what is booked."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.mail.models import Message
from scheduling import ics, operations
from scheduling.ics import Invitation, Method, Person, Side
from scheduling.models import Booking, BusyInterval, LiveRound, Offer
from tests import live_cast
from tests.live_cast import CANDIDATE_PHONE, FRIDAY, utc
from tests.scheduling.calendar_client import Client

TEN = utc(24, 10)
SOMEBODY = UUID("7c1e0d5e-0000-4000-8000-000000000000")
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=200)


def invitation(**fields: Any) -> Invitation:
    values: dict[str, Any] = {
        "booking": SOMEBODY,
        "side": Side.CANDIDATE,
        "sequence": 0,
        "stamp": FRIDAY,
        "start": TEN,
        "end": TEN + timedelta(minutes=45),
        "company": "Northwind",
        "summary": "Support lead",
        "description": "Bring nothing",
        "meeting_url": "https://meet.example.test/ab12",
        "phone": "+12025550143",
        "people": [Person("Joan Clarke", "joan@example.test")],
    }
    return Invitation(**{**values, **fields})


def event(file: str) -> Any:
    return Calendar.from_ical(file).walk("VEVENT")[0]


def test_an_invitation_says_everything_once() -> None:  # SCH-X01
    file = ics.write(invitation(), Method.REQUEST)

    assert file.replace("\r\n ", "").split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Callback//Live rounds//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "UID:7c1e0d5e-0000-4000-8000-000000000000-c@localhost",
        "SEQUENCE:0",
        "DTSTAMP:20261120T120000Z",
        "DTSTART:20261124T100000Z",
        "DTEND:20261124T104500Z",
        "ORGANIZER;CN=Northwind:mailto:callback@localhost",
        "SUMMARY:Support lead",
        "DESCRIPTION:Bring nothing",
        'ATTENDEE;CN="Joan Clarke";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:joan@example.test',
        "LOCATION:https://meet.example.test/ab12",
        "URL:https://meet.example.test/ab12",
        "CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=Video:https://meet.example.test/ab12",
        "CONFERENCE;VALUE=URI;FEATURE=PHONE;LABEL=Backup phone:tel:+12025550143",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_cancellation_for_all_says_so_twice() -> None:  # SCH-X06
    file = ics.write(invitation(is_off=True, sequence=4), Method.CANCEL)

    assert ("METHOD:CANCEL" in file, event(file)["STATUS"], event(file)["SEQUENCE"]) == (True, "CANCELLED", 4)


def test_taking_one_person_out_cancels_for_nobody_else() -> None:  # SCH-X05
    assert "STATUS" not in event(ics.write(invitation(), Method.CANCEL))


def test_only_the_teams_copy_rings() -> None:
    copies = {side: ics.write(invitation(side=side), Method.REQUEST) for side in Side}

    assert {side: "TRIGGER:-PT15M" in file for side, file in copies.items()} == {Side.CANDIDATE: False, Side.TEAM: True}
    assert event(copies[Side.CANDIDATE])["UID"] != event(copies[Side.TEAM])["UID"]


def test_a_name_cannot_add_a_property() -> None:  # SCH-X10
    file = ics.write(invitation(people=[Person('Lee, "Kim"\r\nATTENDEE:x', "kim@example.test")]), Method.REQUEST)

    assert event(file)["ATTENDEE"].params["CN"] == "Lee, Kim ATTENDEE:x"
    assert [line for line in file.split("\r\n") if line.startswith("ATTENDEE:")] == []


@given(TEXT, TEXT, TEXT)
def test_whatever_is_written_is_read_back(summary: str, description: str, name: str) -> None:  # SCH-X11
    file = ics.write(
        invitation(summary=summary, description=description, people=[Person(name, "k@example.test")]), Method.REQUEST
    )

    assert max(len(line.encode()) for line in file.split("\r\n")) <= 75
    read = event(file)
    assert (str(read["SUMMARY"]), str(read["DESCRIPTION"])) == (summary, description)
    assert len(read.property_items()) == len(event(ics.write(invitation(), Method.REQUEST)).property_items())


@pytest.fixture
def booking(offered: Offer) -> Booking:
    return operations.confirm(offered, TEN, phone=CANDIDATE_PHONE, by=offered.application.candidate)


def sent(about: Booking, to: str) -> list[Any]:
    """The events in the files mailed to ``to``, in the order of their mails."""
    mails = Message.objects.filter(to_email=to, dedupe_key__contains=str(about.pk)).exclude(calendar="")
    return [event(mail.calendar) for mail in mails.order_by("created_at", "pk")]


@pytest.mark.django_db
def test_one_sequence_and_two_uids_run_through_a_booking(booking: Booking, friday: time_machine.Traveller) -> None:
    by = booking.application.candidate  # SCH-X01 to X07
    for day in (25, 26):
        friday.shift(timedelta(minutes=1))
        operations.move(booking, utc(day, 10), by=by)
    booking.refresh_from_db()
    operations.move(booking, utc(26, 10), by=by)
    for _time in range(2):
        friday.shift(timedelta(minutes=1))
        operations.cancel(booking, by=by)

    for address in ("joan.clarke@example.test", "grace@northwind.test", "katherine@northwind.test"):
        events = sent(booking, address)
        assert [int(one["SEQUENCE"]) for one in events] == [0, 1, 2, 3]
        assert len({str(one["UID"]) for one in events}) == 1
        assert [one["DTSTART"].dt for one in events] == [TEN, utc(25, 10), utc(26, 10), utc(26, 10)]
        assert [str(one["STATUS"]) for one in events] == ["CONFIRMED"] * 3 + ["CANCELLED"]
        assert len({one["DTSTAMP"].dt for one in events}) == 4


@pytest.mark.django_db
def test_the_candidates_copy_tells_nothing_of_the_team(booking: Booking) -> None:
    mail = Message.objects.get(kind="booking_confirmed").calendar.replace("\r\n ", "")

    assert "@northwind.test" not in mail
    assert "/review/" not in mail
    assert "You meet Grace and Katherine" in mail
    assert "Tuesday 24 November 2026\\, 11:00 – 11:45 (Paris time\\, UTC+1)" in mail


@pytest.mark.django_db
def test_the_teams_copy_says_whom_they_meet(booking: Booking) -> None:
    mail = Message.objects.filter(kind="team_booked")[0].calendar.replace("\r\n ", "")

    assert "SUMMARY:Joan Clarke: Support lead" in mail
    assert f"/review/live/bookings/{booking.pk}/" in mail
    assert "FEATURE=PHONE;LABEL=Backup phone:tel:+351912344417" in mail


class History:
    """What a booking went through, at random but for the seed; every mail is delivered, some late, some twice."""

    def __init__(self, offer: Offer, team: list[User], seed: int) -> None:
        self.offer, self.team, self.random = offer, team, random.Random(seed)  # noqa: S311 (a replayable history)
        self.clients = {who: Client(who) for who in [offer.application.candidate.email, *(one.email for one in team)]}
        self.starts = [utc(day, hour) for day in (24, 25, 26, 27) for hour in (10, 13, 15)]

    def act(self) -> None:
        by: Any = self.random.choice([self.offer.application.candidate, self.team[0]])
        standing = self.offer.bookings.filter(state="confirmed").first()
        start = self.random.choice(self.starts)
        try:
            if standing is None:
                operations.confirm(self.offer, start, phone=CANDIDATE_PHONE, by=self.offer.application.candidate)
            elif self.random.random() < 0.75:
                operations.move(standing, start, by=by)
            else:
                operations.cancel(standing, by=by)
        except Refusal:
            pass  # the candidate has moved it twice, or nobody is free

    def deliver(self) -> None:
        mails = list(Message.objects.exclude(calendar=""))
        mails += self.random.sample(mails, k=min(3, len(mails)))
        self.random.shuffle(mails)
        for mail in mails:
            self.clients[mail.to_email].receive(mail.calendar)

    def booked(self, address: str) -> set[tuple[datetime, datetime]]:
        rows = self.offer.bookings.filter(state="confirmed")
        if address != self.offer.application.candidate.email:
            rows = rows.filter(assignments__interviewer__user__email=address)
        return set(rows.values_list("start_at", "end_at"))


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(12))
def test_calendars_show_what_is_booked_whatever_happened(
    offered: Offer, live: LiveRound, friday: time_machine.Traveller, grace: User, alan: User, katherine: User, seed: int
) -> None:
    spare = live_cast.interviewer(alan)
    live.seats.order_by("position")[0].pool.add(spare)
    BusyInterval.objects.create(profile=grace.interviewer_profile, start_at=utc(25, 9), end_at=utc(25, 17))
    BusyInterval.objects.create(profile=spare, start_at=utc(26, 9), end_at=utc(26, 17))
    history = History(offered, [grace, alan, katherine], seed)

    for _step in range(10):
        friday.shift(timedelta(seconds=7))
        history.act()
    history.deliver()

    assert {who: client.shown() for who, client in history.clients.items()} == {
        who: history.booked(who) for who in history.clients
    }


def test_the_same_booking_gives_the_same_bytes() -> None:  # SCH-X09
    stamp = datetime(2026, 11, 20, 12, 0, 0, 123456, tzinfo=UTC)

    assert ics.write(invitation(stamp=stamp), Method.REQUEST) == ics.write(invitation(), Method.REQUEST)
