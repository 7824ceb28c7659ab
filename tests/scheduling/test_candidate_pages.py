"""What a candidate sees from the offer to the booking and after, and that no page is a dead end."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from hiring.lib.actors import SYSTEM
from hiring.mail.models import Message
from hiring.pipeline.models import Candidate, Job
from scheduling import operations
from scheduling.models import Booking, InterviewerProfile, LiveRound, Offer
from tests import factories, live_cast
from tests.live_cast import CANDIDATE_PHONE, FRIDAY, utc

pytestmark = pytest.mark.django_db

TEN = utc(24, 10)


@pytest.fixture
def times_url(offered: Offer) -> str:
    return f"/c/live/{offered.pk}/"


@pytest.fixture
def booking(offered: Offer) -> Booking:
    return operations.confirm(offered, TEN, phone=CANDIDATE_PHONE, by=offered.application.candidate)


@pytest.fixture
def booked_url(booking: Booking) -> str:
    return f"/c/live/bookings/{booking.pk}/"


def press(start: object) -> dict[str, str]:
    return {"start": start.isoformat(), "phone": CANDIDATE_PHONE}  # type: ignore[attr-defined]


def test_home_leads_to_the_times(her_browser: Client, times_url: str) -> None:
    page = her_browser.get("/c/").content.decode()

    assert "Choose a time to meet the team" in page
    assert times_url in page


def test_times_stand_on_the_candidates_days(her_browser: Client, times_url: str) -> None:
    Candidate.objects.update(zone="Europe/Lisbon")

    page = her_browser.get(times_url).content.decode()

    assert (
        "Grace and Katherine would like to talk with you. It takes 45 minutes; the last 10 are for your questions."
        in page
    )
    assert "Your answer about the angry customer stayed with me." in page
    assert 'aria-label="10:00, Tuesday 24 November, UTC+0"' in page
    assert '<option value="Europe/Lisbon" selected>Lisbon (UTC+0)</option>' in page


def test_early_and_late_times_are_behind_a_press(her_browser: Client, times_url: str) -> None:
    Candidate.objects.update(zone="America/New_York")

    shown, everything = (her_browser.get(times_url + more).content.decode() for more in ("", "?all=1"))

    assert ('aria-label="07:00, Tuesday' in shown, 'aria-label="04:00, Tuesday' in shown) == (True, False)
    assert "early and late times" in shown
    assert 'aria-label="04:00, Tuesday' in everything


def test_whoever_would_see_only_such_times_sees_them(her_browser: Client, times_url: str) -> None:
    Candidate.objects.update(zone="Pacific/Auckland")

    assert 'aria-label="22:00, Monday 23 November' in her_browser.get(times_url).content.decode()


def test_another_zone_is_a_press_away(her_browser: Client, times_url: str) -> None:
    answer = her_browser.post("/c/live/zone/", {"zone": "Asia/Calcutta", "next": times_url}, follow=True)

    assert Candidate.objects.get().zone == "Asia/Kolkata"
    assert "Kolkata (UTC+5:30)" in answer.content.decode()


def test_a_zone_nobody_knows_changes_nothing(her_browser: Client, times_url: str) -> None:
    answer = her_browser.post("/c/live/zone/", {"zone": "Mars/X", "next": times_url}, follow=True)

    assert "We do not know this time zone" in answer.content.decode()
    assert Candidate.objects.get().zone == ""


def test_the_zone_form_leads_nowhere_else(her_browser: Client, offered: Offer) -> None:
    answer = her_browser.post("/c/live/zone/", {"zone": "UTC", "next": "https://evil.test/c/live/"})

    assert answer.headers["Location"] == "/c/"


def test_a_press_holds_the_time_and_asks_for_a_phone(her_browser: Client, times_url: str) -> None:
    page = her_browser.post(times_url + "hold/", press(TEN), follow=True).content.decode()

    for part in ("Tuesday 24 November 2026, 11:00 – 11:45 (Paris time, UTC+1)", "10:00 in London (UTC+0)"):
        assert part in page
    assert "35 minutes: hello, and our questions" in page
    assert "Held for you until 13:10" in page  # by the clock in Paris
    assert "held for you" in her_browser.get(times_url).content.decode()


def test_the_booked_page_has_all_they_need(her_browser: Client, times_url: str) -> None:
    her_browser.post(times_url + "hold/", press(TEN))
    answer = her_browser.post(times_url + "confirmation/", press(TEN), follow=True)

    booking, page = Booking.objects.get(), answer.content.decode()
    assert answer.redirect_chain == [(f"/c/live/bookings/{booking.pk}/", 302)]
    for part in (
        booking.meeting_url,
        "+351 21 555 0143",
        "+351 912 344 417",
        booking.backup_code,
        "Add to my calendar",
    ):
        assert part in page
    assert "You can move it 2 more times here" in page
    assert "You meet us on Tuesday 24 November 2026, 11:00 – 11:45" in her_browser.get("/c/").content.decode()


@pytest.mark.parametrize("phone", ["", "12", "a\0b", "x" * 5000])
def test_without_a_phone_the_page_says_what_is_missing(her_browser: Client, times_url: str, phone: str) -> None:
    her_browser.post(times_url + "hold/", press(TEN))

    answer = her_browser.post(times_url + "confirmation/", press(TEN) | {"phone": phone})

    assert (answer.status_code, b"errorlist" in answer.content) == (422, True)
    assert Booking.objects.get().state == "held"


def test_the_time_just_taken_is_said_kindly_with_others(
    her_browser: Client, times_url: str, job: Job, live: LiveRound
) -> None:
    other = live_cast.offer(factories.application(job, "Mary Shelley"), live)
    operations.confirm(other, TEN, phone=CANDIDATE_PHONE, by=other.application.candidate)

    for verb in ("hold/", "confirmation/"):
        answer = her_browser.post(times_url + verb, press(TEN))
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Somebody else has just taken that time. These are still free." in page
        assert ('aria-label="11:00, Tuesday 24' in page, 'aria-label="11:45, Tuesday 24' in page) == (False, True)


@pytest.mark.parametrize("start", ["", "soon", "2026-11-24T10:00", "9999-12-31T23:59:59Z", "2026-11-24T10:07Z", "a\0"])
def test_a_time_that_is_none_is_not_chosen(her_browser: Client, times_url: str, start: str) -> None:
    for verb in ("hold/", "confirmation/"):
        answer = her_browser.post(times_url + verb, {"start": start, "phone": CANDIDATE_PHONE})
        assert (answer.status_code, b'class="times"' in answer.content) == (422, True)

    assert Booking.objects.count() == 0


def test_nothing_free_is_said_and_told_once(her_browser: Client, times_url: str, lead: InterviewerProfile) -> None:
    lead.weekly.all().delete()

    for _visit in range(2):
        assert "No times right now; we have told the team" in her_browser.get(times_url).content.decode()

    assert Message.objects.filter(kind="no_times_left").count() == 1


def test_a_second_tab_is_led_to_what_is_booked(her_browser: Client, times_url: str, booking: Booking) -> None:
    answer = her_browser.post(times_url + "confirmation/", press(utc(25, 10)))

    assert answer.status_code == 409
    assert "You have chosen a time already. You can move it instead." in answer.content.decode()
    assert f"/c/live/bookings/{booking.pk}/new-time/" in answer.content.decode()
    assert her_browser.get(times_url).headers["Location"] == f"/c/live/bookings/{booking.pk}/"


def test_after_leaving_the_round_the_page_is_gone_in_neutral_words(her_browser: Client, times_url: str) -> None:
    operations.close(Offer.objects.get().application, by=SYSTEM)

    answers = [her_browser.get(times_url), her_browser.post(times_url + "hold/", press(TEN))]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert "people@northwind.test" in answers[0].content.decode()


def test_it_is_moved_in_two_presses(her_browser: Client, booked_url: str) -> None:
    url = booked_url + "new-time/"
    asked = her_browser.get(url, {"start": utc(25, 14).isoformat()})

    assert Booking.objects.get().start_at == TEN  # opening a page moves nothing
    assert "Wednesday 25 November 2026, 15:00 – 15:45 (Paris time, UTC+1)" in asked.content.decode()
    moved = her_browser.post(url, {"start": utc(25, 14).isoformat()}, follow=True)
    assert Booking.objects.get().start_at == utc(25, 14)
    assert "Wednesday 25 November 2026, 15:00" in moved.content.decode()


def test_a_move_to_a_taken_time_keeps_what_they_have(
    her_browser: Client, booked_url: str, live: LiveRound, job: Job, lead: InterviewerProfile
) -> None:
    taken = live_cast.offer(factories.application(job, "Mary Shelley"), live)
    live_cast.booked(taken, live, utc(25, 14), lead)

    answer = her_browser.post(booked_url + "new-time/", {"start": utc(25, 14).isoformat()})

    assert answer.status_code == 409
    assert "Keep the time I have" in answer.content.decode()
    assert Booking.objects.get(offer__application__candidate__name="Joan Clarke").start_at == TEN


def test_too_late_to_move_there_is_a_person(
    her_browser: Client, booked_url: str, friday: time_machine.Traveller
) -> None:
    friday.move_to(TEN - timedelta(hours=23))

    answer = her_browser.get(booked_url + "new-time/")

    assert answer.status_code == 409
    for part in ("Call +351 21 555 0143", "people@northwind.test"):
        assert part in answer.content.decode()


def test_opening_the_cancellation_changes_nothing(her_browser: Client, booked_url: str) -> None:  # SCH-F12
    page = her_browser.get(booked_url + "cancellation/").content.decode()

    assert "Call it off?" in page
    assert Booking.objects.get().state == "confirmed"


def test_it_is_called_off_and_another_time_offered(her_browser: Client, booked_url: str, times_url: str) -> None:
    page = her_browser.post(booked_url + "cancellation/", {"reason": "A new job"}, follow=True).content.decode()

    assert Booking.objects.get().cancel_reason == "A new job"
    assert "This conversation is called off" in page
    assert times_url in page
    assert her_browser.get(booked_url + "new-time/").status_code == 410  # SCH-F08


def test_the_calendar_file_can_be_had(her_browser: Client, booked_url: str) -> None:
    answer = her_browser.get(booked_url + "calendar/")

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"METHOD:PUBLISH" in answer.content
    assert b"ATTENDEE" not in answer.content


def test_afterwards_they_are_thanked(her_browser: Client, booked_url: str, friday: time_machine.Traveller) -> None:
    friday.move_to(TEN + timedelta(hours=2))
    operations.complete_due(TEN + timedelta(hours=2))

    for url in (booked_url, "/c/"):
        assert "Thank you for talking with us" in her_browser.get(url).content.decode()


def test_expired_offers_name_a_way(her_browser: Client, times_url: str, friday: time_machine.Traveller) -> None:
    Offer.objects.update(expires_at=FRIDAY)

    answer = her_browser.get(times_url)

    assert (answer.status_code, "we find another one together" in answer.content.decode()) == (410, True)


def test_strangers_find_nothing(
    her_browser: Client, booked_url: str, times_url: str, job: Job, live: LiveRound
) -> None:
    stranger = live_cast.browser(live_cast.offer(factories.application(job, "Mary Shelley"), live))

    for url in (booked_url, times_url, booked_url + "calendar/"):
        assert stranger.get(url).status_code == 404
