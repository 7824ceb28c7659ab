"""The team's pages: what a round is, who comes, and what to do when it does not take place."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from hiring.accounts.models import User
from hiring.mail.models import Message
from hiring.pipeline.models import Application, Job
from hiring.portals import todo
from scheduling import availability, operations, queries, rounds, rules
from scheduling.models import Booking, InterviewerProfile, LiveRound, Offer
from scheduling.slots import Window
from tests import factories, live_cast
from tests.live_cast import CANDIDATE_PHONE, TEAM_PHONE, utc

pytestmark = pytest.mark.django_db

TEN = utc(24, 10)
SignIn = Callable[[User], Client]


@pytest.fixture
def booking(offered: Offer) -> Booking:
    return operations.confirm(offered, TEN, phone=CANDIDATE_PHONE, by=offered.application.candidate)


@pytest.fixture
def recruiter(grace: User, signed_in: SignIn) -> Client:
    return signed_in(grace)


def filled(*seats: list[User], **fields: object) -> dict[str, Any]:
    """The form of a round as somebody fills it in."""
    said = {
        "minutes": 60,
        "meeting_url": "https://meet.example.test/{uid}",
        "team_phone": "+351 21 555 0143",
        "grid_zone": "Europe/Lisbon",
        "step_minutes": 30,
        "notice_hours": 12,
        "horizon_days": 10,
        "buffer_before": 5,
        "buffer_after": 5,
        "moves_allowed": 1,
        "cutoff_hours": 6,
    }
    pools = {f"seat_{number}": [user.pk for user in pool] for number, pool in enumerate(seats, start=1)}
    return {**said, **pools, **fields}


def test_a_round_is_set_up_with_people_who_never_said_their_hours(
    recruiter: Client, job: Job, grace: User, alan: User, katherine: User
) -> None:
    stage = live_cast.live_stage(job)

    answer = recruiter.post(f"/review/live/{stage.pk}/", filled([grace], [alan, katherine]), follow=True)

    live = LiveRound.objects.get(stage=stage)
    pools = [{str(profile) for profile in seat.pool.all()} for seat in live.seats.all()]
    assert "Saved." in answer.content.decode()
    assert (live.minutes, live.team_phone, live.grid_zone) == (60, TEAM_PHONE, "Europe/Lisbon")
    assert pools == [{"Grace"}, {"Alan", "Katherine"}]
    assert alan.interviewer_profile.zone == "Europe/Paris"
    assert not alan.interviewer_profile.weekly.exists()
    for name in ("Alan", "Grace", "Katherine"):
        assert f"{name} has not stated their hours yet." in answer.content.decode()


@pytest.fixture
def silent(live: LiveRound, alan: User) -> InterviewerProfile:
    """Alan, who has to sit in the round too and never said when he can."""
    made = live_cast.interviewer(alan, hours=None)
    live.seats.create(position=3).pool.add(made)
    return made


def test_nobody_is_asked_to_choose_among_times_that_cannot_exist(
    application: Application, live: LiveRound, silent: InterviewerProfile, grace: User
) -> None:
    Application.objects.update(stage=live.stage)

    with pytest.raises(rules.RoundNotReady, match="Alan never said when they can be met"):
        operations.offer(application, by=grace, note="Come and talk.")

    assert (Offer.objects.count(), Message.objects.count()) == (0, 0)
    availability.change_week(silent.user, availability.OFFICE_HOURS)
    assert operations.offer(application, by=grace, note="Come and talk.")


def test_one_of_a_seat_is_enough(
    application: Application, live: LiveRound, silent: InterviewerProfile, grace: User
) -> None:
    live.seats.get(position=3).pool.add(live_cast.interviewer(factories.user("Rosa")))
    Application.objects.update(stage=live.stage)

    assert operations.offer(application, by=grace, note="Come and talk.")


def test_a_date_of_ones_own_is_hours_too(live: LiveRound, silent: InterviewerProfile) -> None:
    availability.change_date(silent.user, date(2026, 11, 24), [])
    assert queries.hourless(live) == [silent]

    availability.change_date(silent.user, date(2026, 11, 24), [Window(540, 720)])
    assert queries.hourless(live) == []


def test_they_are_asked_by_mail_once_a_day(
    recruiter: Client, live: LiveRound, silent: InterviewerProfile, settings: Settings
) -> None:
    settings.EMAIL_URL = "smtp://"
    url = f"/review/live/{live.stage_id}/hours-request/"

    first, again = (recruiter.post(url, follow=True).content.decode() for _ in range(2))

    mail = Message.objects.get()
    assert "Asked Alan by mail, with the way to their hours." in first
    assert "Asked today already: Alan. One mail a day is enough." in again
    assert "Asked Alan by mail" not in again
    assert (mail.to_email, mail.reply_to) == ("alan@northwind.test", "grace@northwind.test")
    assert "/review/availability/" in mail.text


def test_the_next_day_they_can_be_asked_again(
    live: LiveRound, silent: InterviewerProfile, grace: User, friday: time_machine.Traveller
) -> None:
    friday.move_to(datetime(2026, 11, 20, 22, 30, tzinfo=UTC))  # 23:30 at the company
    rounds.ask_for_hours(live, by=grace)

    friday.shift(timedelta(hours=1))
    asked = rounds.ask_for_hours(live, by=grace)

    assert (asked.now, asked.earlier, Message.objects.count()) == ([silent], [], 2)


def test_who_was_asked_today_is_told_apart_from_who_is_asked_now(
    recruiter: Client, live: LiveRound, silent: InterviewerProfile, grace: User, settings: Settings
) -> None:
    settings.EMAIL_URL = "smtp://"
    rounds.ask_for_hours(live, by=grace)
    live.seats.get(position=3).pool.add(live_cast.interviewer(factories.user("Rosa"), hours=None))

    page = recruiter.post(f"/review/live/{live.stage_id}/hours-request/", follow=True).content.decode()

    assert "Asked Rosa by mail, with the way to their hours." in page
    assert "Asked today already: Alan." in page


def test_without_a_mail_server_whoever_asked_passes_it_on(
    recruiter: Client, live: LiveRound, silent: InterviewerProfile, signed_in: SignIn, katherine: User, outsider: User
) -> None:
    page = recruiter.post(f"/review/live/{live.stage_id}/hours-request/", follow=True).content.decode()

    where = f"/review/messages/{Message.objects.get().pk}/"
    assert "There is no mail server, so nothing leaves by itself: pass on the mail to Alan below." in page
    assert "Asked Alan by mail" not in page
    assert where in page
    assert "/review/availability/" in recruiter.get(where).content.decode()
    assert [signed_in(other).get(where).status_code for other in (katherine, outsider)] == [404, 404]


def test_where_everybody_said_nobody_is_asked(recruiter: Client, live: LiveRound) -> None:
    page = recruiter.post(f"/review/live/{live.stage_id}/hours-request/", follow=True).content.decode()

    assert "Everybody in this round has stated their hours." in page
    assert not Message.objects.exists()


def test_today_says_whose_hours_are_missing(
    recruiter: Client, silent: InterviewerProfile, signed_in: SignIn, katherine: User
) -> None:
    assert "Alan has not stated their hours yet" in recruiter.get("/review/").content.decode()
    assert "You have not stated your hours yet" in signed_in(silent.user).get("/review/").content.decode()
    assert "stated their hours" not in signed_in(katherine).get("/review/").content.decode()


def test_fewer_seats_leave_no_empty_chair(recruiter: Client, live: LiveRound, grace: User) -> None:
    recruiter.post(f"/review/live/{live.stage_id}/", filled([grace]))

    assert live.seats.count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"meeting_url": "http://meet.example.test"}, "an address that begins with https://"),
        ({"meeting_url": "https://["}, "an address that begins with https://"),
        ({"meeting_url": "https://meet.example.test/a b"}, "an address that begins with https://"),
        ({"team_phone": "12"}, "a phone number we can call"),
        ({"minutes": 5}, "greater than or equal to 15"),
        ({"grid_zone": "Mars/X"}, "Select a valid choice"),
        ({"seat_1": []}, "Tick at least one person"),
    ],
)
def test_a_round_that_could_not_work_is_not_saved(
    recruiter: Client, live: LiveRound, grace: User, fields: dict[str, object], sentence: str
) -> None:
    answer = recruiter.post(f"/review/live/{live.stage_id}/", filled([grace]) | fields)

    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    live.refresh_from_db()
    assert live.minutes == 45


def test_one_person_cannot_take_two_seats(recruiter: Client, live: LiveRound, grace: User) -> None:
    answer = recruiter.post(f"/review/live/{live.stage_id}/", filled([grace], [grace]))

    assert "Nobody can sit in two seats at once" in answer.content.decode()


def test_the_diary_tells_times_by_ones_own_clock(booking: Booking, recruiter: Client) -> None:
    page = recruiter.get("/review/live/").content.decode()

    assert "Joan Clarke" in page
    assert "Tuesday 24 November 2026, 10:00 – 10:45 (London time, UTC+0)" in page


def test_an_empty_diary_says_what_will_come(outsider: User, signed_in: SignIn) -> None:
    assert "Nobody has booked you yet" in signed_in(outsider).get("/review/live/").content.decode()


def test_a_booking_tells_how_to_reach_the_candidate(booking: Booking, recruiter: Client) -> None:
    page = recruiter.get(f"/review/live/bookings/{booking.pk}/").content.decode()

    for part in ("+351 912 344 417", booking.backup_code, booking.meeting_url):
        assert part in page
    assert "For the candidate: Tuesday 24 November 2026, 11:00 – 11:45 (Paris time, UTC+1)" in page


def test_the_team_calls_it_off(booking: Booking, recruiter: Client) -> None:
    recruiter.post(f"/review/live/bookings/{booking.pk}/cancellation/", {"reason": "Grace is ill"})

    booking.refresh_from_db()
    mail = Message.objects.get(kind="booking_cancelled")
    assert (booking.state, booking.cancel_reason) == ("cancelled_by_team", "Grace is ill")
    assert ("Choose another time" in mail.text, "Grace is ill" in mail.text) == (True, False)


def test_the_team_moves_it_and_that_costs_the_candidate_nothing(booking: Booking, recruiter: Client) -> None:
    url = f"/review/live/bookings/{booking.pk}/new-time/"
    page = recruiter.get(url).content.decode()

    assert "14:00 · 15:00 in Paris (UTC+1)" in page
    chosen = page.split(">14:00 ·")[0].rpartition('value="')[2].split('"')[0]
    recruiter.post(url, {"start": chosen})
    booking.refresh_from_db()
    assert (booking.sequence, booking.candidate_moves, booking.start_at) == (1, 0, datetime.fromisoformat(chosen))


@pytest.mark.parametrize("start", ["", "2026-11-24T10:07:00+00:00", "never"])
def test_the_team_moves_it_to_no_other_time(booking: Booking, recruiter: Client, start: str) -> None:
    answer = recruiter.post(f"/review/live/bookings/{booking.pk}/new-time/", {"start": start})

    assert (answer.status_code, b"errorlist" in answer.content) == (422, True)


@pytest.mark.parametrize(("who", "state"), [("candidate", "no_show_candidate"), ("team", "no_show_team")])
def test_who_did_not_come_is_said(
    booking: Booking, recruiter: Client, friday: time_machine.Traveller, who: str, state: str
) -> None:
    friday.move_to(TEN + timedelta(minutes=10))
    recruiter.post(f"/review/live/bookings/{booking.pk}/absence/", {"who": who})

    booking.refresh_from_db()
    assert booking.state == state


def test_too_early_to_say_it(booking: Booking, recruiter: Client) -> None:
    url = f"/review/live/bookings/{booking.pk}/"
    answer = recruiter.post(
        url + "absence/", {"who": "candidate"}, headers={"referer": f"http://testserver{url}"}, follow=True
    )

    assert "Give them ten minutes" in answer.content.decode()


def test_a_candidate_is_asked_once_more(offered: Offer, recruiter: Client) -> None:
    recruiter.post(f"/review/live/applications/{offered.application_id}/offer/", {"note": "Shall we try again?"})

    assert Offer.objects.get(closed_at=None).note == "Shall we try again?"


def test_the_diary_takes_as_many_queries_for_many(
    booking: Booking,
    lead: InterviewerProfile,
    grace: User,
    friday: object,
    django_assert_num_queries: Any,
    django_assert_max_num_queries: Any,
) -> None:
    def ask() -> None:
        queries.diary(grace, live_cast.FRIDAY)

    with django_assert_max_num_queries(7) as one:
        ask()
    for day in (25, 26, 27):
        row = live_cast.booked(booking.offer, booking.round, utc(day, 10), lead, state=Booking.State.COMPLETED)
        assert row.pk
    with django_assert_num_queries(len(one.captured_queries)):
        ask()


def test_whoever_sits_nowhere_owes_no_hours(alan: User) -> None:
    live_cast.interviewer(alan, hours=None)

    assert "hours" not in [section.key for section in todo.sections(alan)]
