"""A real Chromium, with a camera and a microphone that are not there."""

import os
import shutil
from typing import Any

import pytest

# Playwright's own loop runs in the test's thread, which Django takes for a view that must not touch the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

FAKE_MEDIA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not executable:
        pytest.fail("The journeys need Chromium: run `make setup`, or set CHROMIUM to the browser's path.")
    arguments = ["--no-sandbox", "--disable-background-networking", *FAKE_MEDIA]
    return {**browser_type_launch_args, "executable_path": executable, "args": arguments}
