"""A candidate's way in and the page they come back to."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from hiring.accounts.models import Company, User
from hiring.mail import reading
from hiring.mail.models import Message
from hiring.pipeline import links
from hiring.pipeline.models import Application, CandidateDevice, CandidateLink, Event
from hiring.rubrics.models import QuestionSetVersion
from interviews import operations
from interviews.models import Interview
from tests import factories


def address(interview: Interview) -> str:
    return f"/c/{links.secret_of(interview.link)}/"


def counts() -> dict[str, int]:
    return {
        model.__name__: model.objects.count()
        for model in (CandidateDevice, CandidateLink, Event, Interview, Message, Application)
    }


def test_the_link_in_the_mail_opens_the_page(application: Application, grace: User, client: Client) -> None:
    operations.invite(application, by=grace)
    text = reading.text_with_link(Message.objects.get())

    path = text[text.index("/c/") :].split()[0]

    assert client.get(path).status_code == 200


def test_a_scanner_changes_nothing(interview: Interview, client: Client) -> None:
    before = counts(), CandidateLink.objects.values().get()

    for agent in ("Safelinks", "curl/8", "Mozilla/5.0", "Barracuda", "GoogleImageProxy"):
        for _ in range(5):
            assert client.get(address(interview), headers={"user-agent": agent}).status_code == 200
            assert client.head(address(interview), headers={"user-agent": agent}).status_code == 200

    assert (counts(), CandidateLink.objects.values().get()) == before
    assert settings.CANDIDATE_COOKIE not in client.cookies


def test_pressing_the_button_lets_the_browser_in(interview: Interview, client: Client) -> None:
    answer = client.post(address(interview), headers={"user-agent": "Mozilla/5.0 (Android 15) Firefox/140.0"})

    assert (answer.status_code, answer["Location"]) == (302, "/c/")
    assert answer.cookies[settings.CANDIDATE_COOKIE]["httponly"]
    assert answer.cookies[settings.CANDIDATE_COOKIE]["samesite"] == "Lax"
    assert CandidateDevice.objects.get().label == "Firefox on Android"
    assert [event.verb for event in Event.objects.all()] == ["link_entered"]
    assert client.get("/c/").status_code == 200


def test_nobody_is_told_that_something_will_start_once_it_ended(interview: Interview, client: Client) -> None:
    Application.objects.update(outcome="rejected", closed_at=timezone.now())

    page = client.get(address(interview)).content.decode()

    assert "Here you read how your application ended" in page
    assert "Nothing starts yet" not in page


def test_a_link_is_not_used_up(interview: Interview, client: Client) -> None:
    client.post(address(interview))
    client.post(address(interview))
    Client().post(address(interview))

    assert CandidateDevice.objects.count() == 2  # one for each browser
    assert Event.objects.count() == 1


def test_the_button_needs_the_forms_token(interview: Interview) -> None:
    assert Client(enforce_csrf_checks=True).post(address(interview)).status_code == 403


def test_the_browsers_zone_is_used_from_then_on(interview: Interview, client: Client) -> None:
    client.post(address(interview), {"zone": "Pacific/Auckland"})

    assert b"(Auckland time)" in client.get("/c/").content


@pytest.mark.parametrize(
    "zone", ["", "Mars/Olympus", "\x00", "\ud800".encode("utf-8", "surrogatepass"), "x" * 1_000_000]
)
def test_a_zone_nobody_knows_is_passed_over(interview: Interview, client: Client, zone: str) -> None:
    assert client.post(address(interview), {"zone": zone}).status_code == 302
    assert b"(Paris time)" in client.get("/c/").content


@pytest.mark.parametrize("token", ["x", "interviews", "A" * 43, "A" * 2000, "%00", "%ED%A0%80", "%2e%2e", "ünï"])
def test_an_unknown_link_says_what_to_do(company: Company, client: Client, token: str) -> None:
    answer = client.get(f"/c/{token}/")

    assert answer.status_code == 404
    assert "We don’t know this link" in answer.content.decode()
    assert "people@northwind.test" in answer.content.decode()


def test_an_expired_link_offers_a_new_one(interview: Interview, client: Client) -> None:
    CandidateLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    page = client.get(address(interview))
    assert (page.status_code, "This link has run out" in page.content.decode()) == (404, True)

    sent = client.post(f"{address(interview)}new-link/")

    assert sent.status_code == 200
    message = Message.objects.get()
    assert (message.kind, message.to_email) == ("new_link", "joan.clarke@example.test")
    interview.refresh_from_db()
    assert client.post(address(Interview.objects.select_related("link").get())).status_code == 302
    assert message.link == interview.link_id


def test_a_revoked_link_opens_nothing_and_says_so(interview: Interview, joan: Client, grace: User) -> None:
    links.revoke(interview.link, by=grace)

    for answer in (joan.get(address(interview)), joan.post(address(interview))):
        assert (answer.status_code, "This link has been ended" in answer.content.decode()) == (404, True)
    assert joan.get("/c/").status_code == 401
    assert CandidateDevice.objects.count() == 1


def test_asking_for_new_links_again_and_again_sends_one(interview: Interview, client: Client) -> None:
    CandidateLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    for _ in range(5):
        client.post(f"{address(interview)}new-link/")

    assert Message.objects.count() == 1


def test_a_living_link_is_not_renewed(interview: Interview, client: Client) -> None:
    answer = client.post(f"{address(interview)}new-link/")

    assert (answer.status_code, answer["Location"], Message.objects.count()) == (302, address(interview), 0)


def test_nobody_gets_a_new_link_for_a_closed_application(interview: Interview, client: Client) -> None:
    CandidateLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    Application.objects.update(outcome="rejected", closed_at=timezone.now())

    answer = client.post(f"{address(interview)}new-link/")

    assert (answer.status_code, Message.objects.count()) == (404, 0)


def test_an_unknown_link_renews_nothing(company: Company, client: Client) -> None:
    assert client.post(f"/c/{'A' * 43}/new-link/").status_code == 404


def test_a_submitted_interviews_link_still_opens_the_status(application: Application, client: Client) -> None:
    interview = factories.submitted(application, QuestionSetVersion.objects.get())

    assert client.get(address(interview)).status_code == 200
    client.post(address(interview))

    assert "Your answers are in" in client.get("/c/").content.decode()


def test_nobody_without_a_device_gets_in(company: Company, client: Client, grace: User) -> None:
    assert client.get("/c/").status_code == 401
    client.force_login(grace)
    answer = client.get("/c/")

    assert (answer.status_code, "Please use your link again" in answer.content.decode()) == (401, True)


def test_the_page_says_what_is_next_and_until_when(interview: Interview, joan: Client) -> None:
    page = joan.get("/c/").content.decode()

    assert "Record your interview" in page
    assert "2 questions, whenever it suits you" in page
    assert f"/c/interviews/{interview.pk}/" in page
    assert "(Paris time)" in page


def test_the_page_follows_the_recording(interview: Interview, joan: Client) -> None:
    first, second = interview.answers.all()
    operations.consent(interview, by=interview.application.candidate, locale="en")
    factories.playable(first)
    assert "1 of 2 answers are recorded" in joan.get("/c/").content.decode()

    factories.playable(second)
    assert "Everything is recorded: send your answers" in joan.get("/c/").content.decode()

    operations.submit(interview, by=interview.application.candidate)
    page = joan.get("/c/").content.decode()
    assert "Your answers are in" in page
    assert "You hear from us by" in page


def test_the_page_after_the_time_is_over(interview: Interview, joan: Client) -> None:
    Interview.objects.update(deadline_at=timezone.now() - timedelta(hours=25))

    assert "The time for your interview is over" in joan.get("/c/").content.decode()


def test_the_page_when_recording_is_over_and_sending_is_not(interview: Interview, joan: Client) -> None:
    with time_machine.travel(interview.deadline_at + timedelta(hours=2)):
        empty_handed = joan.get("/c/").content.decode()
        factories.playable(interview.answers.all()[0])
        halfway = joan.get("/c/").content.decode()

    assert "The time to record is over" in empty_handed
    assert "If you need longer, write to us" in empty_handed
    assert "What you recorded is kept." in halfway
    assert "See your answers" in halfway
    for page in (empty_handed, halfway):
        assert "Give me three more days" in page
        assert "Open until" not in page


def test_the_page_of_a_closed_application(interview: Interview, joan: Client) -> None:
    Application.objects.update(outcome="withdrawn", closed_at=timezone.now())

    assert "You have withdrawn your application" in joan.get("/c/").content.decode()


def test_the_page_of_somebody_not_invited_to_anything(application: Application) -> None:
    client = Client()
    link = links.issue(application, expires_at=timezone.now() + timedelta(days=1))
    client.post(f"/c/{links.secret_of(link)}/")

    assert "Your application is with us" in client.get("/c/").content.decode()


def test_no_path_of_a_candidate_is_told_to_others_and_nothing_is_stored(interview: Interview, client: Client) -> None:
    answer = client.get(address(interview))

    assert answer["Referrer-Policy"] == "strict-origin"
    assert "no-store" in answer["Cache-Control"]
    assert "camera=()" in answer["Permissions-Policy"]
