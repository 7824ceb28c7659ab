"""Reminders and marks that come by the clock, for the bookings as they are when it asks."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from hiring.accounts.models import User
from hiring.mail.models import Message
from hiring.pipeline import decisions, links, transitions
from hiring.pipeline.models import Application, Decision, Job
from scheduling import attention, operations, periodic, reminding
from scheduling.models import Booking, InterviewerProfile, LiveRound, Offer
from tests import factories
from tests.live_cast import CANDIDATE_PHONE, utc

pytestmark = pytest.mark.django_db

TEN = utc(24, 10)
KINDS = ("booking_reminder", "team_booking_reminder")


@pytest.fixture
def booking(offered: Offer) -> Booking:
    return operations.confirm(offered, TEN, phone=CANDIDATE_PHONE, by=offered.application.candidate)


def reminded(at: datetime) -> list[str]:
    """What the reminders written at ``at`` say of themselves: the key's end, or whom they go to."""
    before = set(Message.objects.values_list("pk", flat=True))
    reminding.remind_due(at)
    written = Message.objects.filter(kind__in=KINDS).exclude(pk__in=before)
    return sorted(
        one.dedupe_key.rpartition(":")[2] if one.kind == "booking_reminder" else one.to_email for one in written
    )


def test_everybody_is_reminded_in_time(booking: Booking) -> None:
    assert reminded(TEN - timedelta(hours=24, seconds=1)) == []
    assert reminded(TEN - timedelta(hours=24)) == ["day"]
    assert reminded(TEN - timedelta(hours=1)) == ["hour"]
    assert reminded(TEN - timedelta(minutes=15)) == ["grace@northwind.test", "katherine@northwind.test"]
    assert reminded(TEN) == []


def test_a_reminder_says_where_and_by_which_clock(booking: Booking) -> None:
    reminding.remind_due(TEN - timedelta(hours=24))

    mail = Message.objects.get(kind="booking_reminder")
    assert "Tuesday 24 November 2026, 11:00 – 11:45 (Paris time, UTC+1)" in mail.text
    for part in (booking.meeting_url, "+351 21 555 0143", "+351 912 344 417", booking.backup_code):
        assert part in mail.text


def test_whoever_books_at_short_notice_is_not_reminded_at_once(
    friday: time_machine.Traveller, booking: Booking
) -> None:  # SCH-H04
    Booking.objects.update(changed_at=TEN - timedelta(minutes=30))

    assert reminded(TEN - timedelta(minutes=29)) == []
    assert reminded(TEN - timedelta(minutes=15)) == ["grace@northwind.test", "katherine@northwind.test"]


def test_what_was_moved_is_reminded_of_anew(booking: Booking) -> None:  # SCH-H05
    operations.move(booking, utc(26, 10), by=booking.application.candidate)

    assert reminded(TEN - timedelta(hours=24)) == []
    assert reminded(utc(25, 10)) == ["day"]


def test_nobody_is_reminded_of_what_was_called_off(booking: Booking) -> None:  # SCH-H06
    operations.cancel(booking, by=booking.application.candidate)

    assert reminded(TEN - timedelta(hours=24)) == []


@pytest.mark.parametrize(("hours", "kinds"), [(20, ["day"]), (12, ["day"]), (11, [])])
def test_a_late_reminder_is_sent_until_half_its_lead(booking: Booking, hours: int, kinds: list[str]) -> None:
    assert reminded(TEN - timedelta(hours=hours)) == kinds  # SCH-H07


def test_asked_twice_is_said_once(booking: Booking) -> None:  # SCH-H08
    assert reminded(TEN - timedelta(hours=24)) == ["day"]
    assert reminded(TEN - timedelta(hours=23)) == []


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-03-08T17:00Z", datetime(2026, 3, 7, 17, tzinfo=UTC)),  # SCH-H09: 12:00 EST
        ("2026-11-02T14:00Z", datetime(2026, 11, 1, 14, tzinfo=UTC)),  # SCH-H10: 09:00 EST
    ],
)
def test_a_day_before_is_elapsed_time(booking: Booking, start: str, due: datetime) -> None:
    begins = datetime.fromisoformat(start)
    early = {"changed_at": begins - timedelta(days=5)}
    Booking.objects.update(start_at=begins, end_at=begins + timedelta(minutes=45), **early)

    assert reminded(due - timedelta(seconds=1)) == []
    assert reminded(due) == ["day"]


def test_the_reminder_follows_the_candidates_clock(booking: Booking) -> None:  # SCH-H11
    operations.tell_in_zone(booking.application.candidate, "America/New_York")

    reminding.remind_due(TEN - timedelta(hours=24))

    assert "05:00 – 05:45 (New York time, UTC−5)" in Message.objects.get(kind="booking_reminder").text
    booking.refresh_from_db()
    assert (booking.start_at, booking.sequence) == (TEN, 0)


def test_what_is_over_has_taken_place(friday: time_machine.Traveller, booking: Booking) -> None:
    friday.move_to(booking.end_at)

    periodic.sweep_bookings()

    booking.refresh_from_db()
    assert booking.state == "completed"


def marked(booking: Booking) -> str:
    periodic.look_over_bookings()
    booking.refresh_from_db()
    return booking.attention


