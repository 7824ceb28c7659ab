"""The whole browser is killed in the middle of an answer, as a phone does that runs out of memory."""

import contextlib
import os
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Playwright, expect
from pytest_django.live_server_helper import LiveServer

from hiring.lib import storage
from hiring.pipeline import links
from interviews import takes
from interviews.models import Answer, Interview, Take
from tests.journeys.recorder import candidate
from tests.workers import wait_for

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def processes_of(profile: Path) -> list[int]:
    """Every process of the browser that keeps its data in ``profile``; nobody else's names that folder."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdigit() and str(profile) in (entry / "cmdline").read_text(errors="replace"):
                found.append(int(entry.name))
    return found


def kill(profile: Path) -> None:
    """SIGKILL the group of the browser process: nothing is flushed, nothing says goodbye."""
    groups = set()
    for pid in processes_of(profile):
        with contextlib.suppress(ProcessLookupError):
            groups.add(os.getpgid(pid))
    for group in groups - {os.getpgid(0)}:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)
    wait_for(lambda: not processes_of(profile), seconds=20, every=0.05)


@pytest.fixture
def start_browser(
    playwright: Playwright, browser_type_launch_args: dict[str, Any], tmp_path: Path
) -> Iterator[Callable[[], BrowserContext]]:
    """Call it for a browser with a profile on the disk: always the same one."""
    contexts: list[BrowserContext] = []

    def start() -> BrowserContext:
        camera = ["camera", "microphone"]
        opened = playwright.chromium.launch_persistent_context(
            tmp_path / "profile", **browser_type_launch_args, permissions=camera
        )
        contexts.append(opened)
        return opened

    yield start
    for context in contexts:
        with contextlib.suppress(Error):  # it was killed
            context.close()


def enter(context: BrowserContext, site: str, answer: Answer) -> Page:
    """Open the link of the mail, press its button, and go to the question."""
    page = context.new_page()
    page.goto(f"{site}/c/{links.secret_of(answer.interview.link)}/")
    page.get_by_role("button", name=re.compile("Begin|Continue")).click()
    page.wait_for_url("**/c/")
    page.goto(f"{site}/c/interviews/{answer.interview_id}/questions/{answer.question_id}/")
    return page


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the browser's processes through /proc")
@pytest.mark.parametrize("is_online", [True, False], ids=["online", "offline"])
def test_what_was_said_before_the_browser_died_is_kept(
    live_server: LiveServer,
    start_browser: Callable[[], BrowserContext],
    interview: Interview,
    answers: list[Answer],
    tmp_path: Path,
    is_online: bool,
) -> None:
    storage.ensure_bucket([live_server.url])
    first, answer = start_browser(), answers[0]
    page = enter(first, live_server.url, answer)
    candidate.start(page)
    if is_online:
        expect(page.get_by_text(re.compile(r"^Saved to 0:0[3-9]$"))).to_be_visible(timeout=30_000)
    else:
        expect(page.get_by_text(re.compile(r"^Saved to 0:0[1-9]$"))).to_be_visible(timeout=30_000)
        first.set_offline(True)
    candidate.speak(page)
    candidate.state(page, "recording")

    kill(tmp_path / "profile")

    again = enter(start_browser(), live_server.url, answer)
    candidate.state(again, "kept", within=30_000)
    expect(again.get_by_text(re.compile(r"^We kept 0:00–0:(0[5-9]|[1-5]\d) of your answer\.$"))).to_be_visible()
    candidate.until_longer(again, 5)
    candidate.kept(again)

    take = candidate.processed(answer)
    assert (take.state, take.interrupted) == (Take.State.PLAYABLE, True)
    assert take.seconds
    assert take.seconds > candidate.SPEAKING / 1000
    assert takes.retakes_left(answer) == 2
    assert answer.takes.count() == 1
    assert candidate.local_rows(again) == 0
