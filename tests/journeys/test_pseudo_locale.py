"""The pseudo-locale in a real browser: what scripts say, and whether texts a third longer still fit a phone."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from hiring.accounts.models import Company, User
from hiring.pipeline.models import Application
from hiring.rubrics.models import QuestionSetVersion
from interviews import operations, reviewing
from interviews.models import Answer, Interview
from tests.journeys import crawl, doors
from tests.journeys.recorder import candidate
from tests.pseudo import CODE
from tests.spoken import Typed, texts

pytestmark = [
    pytest.mark.journey,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("pseudo"),
]


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "en-XA", "viewport": crawl.PHONE}


BROWSERS_OWN = re.compile(r"\b[AP]M\b|Fake .*Audio Input.*|fake_device_\d+")  # its clock, its microphone and camera


COVERED = """() => {
  const shown = [...document.querySelectorAll(".chip")].filter((chip) => chip.checkVisibility());
  const [one, other] = shown.map((chip) => chip.getBoundingClientRect());
  const across = (side, end) => one[end] > other[side] && other[end] > one[side];
  return Boolean(other) && across("left", "right") && across("top", "bottom");
}"""


def complaints(page: Page, where: str) -> list[str]:
    """What on the open page is readable, and what sticks out of a phone."""
    said = (BROWSERS_OWN.sub("", text) for text in texts(page.content()))
    found = [f"{where}: {text}" for text in Typed().untranslated(said)]
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > crawl.PHONE["width"]:
        found.append(f"{where} is {width} px wide: {page.evaluate(crawl.WIDEST)}")
    return found


def walk(page: Page, base: str, *starts: str) -> tuple[int, list[str]]:
    """How many pages there were, and what is wrong with them."""
    routes, found = 0, []
    for route in crawl.reachable(page, base, *starts):
        routes += 1
        found += complaints(page, route)
    return routes, found


def test_staff(
    page: Page,
    live_server: LiveServer,
    application: Application,
    draft: QuestionSetVersion,
    ada: User,
    alan: User,
    grace: User,
    signed_in: Callable[[User], Client],
) -> None:
    Company.objects.update(locale=CODE)
    reviewing.assign(operations.invite(application, by=grace), alan, by=grace)
    doors.lend(signed_in(ada), page, live_server.url)

    routes, found = walk(page, live_server.url, "/review/", f"/review/question-sets/{draft.question_set_id}/")

    assert found == []
    assert routes > 25


def test_candidates_and_strangers(page: Page, live_server: LiveServer, interview: Interview, joan: Client) -> None:
    operations.consent(interview, by=interview.application.candidate, locale="en")
    doors.lend(joan, page, live_server.url)

    routes, found = walk(page, live_server.url, "/c/", f"/c/interviews/{interview.pk}/", "/verify/", "/accounts/login/")

    assert found == []
    assert routes > 8


def test_the_recorder_in_every_state(page: Page, url_of: Callable[[Answer], str], answers: list[Answer]) -> None:
    page.goto(url_of(answers[0]))
    candidate.state(page, "thinking")
    found = complaints(page, "thinking")
    candidate.press(page, "record")
    candidate.state(page, "recording")
    candidate.speak(page, 1500)
    found += complaints(page, "recording")
    assert not page.evaluate(COVERED)
    page.context.set_offline(True)
    candidate.speak(page, 1500)
    found += complaints(page, "recording offline")
    candidate.press(page, "finish")
    candidate.state(page, "watching")
    found += complaints(page, "watching")
    page.context.set_offline(False)
    candidate.kept(page)
    found += complaints(page, "saved")

    assert found == []


def test_the_cockpit(
    page: Page,
    live_server: LiveServer,
    watchable: Interview,
    alan: User,
    grace: User,
    signed_in: Callable[[User], Client],
) -> None:
    reviewing.assign(watchable, alan, by=grace)
    doors.lend(signed_in(alan), page, live_server.url)
    page.goto(live_server.url + reverse("reviewer:interviews:cockpit", args=[watchable.pk]))
    expect(page.locator("[data-transport]")).to_be_visible()
    found = complaints(page, "an answer")

    page.keyboard.press("4")
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "saved", timeout=10_000)
    found += complaints(page, "a score")
    page.context.set_offline(True)
    page.keyboard.press("5")
    expect(page.locator("[data-saved]")).not_to_have_attribute("data-state", "saved")
    found += complaints(page, "offline")
    page.context.set_offline(False)
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "saved", timeout=30_000)

    assert found == []


def test_what_the_page_says_when_a_request_fails(
    page: Page, live_server: LiveServer, ada: User, signed_in: Callable[[User], Client]
) -> None:
    doors.lend(signed_in(ada), page, live_server.url)
    page.goto(f"{live_server.url}/review/")

    page.evaluate("htmx.ajax('GET', '/review/nowhere/', '#main').catch(() => {})")
    expect(page.locator("#messages > *")).to_have_count(1)

    assert complaints(page, "failed") == []
