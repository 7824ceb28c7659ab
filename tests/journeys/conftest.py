"""A real Chromium, with a camera and a microphone that are not there."""

import os
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

if TYPE_CHECKING:
    from hiring.accounts.models import User

# Playwright's own loop runs in the test's thread, which Django takes for a view that must not touch the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

expect.set_options(timeout=15_000)  # a busy machine is no failure

FAKE_MEDIA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not executable:
        pytest.fail("The journeys need Chromium: run `make setup`, or set CHROMIUM to the browser's path.")
    arguments = ["--no-sandbox", "--disable-background-networking", *FAKE_MEDIA]
    return {**browser_type_launch_args, "executable_path": executable, "args": arguments}


@pytest.fixture
def sit_down(
    browser: Browser, live_server: LiveServer, signed_in: "Callable[[User], Client]"
) -> "Callable[[User], Page]":
    """Call it with a member of staff to get the page of their own browser."""
    from tests.journeys import doors  # noqa: PLC0415 (after pytest has set Django up)

    def at_desk(who: "User") -> Page:
        page = browser.new_context(base_url=live_server.url).new_page()
        doors.lend(signed_in(who), page, live_server.url)
        return page

    return at_desk
