"""A candidate's pages in a real browser: the button lets them in, nothing is blocked, everything can be read."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from hiring.accounts.models import User
from hiring.pipeline import links
from hiring.pipeline.models import CandidateLink, Job
from interviews import operations
from interviews.models import Consent, Interview
from tests import factories
from tests.journeys import crawl, doors

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def troubles(page: Page) -> list[str]:
    """What the console says: blocked by the policy, missing, thrown."""
    heard: list[str] = []
    page.on("console", lambda line: heard.append(f"{page.url}: {line.text}") if line.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(f"{page.url}: {error}"))
    return heard


@pytest.fixture
def recorded(interview: Interview) -> Interview:
    """Everything answered and agreed to, nothing sent."""
    operations.consent(interview, by=interview.application.candidate, locale="en")
    for answer in interview.answers.all():
        factories.playable(answer, claimed_seconds=61.2, seconds=61.0)
    return interview


def link_of(interview: Interview, live_server: LiveServer) -> str:
    return f"{live_server.url}/c/{links.secret_of(interview.link)}/"


def test_from_the_mail_to_the_agreement(interview: Interview, live_server: LiveServer, browser: Browser) -> None:
    page = browser.new_context(timezone_id="Pacific/Auckland", viewport=crawl.PHONE).new_page()

    page.goto(link_of(interview, live_server))
    page.get_by_role("button", name="Begin").click()
    expect(page).to_have_url(f"{live_server.url}/c/")
    expect(page.get_by_text("(Auckland time)")).to_be_visible()
    page.get_by_role("link", name="See what to expect").click()
    page.get_by_role("link", name="Next").click()
    page.get_by_role("button", name="Agree and go on").click()
    expect(page.get_by_role("link", name="I have read this and agree to be recorded")).to_be_visible()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Agree and go on").click()
    expect(page.get_by_role("heading", name="What happens with your recordings")).to_have_count(0)

    assert Consent.objects.count() == 1
    assert page.evaluate("document.referrer") in {"", f"{live_server.url}/"}
    page.context.close()


def test_without_javascript_and_four_times_as_large(
    recorded: Interview, live_server: LiveServer, browser: Browser
) -> None:
    quarter = ViewportSize(width=320, height=256)  # what 1280 by 1024 leaves at 400 %
    page = browser.new_context(java_script_enabled=False, viewport=quarter).new_page()

    page.goto(link_of(recorded, live_server))
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("link", name="Look over and send").click()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", name="Thank you. Your answers arrived.")).to_be_visible()
    page.get_by_role("link", name="See how it stands").click()
    expect(page.get_by_text("You hear from us by")).to_be_visible()

    assert Interview.objects.get().status == "submitted"
    page.context.close()


@pytest.mark.axe
def test_every_page_before_recording(
    interview: Interview, joan: Client, live_server: LiveServer, page: Page, troubles: list[str]
) -> None:
    secret = links.secret_of(interview.link)
    doors.lend(joan, page, live_server.url)

    routes = walk(page, live_server, troubles, f"/c/{secret}/", "/c/", f"/c/interviews/{interview.pk}/", "/verify/")

    assert troubles == []
    assert {"candidate:enter", "candidate:home", "candidate:interviews:consent", "verify-form"} <= routes


@pytest.mark.axe
def test_the_overview_of_answers_in_every_standing(
    job: Job, ada: User, live_server: LiveServer, page: Page, troubles: list[str]
) -> None:
    states = ("playable", "received", "recording", "failed", "")
    questions = [(f"Tell us about a time when something was {state or 'missing'}.", "Motivation") for state in states]
    interview = factories.interview(
        factories.application(job, "Joan Clarke"), factories.published("All", *questions, by=ada), consented=True
    )
    why = {"failure": "input", "failure_text": "no picture"}
    for answer, state in zip(interview.answers.all(), states, strict=True):
        if state == "playable":
            factories.playable(answer)
        elif state:
            factories.take(answer, state=state, **(why if state == "failed" else {}))
    joan = Client()
    joan.cookies[settings.CANDIDATE_COOKIE] = links.enter(interview.link, label="Firefox").secret
    doors.lend(joan, page, live_server.url)

    page.goto(f"{live_server.url}/c/interviews/{interview.pk}/review/")

    assert crawl.complaints(page) + troubles == []


@pytest.mark.axe
def test_every_page_after_sending(
    recorded: Interview, joan: Client, live_server: LiveServer, page: Page, troubles: list[str]
) -> None:
    doors.lend(joan, page, live_server.url)
    code = operations.submit(recorded, by=recorded.application.candidate).receipt

    routes = walk(page, live_server, troubles, "/c/", f"/verify/{code}/")

    assert troubles == []
    assert {"candidate:interviews:receipt", "verify"} <= routes


@pytest.mark.axe
@pytest.mark.parametrize("reason", ["unknown", "expired", "revoked", "signed out"])
def test_every_dead_end_has_a_way_out(
    interview: Interview, live_server: LiveServer, page: Page, grace: User, reason: str
) -> None:
    if reason == "expired":
        CandidateLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    elif reason == "revoked":
        links.revoke(interview.link, by=grace)
    secret = "x" if reason == "unknown" else links.secret_of(interview.link)

    page.goto(f"{live_server.url}/c/" if reason == "signed out" else f"{live_server.url}/c/{secret}/")

    assert crawl.complaints(page) == []
    expect(page.get_by_role("main").get_by_role("link", name="people@northwind.test")).to_be_visible()


def walk(page: Page, live_server: LiveServer, troubles: list[str], *starts: str) -> set[str]:
    """The routes that were opened; what is wrong with them goes to ``troubles``."""
    routes = set()
    for route in crawl.reachable(page, live_server.url, *starts):
        routes.add(route)
        troubles += [f"{route}: {complaint}" for complaint in crawl.complaints(page)]
    return routes
