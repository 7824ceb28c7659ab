"""When somebody can be met: their page, and what is booked already when hours change. It is Friday 20 November."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
import tzdata
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from hiring.accounts.models import User
from scheduling import availability, weeks
from scheduling.models import Booking, InterviewerProfile, LiveRound, Offer
from scheduling.slots import Window
from tests import live_cast
from tests.live_cast import FRIDAY, utc

SignedIn = Callable[[User], Client]
MORNING = Window(9 * 60, 12 * 60)
EMPTY_WEEK = {f"day_{number}": "" for number in range(7)}


def post(browser: Client, name: str, *args: object, **fields: object) -> list[str]:
    """Send a form of the page; what the page then says, or the errors beside its fields."""
    answer = browser.post(reverse(f"reviewer:availability:{name}", args=args), fields)
    if answer.status_code == 422:
        return [error for errors in answer.context["form"].errors.values() for error in errors]
    assert answer.status_code == 302, answer.status_code
    return [str(message) for message in get_messages(answer.wsgi_request)]


def page(browser: Client, *args: object) -> str:
    name = "person" if args else "own"
    return browser.get(reverse(f"reviewer:availability:{name}", args=args)).content.decode()


def week_of(user: User) -> list[tuple[int, int, int]]:
    rows = availability.profile_of(user).weekly.all()
    return [(row.weekday, row.start_minute, row.end_minute) for row in rows]


@pytest.fixture
def meeting(friday: time_machine.Traveller, offered: Offer, live: LiveRound, lead: InterviewerProfile) -> Booking:
    """Joan meets Grace on Wednesday, 25 November, from 15:00 to 15:45 London time."""
    return live_cast.booked(offered, live, utc(25, 15), lead, tzdata=tzdata.IANA_VERSION)


def test_who_never_said_is_told_that_nobody_can_book_them(friday: object, alan: User, signed_in: SignedIn) -> None:
    browser = signed_in(alan)

    assert "Nobody can book you until you say when you are free" in page(browser)
    assert "A suggestion, and not saved yet" in page(browser)
    assert page(browser).count('value="9:00–17:00"') == 5
    assert week_of(alan) == []


def test_whoever_said_their_hours_reads_no_suggestion(
    friday: object, lead: InterviewerProfile, signed_in: SignedIn
) -> None:
    availability.change_week(lead.user, {0: [Window(540, 720)]})

    shown = page(signed_in(lead.user))

    assert (shown.count("9:00–12:00") > 0, 'value="9:00–17:00"' in shown) == (True, False)


def test_office_hours_are_one_button(friday: object, alan: User, signed_in: SignedIn) -> None:
    browser = signed_in(alan)

    assert post(browser, "office-hours", alan.pk) == ["Saved."]
    assert week_of(alan) == [(day, 540, 1020) for day in range(5)]
    assert availability.profile_of(alan).zone == "Europe/Paris"  # the company's
    assert "Nobody can book you until" not in page(browser)


def test_a_week_is_replaced_as_a_whole(friday: object, lead: InterviewerProfile, signed_in: SignedIn) -> None:
    hours = EMPTY_WEEK | {"day_0": "13–17, 9–12", "day_4": "22:00–2:00"}

    assert post(signed_in(lead.user), "week", lead.user_id, **hours) == ["Saved."]
    assert week_of(lead.user) == [(0, 540, 720), (0, 780, 1020), (4, 1320, 120)]


def test_hours_that_make_no_sense_are_told_by_their_day(
    friday: object, lead: InterviewerProfile, signed_in: SignedIn
) -> None:
    browser, url = signed_in(lead.user), reverse("reviewer:availability:week", args=[lead.user_id])

    answer = browser.post(url, EMPTY_WEEK | {"day_0": "9-5", "day_2": "9–12, 10–11"})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["day_0", "day_2"]
    assert 'value="9-5"' in answer.content.decode()
    assert len(week_of(lead.user)) == 5  # as before


def test_a_date_may_have_other_hours_or_none(friday: object, lead: InterviewerProfile, signed_in: SignedIn) -> None:
    browser = signed_in(lead.user)

    post(browser, "dates", lead.user_id, on="2026-11-23", hours="14–16")
    post(browser, "dates", lead.user_id, on="2026-11-24", hours="")
    ahead = {day.on: day.text or day.closed for day in weeks.ahead(lead, FRIDAY)}

    assert ahead[date(2026, 11, 20)] == "12:00–17:00"
    assert ahead[date(2026, 11, 21)] == "No hours"
    assert ahead[date(2026, 11, 23)] == "14:00–16:00"
    assert ahead[date(2026, 11, 24)] == "Away on this date"
    assert "Mon 23 Nov" in page(browser)

    post(browser, "date-removal", lead.user_id, lead.overrides.get(on=date(2026, 11, 23)).pk)
    assert [row.on for row in lead.overrides.all()] == [date(2026, 11, 24)]


def test_a_day_off_is_a_day_by_ones_own_clock(friday: object, lead: InterviewerProfile, signed_in: SignedIn) -> None:
    browser = signed_in(lead.user)

    post(browser, "time-off", lead.user_id, first="2026-11-24", last="2026-11-25")

    off = lead.busy.get()
    assert (off.start_at, off.end_at) == (utc(24, 0), utc(26, 0))
    assert {day.on.day for day in weeks.ahead(lead, FRIDAY) if day.closed == "Time off"} == {24, 25}
    assert "Tue 24 Nov – Wed 25 Nov" in page(browser)

    post(browser, "limits", lead.user_id, zone="America/New_York", week_start=0, buffer_before=0, buffer_after=0)
    off.refresh_from_db()
    assert (off.start_at, off.end_at) == (utc(24, 5), utc(26, 5))  # the same days there

    post(browser, "time-off-removal", lead.user_id, off.pk)
    assert not lead.busy.exists()


@pytest.mark.parametrize(
    ("name", "fields", "sentence"),
    [
        ("dates", {"on": "2026-11-19", "hours": ""}, "That day is over."),
        ("dates", {"on": "2029-01-01", "hours": ""}, "That is more than two years ahead."),
        ("dates", {"on": "soon", "hours": ""}, "Enter a valid date."),
        ("dates", {"on": "2026-11-23", "hours": "noon"}, "“noon” is not a time like 9:00–17:00."),
        ("time-off", {"first": "2026-11-25", "last": "2026-11-24"}, "The last day is before the first one."),
        (
            "time-off",
            {"first": "2026-11-25", "last": "2028-11-01"},
            "That is more than a year. Empty the week instead.",
        ),
        ("limits", {"max_per_day": 0}, "Ensure this value is greater than or equal to 1."),
        ("limits", {"buffer_before": "x"}, "Enter a whole number."),
        ("limits", {"zone": "Mars/X"}, "Select a valid choice. Mars/X is not one of the available choices."),
    ],
)
def test_bad_input_is_told_in_words(
    friday: object,
    lead: InterviewerProfile,
    signed_in: SignedIn,
    name: str,
    fields: dict[str, object],
    sentence: str,
) -> None:
    usual = {"zone": "Europe/London", "week_start": 0, "buffer_before": 0, "buffer_after": 0}

    assert post(signed_in(lead.user), name, lead.user_id, **usual | fields) == [sentence]


def test_limits_are_kept(friday: object, lead: InterviewerProfile, signed_in: SignedIn) -> None:
    fields = {"zone": "Asia/Kolkata", "max_per_day": 3, "max_per_week": "", "week_start": 6}

    post(signed_in(lead.user), "limits", lead.user_id, **fields, buffer_before=10, buffer_after=5)

    lead.refresh_from_db()
    assert (lead.zone, lead.max_per_day, lead.max_per_week, lead.week_start) == ("Asia/Kolkata", 3, None, 6)
    assert (lead.buffer_before, lead.buffer_after) == (10, 5)


def test_what_is_booked_and_limits_are_taken_out_of_the_weeks_ahead(meeting: Booking, lead: InterviewerProfile) -> None:
    around = {day.on.day: day.text or day.closed for day in weeks.ahead(lead, FRIDAY)}
    lead.max_per_day = 1
    lead.save()
    limited = {day.on.day: day.text or day.closed for day in weeks.ahead(lead, FRIDAY)}

    assert (around[24], around[25]) == ("9:00–17:00", "9:00–15:00, 15:45–17:00")
    assert (limited[24], limited[25]) == ("9:00–17:00", "Booked up")


def test_a_night_is_shown_on_both_its_days(friday: object, lead: InterviewerProfile) -> None:
    availability.change_week(lead.user, {0: [Window(22 * 60, 2 * 60)]})

    ahead = {day.on.day: day.text for day in weeks.ahead(lead, FRIDAY)}

    assert (ahead[23], ahead[24]) == ("22:00–24:00", "0:00–2:00")


def test_a_booking_outside_new_hours_stays_and_is_marked(
    meeting: Booking, lead: InterviewerProfile, signed_in: SignedIn
) -> None:
    browser = signed_in(lead.user)

    said = post(browser, "week", lead.user_id, **EMPTY_WEEK | {"day_2": "9–12"})

    meeting.refresh_from_db()
    assert said == ["Saved.", "1 conversation already booked is outside these hours. It stays as agreed: see below."]
    assert (meeting.state, meeting.attention) == (Booking.State.CONFIRMED, Booking.Attention.OUTSIDE_HOURS)
    assert "Wed 25 Nov, 15:00–15:45" in page(browser)

    assert post(browser, "office-hours", lead.user_id) == ["Saved."]
    meeting.refresh_from_db()
    assert meeting.attention == ""


def test_a_booking_on_a_day_off_is_marked(meeting: Booking, lead: InterviewerProfile) -> None:
    assert availability.take_off(lead.user, date(2026, 11, 25), date(2026, 11, 25)) == [meeting]
    meeting.refresh_from_db()
    assert meeting.attention == Booking.Attention.OUTSIDE_HOURS

    assert availability.come_back(lead.user, lead.busy.get().pk) == []
    meeting.refresh_from_db()
    assert meeting.attention == ""


def test_a_mark_stays_while_another_is_outside_their_hours(
    meeting: Booking, lead: InterviewerProfile, manager: InterviewerProfile
) -> None:
    meeting.assignments.create(interviewer=manager, during=(meeting.start_at, meeting.end_at))
    for profile in (lead, manager):
        availability.change_week(profile.user, {0: [MORNING]})

    availability.change_week(lead.user, availability.OFFICE_HOURS)

    meeting.refresh_from_db()
    assert meeting.attention == Booking.Attention.OUTSIDE_HOURS


def test_recruiters_and_admins_keep_others_hours(
    friday: object, job: object, ada: User, grace: User, katherine: User, alan: User, signed_in: SignedIn
) -> None:
    for user in (ada, grace):
        browser = signed_in(user)
        assert "Nobody can book Alan yet" in page(browser, alan.pk)
        assert reverse("reviewer:availability:person", args=[alan.pk]) in page(browser)
        assert post(browser, "office-hours", alan.pk) == ["Saved."]
        availability.change_week(alan, {})

    for user in (katherine, alan):
        assert "Hours of others" not in page(signed_in(user))


def test_others_hours_are_nobody_elses_business(
    friday: object, job: object, grace: User, katherine: User, signed_in: SignedIn
) -> None:
    browser = signed_in(katherine)

    assert browser.get(reverse("reviewer:availability:person", args=[grace.pk])).status_code == 404
    assert browser.post(reverse("reviewer:availability:office-hours", args=[grace.pk])).status_code == 404
    assert week_of(grace) == []
