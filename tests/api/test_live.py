"""Live rounds by program: rounds, free times, bookings. It is Friday noon; Grace and Katherine meet Joan together."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client

from hiring.accounts.models import User
from hiring.api import operations as keys
from hiring.mail.models import Message
from hiring.pipeline.models import Application, Job
from hiring.pipeline.models import Event as History
from scheduling.models import Booking, LiveRound, Offer
from tests.live_cast import CANDIDATE_PHONE, TEAM_PHONE, live_round, utc

pytestmark = pytest.mark.django_db

Call = Callable[..., Any]
TEN, ELEVEN = utc(24, 10), utc(24, 11)  # Tuesday
SAID = {"start": "2026-11-24T10:00:00Z", "phone": CANDIDATE_PHONE}


def book(offer: Offer) -> str:
    return f"applications/{offer.application_id}/bookings/"


def test_the_rounds_of_a_job_tell_who_may_come(
    api: Call, live: LiveRound, job: Job, grace: User, katherine: User
) -> None:
    second = live_round(job, [live.seats.all()[0].pool.get()], minutes=30)

    listed = api(grace, "GET", f"jobs/{job.pk}/live-rounds/").json()

    assert [found["id"] for found in listed] == [str(live.pk), str(second.pk)]
    assert api(katherine, "GET", f"live-rounds/{live.pk}/").json() == listed[0]
    assert listed[0]["job"] == str(job.pk)
    assert listed[0]["stage"]["kind"] == "live"
    assert (listed[0]["minutes"], listed[0]["zone"], listed[0]["team_phone"]) == (45, "Europe/London", TEAM_PHONE)
    assert listed[0]["seats"] == [
        {"position": 1, "role": "lead", "people": [{"id": str(grace.pk), "name": "Grace"}]},
        {"position": 2, "role": "lead", "people": [{"id": str(katherine.pk), "name": "Katherine"}]},
    ]


def test_who_cannot_sign_in_is_in_no_seat(api: Call, live: LiveRound, grace: User, katherine: User) -> None:
    User.objects.filter(pk=katherine.pk).update(is_active=False)

    assert api(grace, "GET", f"live-rounds/{live.pk}/").json()["seats"][1]["people"] == []


@pytest.mark.parametrize("who", ["alan", "outsider"])
def test_who_oversees_nothing_sees_no_round_and_no_times(
    request: pytest.FixtureRequest, api: Call, offered: Offer, live: LiveRound, job: Job, who: str
) -> None:
    user, application = request.getfixturevalue(who), offered.application_id

    for path in (f"jobs/{job.pk}/live-rounds/", f"live-rounds/{live.pk}/"):
        assert api(user, "GET", path).status_code == 404
    for path in (f"applications/{application}/offer/", f"applications/{application}/slots/"):
        assert api(user, "GET", path).status_code == 404
    assert api(user, "POST", book(offered), SAID).status_code == 404
    assert not Booking.objects.exists()


def test_the_free_times_are_in_utc_with_both_zones(api: Call, offered: Offer, live: LiveRound, grace: User) -> None:
    path = f"applications/{offered.application_id}/slots/"

    found = api(grace, "GET", f"{path}?from=2026-11-24T10:00:00Z&to=2026-11-24T11:00:00Z").json()
    everything = api(grace, "GET", path).json()

    assert found == {
        "from": "2026-11-24T10:00:00Z",
        "to": "2026-11-24T11:00:00Z",
        "round": str(live.pk),
        "minutes": 45,
        "zone": "Europe/London",
        "candidate_zone": "Europe/Paris",
        "starts": [f"2026-11-24T10:{minute:02}:00Z" for minute in (0, 15, 30, 45)],
    }
    assert (everything["starts"][0], everything["starts"][-1]) == ("2026-11-23T09:00:00Z", "2026-12-04T11:45:00Z")
    assert (everything["from"], everything["to"]) == ("2026-11-20T12:00:00Z", "2026-12-04T12:00:00Z")


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=soon", "from"),
        ("from=2026-11-24T10:00:00", "from"),
        ("from=2026-11-24", "from"),
        ("to=%00", "to"),
        ("from=9999-12-31T23:59:59Z", "from"),
        ("from=0001-01-01T00:00:00%2B14:00", "from"),
        ("to=2026-11-20T12:00:00Z", "to"),
        ("to=2026-12-22T12:00:01Z", "to"),
        ("from=2026-11-25T00:00:00Z&to=2026-11-24T00:00:00Z", "to"),
    ],
)
def test_a_window_that_is_none_is_named(api: Call, offered: Offer, grace: User, query: str, field: str) -> None:
    answer = api(grace, "GET", f"applications/{offered.application_id}/slots/?{query}")

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])


def test_without_an_offer_there_are_no_times(api: Call, application: Application, live: LiveRound, grace: User) -> None:
    for path in ("offer", "slots"):
        assert api(grace, "GET", f"applications/{application.pk}/{path}/").status_code == 404
    assert api(grace, "POST", f"applications/{application.pk}/bookings/", SAID).status_code == 404


def test_an_offer_is_made_read_and_mailed(api: Call, offered: Offer, grace: User) -> None:
    path = f"applications/{offered.application_id}/offer/"

    made = api(grace, "POST", path, {"note": "Your drawing made us curious."})

    assert made.status_code == 201
    assert made.json()["note"] == "Your drawing made us curious."
    assert api(grace, "GET", path).json() == made.json()
    assert made.json()["id"] != str(offered.pk)
    assert "Your drawing made us curious." in Message.objects.get(kind="booking_offer").text


@pytest.mark.parametrize(("said", "status"), [({}, 400), ({"note": " "}, 400), ({"note": "x", "days": 3}, 400)])
def test_an_offer_says_why(api: Call, offered: Offer, grace: User, said: Any, status: int) -> None:
    assert api(grace, "POST", f"applications/{offered.application_id}/offer/", said).status_code == status


def test_an_offer_outside_a_live_round_is_a_409(
    api: Call, application: Application, live: LiveRound, grace: User
) -> None:
    answer = api(grace, "POST", f"applications/{application.pk}/offer/", {"note": "Come"})

    assert (answer.status_code, answer.json()["code"]) == (409, "not_in_live_round")


def test_what_is_listed_can_be_booked(api: Call, offered: Offer, live: LiveRound, grace: User, katherine: User) -> None:
    start = api(grace, "GET", f"applications/{offered.application_id}/slots/").json()["starts"][0]

    booked = api(katherine, "POST", book(offered), {"start": start, "phone": "+351 912 344 417"})

    said = booked.json()
    assert booked.status_code == 201
    assert (said["start_at"], said["end_at"], said["state"]) == (start, "2026-11-23T09:45:00Z", "confirmed")
    assert (said["candidate"], said["round"]) == ("Joan Clarke", str(live.pk))
    assert [person["name"] for person in said["people"]] == ["Grace", "Katherine"]
    assert (said["candidate_phone"], said["team_phone"]) == (CANDIDATE_PHONE, TEAM_PHONE)
    assert said["meeting_url"].startswith("https://meet.example.test/")
    assert api(grace, "GET", f"bookings/{said['id']}/").json() == said
    assert History.objects.get(verb="booking_confirmed").actor_id == katherine.pk
    assert Message.objects.filter(to_email="joan.clarke@example.test").exists()


def test_of_two_the_second_hears_which_times_are_free(api: Call, booking: Booking, rival: Offer, grace: User) -> None:
    answer = api(grace, "POST", book(rival), SAID)

    said = answer.json()
    assert (answer.status_code, said["code"]) == (409, "slot_taken")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "2026-11-24T10:45:00Z" in said["times"]
    assert "2026-11-24T10:00:00Z" not in said["times"]
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (SAID | {"start": "2026-11-24T18:00:00Z"}, "not_offered"),  # outside hours
        (SAID | {"start": "2026-11-19T10:00:00Z"}, "not_offered"),  # past
        (SAID | {"start": "2026-11-20T15:00:00Z"}, "not_offered"),  # within the notice
        (SAID | {"start": "2026-11-24T10:07:00Z"}, "not_offered"),  # off the grid
        (SAID | {"start": "2027-11-24T10:00:00Z"}, "not_offered"),  # beyond the horizon
        (SAID | {"phone": "12"}, "phone_needed"),
        (SAID | {"phone": "call me"}, "phone_needed"),
    ],
)
def test_what_could_never_be_booked_is_a_422(api: Call, offered: Offer, grace: User, said: Any, code: str) -> None:
    answer = api(grace, "POST", book(offered), said)

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["detail"]
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"phone": CANDIDATE_PHONE}, "start"),
        ({"start": SAID["start"]}, "phone"),
        (SAID | {"phone": ""}, "phone"),
        (SAID | {"phone": "+351\0"}, "phone"),
        (SAID | {"phone": "1" * 41}, "phone"),
        (SAID | {"start": "tomorrow"}, "start"),
        (SAID | {"start": 7}, "start"),
        (SAID | {"start": None}, "start"),
        (SAID | {"start": "2026-11-24T10:00:00"}, "start"),
        (SAID | {"start": "9999-12-31T23:59:59-14:00"}, "start"),
        (SAID | {"start": "0001-01-01T00:00:00Z"}, "start"),
        (SAID | {"interviewer": "Grace"}, "interviewer"),
    ],
)
def test_a_bad_field_is_named(api: Call, offered: Offer, grace: User, said: Any, field: str) -> None:
    answer = api(grace, "POST", book(offered), said)

    assert (answer.status_code, list(answer.json()["errors"])) == (400, [field])
    assert not Booking.objects.exists()


def test_who_has_booked_is_told_which(api: Call, booking: Booking, grace: User) -> None:
    again = api(grace, "POST", book(booking.offer), SAID | {"start": "2026-11-24T11:00:00Z"})
    slots = api(grace, "GET", f"applications/{booking.application.pk}/slots/")

    for answer in (again, slots):
        assert (answer.status_code, answer.json()["code"]) == (409, "already_booked")
        assert answer.json()["booking"] == str(booking.pk)


def test_after_the_offer_is_over_there_is_nothing_to_choose(
    api: Call, offered: Offer, grace: User, friday: time_machine.Traveller
) -> None:
    friday.shift(timedelta(days=31))

    for answer in (
        api(grace, "GET", f"applications/{offered.application_id}/slots/"),
        api(grace, "POST", book(offered), SAID),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "offer_ended")


def test_the_same_key_books_once(client: Client, offered: Offer, grace: User) -> None:
    token = keys.create_token(grace, name="test")
    headers = {"authorization": f"Bearer {token.secret}", "idempotency-key": "once"}

    answers = [
        client.post(f"/api/v1/{book(offered)}", json.dumps(SAID), content_type="application/json", headers=headers)
        for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert answers[1].headers["Idempotency-Replayed"] == "true"
    assert History.objects.filter(verb="booking_confirmed").count() == 1


def test_a_key_whose_time_was_taken_may_try_another(
    client: Client, booking: Booking, rival: Offer, grace: User
) -> None:
    token = keys.create_token(grace, name="test")
    headers = {"authorization": f"Bearer {token.secret}", "idempotency-key": "once"}

    def send(said: object) -> Any:
        return client.post(f"/api/v1/{book(rival)}", said, content_type="application/json", headers=headers)

    assert send(SAID).status_code == 409
    assert send(SAID | {"start": "2026-11-24T11:00:00Z"}).status_code == 201


@pytest.mark.django_db(transaction=True)
def test_a_row_others_hold_too_long_is_a_409_and_no_fault(client: Client, offered: Offer, grace: User) -> None:
    token = keys.create_token(grace, name="test")
    headers = {"authorization": f"Bearer {token.secret}", "idempotency-key": "k"}
    held, done = Event(), Event()

    def hold() -> None:
        with transaction.atomic():
            Application.objects.select_for_update().get(pk=offered.application_id)
            held.set()
            done.wait(20)
        connection.close()

    with ThreadPoolExecutor(1) as others:
        others.submit(hold)
        held.wait(20)
        answer = client.post(f"/api/v1/{book(offered)}", SAID, content_type="application/json", headers=headers)
        done.set()

    assert (answer.status_code, answer.json()["code"]) == (409, "too_busy")
    assert answer.headers["Retry-After"] == "1"
    assert (
        client.post(f"/api/v1/{book(offered)}", SAID, content_type="application/json", headers=headers).status_code
        == 201
    )
