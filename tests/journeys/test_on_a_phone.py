"""The reviewer's pages under a thumb: nothing is hidden at a side, and every place is one press away."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from hiring.accounts.models import User
from hiring.pipeline.models import Application
from hiring.rubrics.models import QuestionSetVersion
from interviews import operations, reviewing
from interviews.models import Interview
from tests import factories
from tests.journeys import crawl, doors

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

CUT_OFF = """() => [...document.querySelectorAll("main *, header *")]
    .filter(part => part.scrollWidth > part.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(part).overflowX))
    .map(part => part.outerHTML.slice(0, 160))"""


@pytest.fixture
def without_scripts(browser: Browser) -> BrowserContext:
    return browser.new_context(viewport=crawl.PHONE, java_script_enabled=False)


def test_every_place_is_in_the_menu_without_a_script(
    without_scripts: BrowserContext, live_server: LiveServer, ada: User, signed_in: Callable[[User], Client]
) -> None:
    page = without_scripts.new_page()
    doors.lend(signed_in(ada), page, live_server.url)
    page.goto(live_server.url + reverse("reviewer:home"))
    places = page.get_by_role("navigation", name="Main")
    expect(places).to_be_hidden()

    page.get_by_role("button", name="Menu").click()

    names = ["Today", "My reviews", "Conversations", "Jobs", "Question sets", "People", "Company"]
    assert [name.strip() for name in places.get_by_role("link").all_inner_texts()] == names
    places.get_by_role("link", name="People").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("People")
    without_scripts.close()


def test_the_parts_of_a_list_are_a_sheet_without_a_script(
    without_scripts: BrowserContext,
    live_server: LiveServer,
    application: Application,
    ada: User,
    signed_in: Callable[[User], Client],
) -> None:
    page = without_scripts.new_page()
    doors.lend(signed_in(ada), page, live_server.url)
    page.goto(live_server.url + reverse("reviewer:job", args=[application.job_id]))

    page.get_by_role("button", name="Everybody 1").click()
    page.get_by_role("link", name="One-way interview 1").click()

    expect(page.get_by_role("button", name="One-way interview 1")).to_be_visible()
    expect(page.get_by_role("link", name="Joan Clarke")).to_be_visible()
    without_scripts.close()


def test_on_a_large_screen_the_places_are_in_sight(
    page: Page, live_server: LiveServer, ada: User, signed_in: Callable[[User], Client]
) -> None:
    doors.lend(signed_in(ada), page, live_server.url)
    page.set_viewport_size({"width": 1024, "height": 768})

    page.goto(live_server.url + reverse("reviewer:home"))

    expect(page.get_by_role("button", name="Menu")).to_be_hidden()
    tops = {link.evaluate("link => link.getBoundingClientRect().top") for link in page.locator("#main-nav a").all()}
    assert len(tops) == 1


def test_no_list_goes_on_at_the_side(
    page: Page,
    live_server: LiveServer,
    application: Application,
    version: QuestionSetVersion,
    ada: User,
    signed_in: Callable[[User], Client],
) -> None:
    operations.invite(application, by=ada)
    factories.submitted(factories.application(application.job, "Mary Shelley-Wollstonecraft Godwin"), version)
    factories.application(application.job, "Hedy Lamarr")
    doors.lend(signed_in(ada), page, live_server.url)
    page.set_viewport_size(crawl.PHONE)
    job = reverse("reviewer:job", args=[application.job_id])
    lists = ["people", "rubrics:sets", "rubrics:bank", "rubrics:competencies", "interviews:mine", "jobs"]
    cut = []

    for path in [job, *(reverse(f"reviewer:{name}") for name in lists)]:
        page.goto(live_server.url + path)
        cut += [(path, part) for part in page.evaluate(CUT_OFF)]

    assert cut == []


def test_a_tap_on_the_video_plays_it_while_one_reads_the_anchors(
    page: Page,
    live_server: LiveServer,
    watchable: Interview,
    grace: User,
    alan: User,
    signed_in: Callable[[User], Client],
) -> None:
    reviewing.assign(watchable, alan, by=grace)
    doors.lend(signed_in(alan), page, live_server.url)
    page.set_viewport_size(crawl.PHONE)
    page.goto(live_server.url + reverse("reviewer:interviews:cockpit", args=[watchable.pk]))
    page.locator(".scale").last.scroll_into_view_if_needed()
    stage = page.locator(".stage")
    expect(stage).to_be_in_viewport()
    expect(stage).to_have_attribute("data-paused", "")

    page.locator("video").click()

    expect(stage).not_to_have_attribute("data-paused", "")
    assert page.evaluate("!document.querySelector('video').paused")
