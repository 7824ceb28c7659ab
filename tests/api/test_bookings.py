"""What stands is read, moved, called off and missed by program; who sees which. Joan meets Grace and Katherine."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from hiring.accounts.models import User
from hiring.api import operations as keys
from hiring.mail.models import Message
from hiring.pipeline.models import Job
from scheduling import operations
from scheduling.models import Booking, InterviewerProfile, LiveRound, Offer
from tests import factories, live_cast
from tests.live_cast import CANDIDATE_PHONE, interviewer, live_round, utc

pytestmark = pytest.mark.django_db

Call = Callable[..., Any]
TEN, ELEVEN = utc(24, 10), utc(24, 11)  # Tuesday


def test_a_booking_is_moved_to_a_free_time(api: Call, booking: Booking, grace: User) -> None:
    path = f"bookings/{booking.pk}/"

    free = api(grace, "GET", f"{path}slots/?to=2026-11-24T11:15:00Z").json()["starts"]
    moved = api(grace, "POST", f"{path}new-time/", {"start": "2026-11-24T11:00:00Z"})

    assert "2026-11-24T10:00:00Z" not in free
    assert free[-1] == "2026-11-24T11:00:00Z"
    assert moved.status_code == 200
    assert (moved.json()["start_at"], moved.json()["sequence"]) == ("2026-11-24T11:00:00Z", 1)
    assert moved.json()["candidate_moves"] == 0


def test_a_move_to_a_taken_time_changes_nothing(api: Call, booking: Booking, rival: Offer, grace: User) -> None:
    other = operations.confirm(rival, ELEVEN, phone=CANDIDATE_PHONE, by=rival.application.candidate)

    answer = api(grace, "POST", f"bookings/{other.pk}/new-time/", {"start": "2026-11-24T10:00:00Z"})

    assert (answer.status_code, answer.json()["code"]) == (409, "slot_taken")
    assert "2026-11-24T12:00:00Z" in answer.json()["times"]
    other.refresh_from_db()
    assert other.start_at == ELEVEN


def test_a_booking_is_called_off_once(api: Call, booking: Booking, grace: User) -> None:
    path = f"bookings/{booking.pk}/cancellation/"

    first, second = api(grace, "POST", path, {"reason": "Grace is ill."}), api(grace, "POST", path)

    assert (first.status_code, first.json()["state"]) == (200, "cancelled_by_team")
    assert first.json()["cancel_reason"] == "Grace is ill."
    assert second.json() == first.json()
    for answer in (
        api(grace, "POST", f"bookings/{booking.pk}/new-time/", {"start": "2026-11-24T11:00:00Z"}),
        api(grace, "GET", f"bookings/{booking.pk}/slots/"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "offer_ended")


@pytest.mark.parametrize("said", [{"reason": "a\0b"}, {"reason": "x" * 501}, {"why": "ill"}])
def test_a_reason_nobody_can_keep_is_a_400(api: Call, booking: Booking, grace: User, said: Any) -> None:
    assert api(grace, "POST", f"bookings/{booking.pk}/cancellation/", said).status_code == 400
    booking.refresh_from_db()
    assert booking.state == Booking.State.CONFIRMED


def test_nobody_is_missed_before_ten_minutes(
    api: Call, booking: Booking, grace: User, friday: time_machine.Traveller
) -> None:
    path = f"bookings/{booking.pk}/absence/"
    friday.move_to(TEN + timedelta(minutes=9))

    early = api(grace, "POST", path, {"who": "candidate"})
    friday.move_to(TEN + timedelta(minutes=10))
    nobody, said = api(grace, "POST", path, {"who": "Joan"}), api(grace, "POST", path, {"who": "candidate"})

    assert (early.status_code, early.json()["code"]) == (409, "too_early")
    assert nobody.status_code == 400
    assert (said.status_code, said.json()["state"]) == (200, "no_show_candidate")


def test_if_it_was_us_the_candidate_is_told(
    api: Call, booking: Booking, grace: User, friday: time_machine.Traveller
) -> None:
    friday.move_to(TEN + timedelta(minutes=10))

    assert api(grace, "POST", f"bookings/{booking.pk}/absence/", {"who": "team"}).json()["state"] == "no_show_team"
    assert Message.objects.filter(kind="booking_missed").exists()


def test_an_interviewer_has_their_own_bookings_alone(
    api: Call, booking: Booking, job: Job, alan: User, outsider: User, grace: User
) -> None:
    other = live_round(job, [interviewer(alan)], buffer_before=0, buffer_after=0)
    offer = live_cast.offer(factories.application(job, "Mary Shelley"), other)
    his = operations.confirm(offer, ELEVEN, phone=CANDIDATE_PHONE, by=offer.application.candidate)

    def ids(user: User, query: str = "") -> list[str]:
        return [row["id"] for row in api(user, "GET", f"bookings/{query}").json()["results"]]

    assert ids(alan) == ids(alan, "?interviewer=me") == [str(his.pk)]
    assert ids(outsider) == []
    assert ids(grace) == [str(his.pk), str(booking.pk)]
    assert ids(grace, "?interviewer=me") == [str(booking.pk)]
    for path in ("", "slots/"):
        assert api(alan, "GET", f"bookings/{booking.pk}/{path}").status_code == 404
    for path in ("new-time/", "cancellation/", "absence/"):
        assert api(alan, "POST", f"bookings/{booking.pk}/{path}", {}).status_code == 404
    moved = api(alan, "POST", f"bookings/{his.pk}/new-time/", {"start": "2026-11-24T12:00:00Z"})
    assert moved.json()["start_at"] == "2026-11-24T12:00:00Z"


def test_bookings_are_filtered_and_come_in_pages(
    api: Call, booking: Booking, rival: Offer, live: LiveRound, job: Job, grace: User
) -> None:
    later = operations.confirm(rival, ELEVEN, phone=CANDIDATE_PHONE, by=rival.application.candidate)
    operations.cancel(later, by=grace)
    both = [str(later.pk), str(booking.pk)]

    def ids(query: str) -> list[str]:
        return [row["id"] for row in api(grace, "GET", f"bookings/?{query}").json()["results"]]

    assert ids(f"job={job.pk}") == ids(f"round={live.pk}") == both
    assert ids(f"job={booking.pk}") == []
    assert ids("state=confirmed") == ids("to=2026-11-24T11:00:00Z") == both[1:]
    assert ids("from=2026-11-24T11:00:00Z") == ids(f"application={rival.application_id}") == both[:1]
    first = api(grace, "GET", "bookings/?limit=1").json()
    assert [row["id"] for row in first["results"]] == both[:1]
    older = api(grace, "GET", first["older"].split("/api/v1/")[1]).json()
    assert [row["id"] for row in older["results"]] == both[1:]
    assert older["older"] is None


@pytest.mark.parametrize(
    "query", ["job=1", "round=%00", "interviewer=you", "state=held?", "from=9999-99-99", "to=2026-11-24T10:00:00"]
)
def test_a_filter_nobody_knows_is_a_400(api: Call, grace: User, query: str) -> None:
    assert api(grace, "GET", f"bookings/?{query}").status_code == 400


def test_what_is_only_held_is_no_booking(api: Call, offered: Offer, grace: User) -> None:
    held = operations.hold(offered, TEN, by=offered.application.candidate)

    assert api(grace, "GET", "bookings/").json()["results"] == []
    assert api(grace, "GET", f"bookings/{held.pk}/").status_code == 404


def test_a_list_costs_the_same_however_long(
    api: Call,
    booking: Booking,
    live: LiveRound,
    job: Job,
    grace: User,
    lead: InterviewerProfile,
    manager: InterviewerProfile,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    token = keys.create_token(grace, name="test")
    browser = Client(headers={"authorization": f"Bearer {token.secret}"})
    with django_assert_num_queries(4):  # the token, that it was used, the bookings, their people
        browser.get("/api/v1/bookings/")

    for number in range(20):
        offer = live_cast.offer(factories.application(job, f"Person {number}"), live)
        live_cast.booked(offer, live, utc(25, 9) + timedelta(hours=number), lead, manager)

    with django_assert_num_queries(4):
        assert len(browser.get("/api/v1/bookings/").json()["results"]) == 21
