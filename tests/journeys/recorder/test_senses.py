"""A muted microphone and a closed cover are told while it can still be mended, and of the take afterwards."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, Playwright, expect
from pytest_django.live_server_helper import LiveServer

from hiring.lib import storage
from interviews import takes
from interviews.models import Answer
from tests.clips import Clips
from tests.journeys import doors
from tests.journeys.recorder import candidate

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Page]
CANNOT_SEE, CANNOT_HEAR, NOT_YET = "We can’t see you.", "We can’t hear you.", "Not a sound from your microphone yet."


@pytest.fixture
def open_with(
    playwright: Playwright,
    browser_type_launch_args: dict[str, Any],
    clips: Clips,
    live_server: LiveServer,
    joan: Client,
) -> Iterator[Open]:
    """Call it with the flags of a fake camera or microphone for a page of Joan's with just that."""
    storage.ensure_bucket([live_server.url])
    browsers = []

    def open_page(**flags: str) -> Page:
        named = [f"--use-file-for-fake-{kind}-capture={clips.path(name)}" for kind, name in flags.items()]
        args = [*browser_type_launch_args["args"], *named]
        browser = playwright.chromium.launch(**{**browser_type_launch_args, "args": args})
        browsers.append(browser)
        page = browser.new_context(permissions=["camera", "microphone"], base_url=live_server.url).new_page()
        doors.lend(joan, page, live_server.url)
        return page

    yield open_page
    for browser in browsers:
        browser.close()


def path(answer: Answer) -> str:
    return f"/c/interviews/{answer.interview_id}/questions/{answer.question_id}/"


def test_in_the_dark_and_in_silence_one_is_told_before_during_and_after(open_with: Open, answers: list[Answer]) -> None:
    page = open_with(video="black.y4m", audio="silence.wav")
    page.goto(path(answers[0]))
    candidate.state(page, "thinking")
    notice = page.locator("[data-part=notice]")
    expect(notice).to_contain_text(CANNOT_SEE, timeout=20_000)
    expect(notice).to_contain_text(NOT_YET, timeout=20_000)

    candidate.press(page, "dismiss")
    expect(notice).to_be_hidden()
    candidate.start(page)
    expect(notice).to_contain_text(CANNOT_HEAR, timeout=20_000)
    candidate.press(page, "finish")
    candidate.state(page, "watching")
    expect(notice).to_contain_text("We heard nothing in this take.")
    expect(notice).to_contain_text("The picture of this take is black.")
    candidate.kept(page)

    take = candidate.processed(answers[0])
    assert (take.silent, take.black, takes.retakes_left(answers[0])) == (True, True, 2)
    page.reload()
    candidate.state(page, "watching")
    expect(page.get_by_text("There is neither sound nor picture in this take.")).to_be_visible()
    page.goto(f"/c/interviews/{answers[0].interview_id}/review/")
    expect(page.get_by_text("Neither sound nor picture")).to_be_visible()


def test_once_said_all_right_to_it_stays_quiet(open_with: Open, answers: list[Answer]) -> None:
    page = open_with(audio="silence.wav")
    page.goto(path(answers[0]))
    notice = page.locator("[data-part=notice]")
    expect(notice).to_contain_text(NOT_YET, timeout=20_000)

    candidate.press(page, "dismiss")

    page.wait_for_timeout(1500)  # some ninety frames, in each of which it is still silent
    expect(notice).to_be_hidden()


def test_who_thinks_in_a_quiet_room_and_pauses_is_not_told_to_speak_up(open_with: Open, answers: list[Answer]) -> None:
    page = open_with(audio="pause.wav")
    page.goto(path(answers[0]))
    candidate.state(page, "thinking")
    notice = page.locator("[data-part=notice]")
    notice.evaluate(
        """(notice) => {
          window.told = [];
          const look = () => notice.hidden || window.told.push(notice.textContent);
          new MutationObserver(look).observe(notice, { attributes: true });
          look();
        }"""
    )

    page.wait_for_timeout(7500)  # all of a pause: longer than it takes to be told
    loud = "() => document.querySelector('[data-part=level] rect:nth-child(3)').getAttribute('height') > 12"
    page.wait_for_function(loud)
    candidate.start(page)
    candidate.speak(page, 12_000)  # the next word within four seconds, then nothing but the room for six
    candidate.press(page, "finish")
    candidate.state(page, "watching")

    expect(notice).to_be_hidden()
    assert page.evaluate("window.told") == []


def test_who_is_seen_and_heard_is_not_disturbed(
    page: Page, url_of: Callable[[Answer], str], answers: list[Answer]
) -> None:
    candidate.begin(page, url_of(answers[0]))
    candidate.speak(page)
    candidate.press(page, "finish")
    candidate.state(page, "watching")

    expect(page.locator("[data-part=notice]")).to_be_hidden()
    expect(page.get_by_text("Nobody else sees this unless you keep it.")).to_be_visible()
    candidate.kept(page)
    candidate.press(page, "review")
    expect(page.get_by_text("This is the answer we see.")).to_be_visible()


@pytest.mark.parametrize("kind", ["camera", "microphone"])
def test_a_device_lost_before_recording_says_which(
    page: Page, url_of: Callable[[Answer], str], answers: list[Answer], kind: str
) -> None:
    page.goto(url_of(answers[0]))
    candidate.state(page, "thinking")
    page.locator("[data-part=self]").evaluate(
        """(video, kind) => {
          const wanted = kind === "camera" ? "video" : "audio";
          const track = video.srcObject.getTracks().find((each) => each.kind === wanted);
          track.stop();
          track.dispatchEvent(new Event("ended")); // a track stopped by the page itself tells nobody
        }""",
        kind,
    )

    candidate.state(page, "blocked")
    expect(page.get_by_role("heading", name=re.compile(f"Your {kind} went away"))).to_be_visible()
    candidate.press(page, "open")
    candidate.state(page, "thinking")
