"""What a candidate does on the record page, and what the browser and a worker make of it."""

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import Dialog, Page, expect
from pytest_django.live_server_helper import LiveServer

from hiring.lib import storage
from hiring.pipeline.models import Application
from interviews import assembly, notice, operations
from interviews.models import Answer, Interview, Take
from tests.journeys import doors

SPEAKING = 5200  # milliseconds


@pytest.fixture
def answers(interview: Interview, application: Application) -> list[Answer]:
    """Joan's two, nothing recorded, and her consent given."""
    seen = notice.for_interview(interview).sha256
    operations.consent(interview, by=application.candidate, locale="en", seen=seen)
    return list(interview.answers.order_by("question__position"))


@pytest.fixture
def url_of(live_server: LiveServer, joan: Client, page: Page) -> Callable[[Answer], str]:
    """The record page of an answer; Joan's browser may open it, and the store lets this server's pages in."""
    storage.ensure_bucket([live_server.url])
    page.context.grant_permissions(["camera", "microphone"])
    doors.lend(joan, page, live_server.url)
    return lambda answer: f"{live_server.url}/c/interviews/{answer.interview_id}/questions/{answer.question_id}/"


def state(page: Page, expected: str, *, within: float = 20_000) -> None:
    expect(page.locator("#recorder")).to_have_attribute("data-state", expected, timeout=within)


def press(page: Page, name: str) -> None:
    page.locator(f"[data-do={name}]:visible").click()


def begin(page: Page, url: str) -> None:
    """Open the page and speak."""
    page.goto(url)
    start(page)


def start(page: Page) -> None:
    """From a page whose camera opens by itself, for it was allowed before."""
    state(page, "thinking")
    press(page, "record")
    state(page, "recording")


def speak(page: Page, milliseconds: int = SPEAKING) -> None:
    # Not a wait for something: this is how long the answer is.
    page.wait_for_timeout(milliseconds)


def questions(page: Page, *, answer: bool = True) -> list[str]:
    """The kinds of questions the browser asks from here on; each is answered with ``answer``."""
    asked: list[str] = []

    def reply(dialog: Dialog) -> None:
        asked.append(dialog.type)
        if answer:
            dialog.accept()
        else:
            dialog.dismiss()

    page.on("dialog", reply)
    return asked


def finish_offline_and_leave(page: Page, url: str) -> None:
    """Record four seconds, the second half without a connection, and close the page before any of it could follow."""
    begin(page, url)
    speak(page, 1500)
    page.context.set_offline(True)
    speak(page, 2500)
    press(page, "finish")
    state(page, "watching")
    written_down(page)
    page.close(run_before_unload=False)
    page.context.set_offline(False)


def kept(page: Page) -> None:
    press(page, "keep")
    state(page, "saved", within=30_000)


def until_longer(page: Page, seconds: float) -> None:
    """Wait until what is played back is known to be longer than ``seconds``."""
    video = page.locator("[data-part=playback]")
    for _ in range(100):
        if video.evaluate("video => Number.isFinite(video.duration) ? video.duration : 0") > seconds:
            return
        page.wait_for_timeout(100)
    pytest.fail(f"nothing longer than {seconds} s to watch")


def local_rows(page: Page) -> int:
    """How many rows the browser still keeps of anything recorded."""
    return sum(len(rows) for rows in _kept(page).values())


def written_down(page: Page) -> None:
    """Wait until the end of a recording is on the disk: the page shows it a moment earlier."""
    for _ in range(100):
        if any(recording["finished"] for recording in _kept(page)["recordings"]):
            return
        page.wait_for_timeout(100)
    pytest.fail("the end of the recording was not written down")


def _kept(page: Page) -> dict[str, list[dict[str, object]]]:
    """What the browser still keeps of anything recorded: the rows by table, without their bytes."""
    rows = page.evaluate(
        """() => new Promise((resolve) => {
          const opened = indexedDB.open("callback-recorder");
          opened.onsuccess = () => {
            const tables = [...opened.result.objectStoreNames];
            const read = opened.result.transaction(tables);
            Promise.all(tables.map((table) => new Promise((done) => {
              read.objectStore(table).getAll().onsuccess = (event) =>
                done([table, event.target.result.map((row) => ({ ...row, bytes: null }))]);
            }))).then((all) => resolve(Object.fromEntries(all)));
          };
        })"""
    )
    return dict(rows)


def processed(answer: Answer) -> Take:
    """The chosen take, after a worker had it."""
    answer.refresh_from_db()
    assert answer.chosen_take
    assembly.process(answer.chosen_take.pk)
    answer.chosen_take.refresh_from_db()
    return answer.chosen_take


def claim_holds(take: Take) -> None:
    """Nothing is missing of what the page said it recorded. More is no loss: a busy machine tells the page late."""
    assert take.seconds
    assert take.claimed_seconds
    assert -0.5 < take.seconds - take.claimed_seconds < 2