def test_a_booking_outside_new_hours_stays_and_is_marked(booking: Booking, lead: InterviewerProfile) -> None:
    assert marked(booking) == ""

    lead.weekly.filter(weekday=TEN.weekday()).update(start_minute=11 * 60)

    assert (marked(booking), booking.state) == ("outside_hours", "confirmed")  # SCH-F13
    lead.weekly.update(start_minute=9 * 60)
    assert marked(booking) == ""


def test_an_hour_that_moved_by_law_is_marked(booking: Booking) -> None:
    Booking.objects.update(tzdata="2025b", shown={**booking.shown, "candidate": "2026-11-24T12:00:00+02:00"})

    assert marked(booking) == "clock_moved"


def test_older_rules_that_say_the_same_are_no_reason(booking: Booking) -> None:
    Booking.objects.update(tzdata="2025b")

    assert marked(booking) == ""


def test_somebody_who_left_is_missed(booking: Booking, grace: User) -> None:
    User.objects.filter(pk=grace.pk).update(is_active=False)

    assert attention.look_over(timezone.now()) == 1
    assert marked(booking) == "interviewer_left"


@pytest.fixture
def sent(application: Application, live: LiveRound, friday: time_machine.Traveller, grace: User) -> Offer:
    """Joan's link to choose a time, sent two days ago."""
    Application.objects.update(stage=live.stage)
    made = operations.offer(application, by=grace, note="You made us laugh.")
    friday.shift(timedelta(days=2))
    return made


def asked(of: Offer) -> Application:
    return Application.objects.select_related("candidate", "stage").get(pk=of.application_id)


def test_whoever_has_not_chosen_is_told_that_they_still_can(sent: Offer, katherine: User) -> None:
    message = reminding.remind_to_choose(asked(sent), by=katherine)

    assert message.subject == "Still open: choose a time to meet us at Northwind (Support lead)"
    assert "you can choose until" in message.text
    assert (message.link, "Katherine" in message.text) == (sent.link_id, True)
    assert sent.application.events.filter(verb="candidate_reminded").count() == 1


def test_once_a_day_is_enough(sent: Offer, grace: User, friday: time_machine.Traveller) -> None:
    reminding.remind_to_choose(asked(sent), by=grace)

    with pytest.raises(reminding.RemindedAlready, match="Joan Clarke was written to within the last day"):
        reminding.remind_to_choose(asked(sent), by=grace)

    friday.shift(timedelta(days=1))
    reminding.remind_to_choose(asked(sent), by=grace)
    assert Message.objects.filter(kind="booking_offer_reminder").count() == 2


def test_the_link_itself_counts_for_the_day(sent: Offer, grace: User) -> None:
    Message.objects.update(created_at=timezone.now() - timedelta(hours=2))

    with pytest.raises(reminding.RemindedAlready):
        reminding.remind_to_choose(asked(sent), by=grace)


def test_whoever_has_chosen_is_not_reminded(sent: Offer, grace: User) -> None:
    operations.confirm(sent, TEN, phone=CANDIDATE_PHONE, by=sent.application.candidate)

    with pytest.raises(reminding.NothingToChoose, match="has chosen a time already"):
        reminding.remind_to_choose(asked(sent), by=grace)


def test_whoever_did_not_come_is_not_told_to_choose(sent: Offer, grace: User, friday: time_machine.Traveller) -> None:
    booked = operations.confirm(sent, TEN, phone=CANDIDATE_PHONE, by=sent.application.candidate)
    friday.move_to(TEN + timedelta(minutes=15))
    operations.mark_missed(booked, by_team=False, by=grace)

    with pytest.raises(reminding.NothingToChoose, match="has chosen a time already"):
        reminding.remind_to_choose(asked(sent), by=grace)


def test_nobody_is_told_to_choose_while_our_answer_is_on_its_way(sent: Offer, grace: User) -> None:
    decisions.decide(sent.application, Decision.Outcome.REJECTED, by=grace, reason=factories.reason())

    with pytest.raises(transitions.IllegalMove):
        reminding.remind_to_choose(asked(sent), by=grace)


@pytest.mark.parametrize("field", ["closed_at", "expires_at"])
def test_what_is_over_is_not_reminded_of(sent: Offer, grace: User, field: str) -> None:
    Offer.objects.update(**{field: timezone.now() - timedelta(minutes=1)})

    with pytest.raises(reminding.NothingToChoose):
        reminding.remind_to_choose(asked(sent), by=grace)


def test_nobody_is_reminded_of_a_link_that_opens_nothing(sent: Offer, grace: User) -> None:
    links.revoke(sent.link, by=grace)

    with pytest.raises(reminding.NothingToChoose, match="Send a new link instead"):
        reminding.remind_to_choose(asked(sent), by=grace)


def test_many_are_reminded_at_once(sent: Offer, job: Job, grace: User, signed_in: Callable[[User], Client]) -> None:
    unasked = factories.application(job, "Ana Prado")
    Application.objects.filter(pk=unasked.pk).update(stage=sent.stage)
    ticked = {"action": "remind", "application": [str(sent.application_id), str(unasked.pk)]}

    page = signed_in(grace).post(f"/review/jobs/{job.pk}/selection/", ticked).content.decode()

    assert "You can still choose a time" in page
    assert "Ana Prado has not been sent any times yet." in page
    assert not Message.objects.filter(kind="booking_offer_reminder").exists()
