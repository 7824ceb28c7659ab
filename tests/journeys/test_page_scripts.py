"""The small modules every page loads, where they act; and the same pages without them."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from hiring.accounts.models import User
from tests.journeys import doors

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def guide(live_server: LiveServer, ada: User, signed_in: Callable[[User], Client], page: Page) -> Page:
    """The style guide, with Ada signed in."""
    doors.lend(signed_in(ada), page, live_server.url)
    page.goto(f"{live_server.url}/styleguide/")
    return page


def test_a_dialog_takes_the_focus_and_gives_it_back(guide: Page) -> None:
    opener = guide.get_by_role("link", name="Withdraw the invitation")
    dialog = guide.get_by_role("dialog", name="Withdraw this invitation?")

    opener.click()
    expect(dialog).to_be_visible()
    expect(dialog.get_by_role("button", name="Withdraw it")).to_be_focused()
    guide.keyboard.press("Escape")

    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_going_back_closes_the_dialog_and_nothing_else(guide: Page) -> None:
    guide.get_by_role("link", name="Withdraw the invitation").click()

    guide.get_by_role("link", name="Go back").click()

    expect(guide.get_by_role("dialog")).to_have_count(0)
    assert guide.url.endswith("/styleguide/")


def test_a_dialog_opens_without_scripts(browser: Browser, live_server: LiveServer) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/styleguide/")

    page.get_by_role("link", name="Withdraw the invitation").click()
    expect(page.get_by_role("button", name="Withdraw it")).to_be_visible()
    page.get_by_role("link", name="Go back").click()

    expect(page.get_by_role("button", name="Withdraw it")).to_be_hidden()


def test_the_menu_closes_on_escape_and_on_a_press_elsewhere(guide: Page) -> None:
    summary = guide.locator("details[data-menu] > summary")
    way_out = guide.get_by_role("button", name="Sign out")

    summary.click()
    expect(way_out).to_be_visible()
    guide.keyboard.press("Escape")
    expect(way_out).to_be_hidden()
    expect(summary).to_be_focused()
    summary.click()
    guide.get_by_role("heading", name="Style guide").click()

    expect(way_out).to_be_hidden()


def test_a_message_can_be_dismissed(guide: Page) -> None:
    message = guide.get_by_text("Invitation sent to Ada Byron.")

    message.get_by_role("button", name="Dismiss").click()

    expect(message).to_have_count(0)


def test_a_request_that_failed_says_so_once(guide: Page) -> None:
    told = guide.get_by_text("That did not reach us.")

    for _ in range(2):
        guide.evaluate("htmx.ajax('GET', '/styleguide/nowhere/', '#content').catch(() => {})")

    expect(told).to_have_count(1)


def test_the_summary_of_errors_has_the_focus_and_leads_to_the_fields(guide: Page) -> None:
    expect(guide.locator("#errors")).to_be_focused()

    guide.locator("#errors").get_by_role("link", name="Name").click()

    expect(guide.locator("#id_wrong-name")).to_be_focused()


def test_a_link_is_copied(guide: Page) -> None:
    guide.context.grant_permissions(["clipboard-read", "clipboard-write"])

    guide.get_by_role("button", name="Copy").click()

    expect(guide.get_by_role("button", name="Copied")).to_be_visible()
    copied = guide.evaluate("navigator.clipboard.readText()")
    assert copied == guide.get_by_label("Ada’s link").input_value()


def test_a_form_pressed_twice_is_sent_once(guide: Page) -> None:
    sent: list[str] = []
    guide.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    guide.route("**/accounts/logout/", lambda route: route.fulfill(status=204))
    guide.locator("details[data-menu] > summary").click()
    way_out = guide.get_by_role("button", name="Sign out")

    way_out.click()
    way_out.click()
    guide.get_by_role("heading", name="Style guide").click()

    assert len(sent) == 1


def test_times_are_the_readers_own(browser: Browser, live_server: LiveServer) -> None:
    page = browser.new_context(locale="en-GB", timezone_id="Asia/Tokyo").new_page()

    page.goto(f"{live_server.url}/styleguide/")

    expect(page.locator("time[data-local]")).to_contain_text("Wed, 25 Nov 2026")
    expect(page.locator("time[data-local]")).to_contain_text("08:40")
