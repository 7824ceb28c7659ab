"""A recruiter reads three résumés with one hand on the keys."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from hiring.accounts.models import User
from hiring.pipeline.models import Application, Decision, JobStage
from screening.models import CriterionMark
from tests import factories
from tests.journeys import axe, doors

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(
    page: Page,
    live_server: LiveServer,
    review: JobStage,
    noether: Application,
    grace: User,
    signed_in: Callable[[User], Client],
) -> Page:
    """The queue with Ada Lovelace open."""
    factories.reason("Others fit the role more closely")
    factories.reason("Too few years")
    doors.lend(signed_in(grace), page, live_server.url)
    page.goto(f"{live_server.url}/review/screening/{review.pk}/")
    return page


def press(page: Page, key: str) -> None:
    expect(page.locator("[data-keys=on]")).to_be_attached()
    page.keyboard.press(key)


def test_a_review_by_keys(desk: Page, lovelace: Application, shelley: Application, noether: Application) -> None:
    heading = desk.get_by_role("heading", level=1)
    expect(heading).to_have_text("Ada Lovelace")
    assert axe.serious(desk) == []

    desk.keyboard.press("1")
    expect(desk.locator("#tally")).to_contain_text("1 of 3 marked")
    assert CriterionMark.objects.get().value == "yes"
    desk.keyboard.press("t")
    expect(desk.locator("mark", has_text="Zendesk").first).to_be_visible()

    press(desk, "h")
    desk.keyboard.type("Ask about the permit")
    desk.keyboard.press("Enter")
    expect(heading).to_have_text("Mary Shelley")
    assert lovelace.stays.get().held_reason == "Ask about the permit"

    press(desk, "r")
    expect(desk.get_by_role("dialog")).to_be_visible()
    assert axe.serious(desk) == []
    desk.keyboard.press("2")
    desk.keyboard.press("Enter")
    expect(heading).to_have_text("Emmy Noether")
    assert Decision.objects.get().reason == factories.reason("Too few years")

    press(desk, "a")
    expect(heading).not_to_have_text("Emmy Noether")
    noether.refresh_from_db()
    assert noether.stage.kind == "interview"


def test_a_key_held_down_decides_about_one(desk: Page, review: JobStage, noether: Application) -> None:
    expect(desk.locator("[data-keys=on]")).to_be_attached()

    for _time in range(4):
        desk.keyboard.down("a")
    desk.keyboard.up("a")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Mary Shelley")

    assert Application.objects.filter(stage=review).count() == 2


def test_the_next_and_the_one_before(desk: Page, shelley: Application) -> None:
    heading = desk.get_by_role("heading", level=1)

    press(desk, "j")
    expect(heading).to_have_text("Mary Shelley")
    press(desk, "k")
    expect(heading).to_have_text("Ada Lovelace")


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_without_a_script_everything_is_there(desk: Page, shelley: Application, lovelace: Application) -> None:
    heading = desk.get_by_role("heading", level=1)
    first = desk.get_by_role("group", name="Has led a support team")

    first.get_by_label("Yes").check()
    desk.get_by_role("button", name="Save marks").click()
    assert CriterionMark.objects.get().value == "yes"
    desk.get_by_role("link", name="Hold").click()
    desk.get_by_label("Why, for the team").fill("Later")
    desk.get_by_role("dialog").get_by_role("button", name="Hold").click()

    expect(heading).to_have_text("Mary Shelley")
    assert lovelace.stays.get().held_reason == "Later"
