"""The browsers a candidate is signed in with: listed, and signed out."""

import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from hiring.accounts.models import User
from hiring.pipeline import links
from hiring.pipeline.models import CandidateDevice, Event
from interviews.models import Interview
from tests import factories


def browser_of(interview: Interview, label: str) -> Client:
    client = Client()
    client.cookies[settings.CANDIDATE_COOKIE] = links.enter(interview.link, label=label).secret
    return client


def page(client: Client) -> str:
    answer = client.get("/c/devices/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def removal(label: str) -> str:
    return f"/c/devices/{CandidateDevice.objects.get(label=label).pk}/removal/"


@pytest.fixture
def phone(joan: Client, interview: Interview) -> Client:
    """Joan's other device; ``joan`` is a Firefox on Android."""
    return browser_of(interview, "Safari on iPhone")


def test_this_device_comes_first_and_says_so(joan: Client, phone: Client, interview: Interview) -> None:
    words = page(joan)

    assert words.index("Firefox on Android") < words.index("This device") < words.index("Safari on iPhone")
    assert words.count("This device") == 1
    assert "(Paris time)" in words
    assert "/c/devices/" in joan.get("/c/").content.decode()


def test_signing_out_another_device_ends_its_cookie_alone(joan: Client, phone: Client) -> None:
    answer = joan.post(removal("Safari on iPhone"), follow=True)

    assert "Safari on iPhone is signed out." in answer.content.decode()
    assert phone.get("/c/").status_code == 401
    assert joan.get("/c/").status_code == 200
    assert "<h2>Safari on iPhone</h2>" not in page(joan)
    event = Event.objects.get(verb="device_signed_out")
    assert (event.actor_kind, event.details) == ("candidate", {"devices": 1})


def test_signing_out_here_takes_the_cookie_and_leaves_the_link(joan: Client, interview: Interview) -> None:
    answer = joan.post(removal("Firefox on Android"))

    assert (answer.status_code, answer["Location"]) == (302, "/c/")
    assert answer.cookies[settings.CANDIDATE_COOKIE].value == ""
    assert joan.get("/c/").status_code == 401
    assert joan.post(f"/c/{links.secret_of(interview.link)}/").status_code == 302
    assert joan.get("/c/").status_code == 200


def test_all_others_at_once(joan: Client, phone: Client, interview: Interview) -> None:
    laptop = browser_of(interview, "Edge on Windows")
    assert "Sign out all other devices" in page(joan)

    answer = joan.post("/c/devices/removal/", follow=True)

    assert "2 other devices are signed out." in answer.content.decode()
    assert [client.get("/c/").status_code for client in (joan, phone, laptop)] == [200, 401, 401]
    assert Event.objects.get(verb="device_signed_out").details == {"devices": 2}


def test_with_no_other_device_nothing_happens(joan: Client) -> None:
    answer = joan.post("/c/devices/removal/", follow=True)

    assert "No other device was signed in." in answer.content.decode()
    assert not Event.objects.filter(verb="device_signed_out").exists()


def test_a_device_signed_out_already_is_not_there(joan: Client, phone: Client) -> None:
    address = removal("Safari on iPhone")
    joan.post(address)

    assert joan.post(address).status_code == 404
    assert Event.objects.filter(verb="device_signed_out").count() == 1


def test_another_candidates_device_is_not_there(joan: Client, interview: Interview) -> None:
    stranger = factories.interview(factories.application(interview.application.job, "Mary Shelley"), interview.version)
    theirs = browser_of(stranger, "Chrome on Mac")

    assert joan.post(removal("Chrome on Mac")).status_code == 404
    joan.post("/c/devices/removal/")

    assert theirs.get("/c/").status_code == 200
    assert "Chrome on Mac" not in page(joan)
    assert "Firefox on Android" not in page(theirs)


def test_what_ended_with_its_link_is_not_listed(joan: Client, interview: Interview, grace: User) -> None:
    CandidateDevice.objects.update(label="From the old link")
    links.revoke(interview.link, by=grace)
    newer = links.issue(interview.application, expires_at=timezone.now() + timedelta(days=1))
    Interview.objects.update(link=newer)
    interview.refresh_from_db()

    assert "From the old link" not in page(browser_of(interview, "Safari on iPhone"))


def test_the_last_time_is_known_to_a_few_minutes(joan: Client, phone: Client) -> None:
    a_while_ago = timezone.now() - timedelta(hours=3)
    CandidateDevice.objects.update(seen_at=a_while_ago)

    joan.get("/c/")
    seen = CandidateDevice.objects.get(label="Firefox on Android").seen_at
    joan.get("/c/")

    assert seen > a_while_ago
    assert CandidateDevice.objects.get(label="Firefox on Android").seen_at == seen
    assert CandidateDevice.objects.get(label="Safari on iPhone").seen_at == a_while_ago


def test_a_name_from_a_browsers_header_is_shown_as_text(interview: Interview) -> None:
    client = browser_of(interview, "<script>alert(1)</script>")

    assert "&lt;script&gt;alert(1)" in page(client)


@pytest.mark.parametrize("path", ["devices/", "devices/removal/"])
def test_nobody_without_a_device_gets_there(company: object, path: str) -> None:
    client = Client()

    assert {client.get(f"/c/{path}").status_code, client.post(f"/c/{path}").status_code} <= {401, 405}


def test_signing_out_needs_the_forms_token(joan: Client, phone: Client) -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = joan.cookies

    assert careful.post(removal("Safari on iPhone")).status_code == 403
    assert phone.get("/c/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_devices_that_sign_each_other_out_at_once(joan: Client, phone: Client) -> None:
    barrier = threading.Barrier(2)

    def press(client: Client) -> None:
        barrier.wait()
        client.post("/c/devices/removal/")
        connection.close()

    presses = [threading.Thread(target=press, args=[client]) for client in (joan, phone)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()

    ended = CandidateDevice.objects.filter(revoked_at__isnull=False).count()
    assert ended in {1, 2}
    assert sum(event.details["devices"] for event in Event.objects.filter(verb="device_signed_out")) == ended
