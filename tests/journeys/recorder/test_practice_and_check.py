"""Before it counts: practice that never leaves the browser, the device check, help where a camera does not come."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from interviews.models import Answer
from tests.journeys import axe
from tests.journeys.recorder import candidate

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

Urls = Callable[[Answer], str]


def beside(url_of: Urls, answers: list[Answer], page: str) -> str:
    return re.sub(r"questions/.*", f"{page}/", url_of(answers[0]))


def test_practice_sends_nothing_at_all(page: Page, url_of: Urls, answers: list[Answer]) -> None:
    page.goto(beside(url_of, answers, "practice"))
    page.wait_for_load_state("networkidle")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))

    candidate.start(page)
    candidate.speak(page, 2500)
    candidate.press(page, "finish")
    candidate.state(page, "watching")
    candidate.until_longer(page, 1.5)
    candidate.press(page, "again")
    candidate.state(page, "thinking")

    assert [url for url in requests if not url.startswith("blob:") and not url.endswith("icon.svg")] == []
    assert "callback-recorder" not in page.evaluate("async () => (await indexedDB.databases()).map(({ name }) => name)")


def test_an_answer_can_be_recorded_with_the_keyboard_alone(page: Page, url_of: Urls, answers: list[Answer]) -> None:
    page.goto(beside(url_of, answers, "practice"))
    candidate.state(page, "thinking")

    expect(page.locator("body")).to_be_focused()  # nothing was pressed yet, so nothing takes the focus
    page.get_by_role("button", name="Record my answer").focus()
    for focused, then in (("Record my answer", "recording"), ("Finish answer", "watching")):
        expect(page.get_by_role("button", name=focused)).to_be_focused(timeout=10_000)
        page.keyboard.press("Enter")
        candidate.state(page, then)

    expect(page.get_by_role("link", name="I’m ready for the questions")).to_be_focused()


def test_what_is_happening_is_told_to_screen_readers(page: Page, url_of: Urls, answers: list[Answer]) -> None:
    page.goto(beside(url_of, answers, "practice"))
    told = page.locator("[data-part=announce]")

    candidate.start(page)
    expect(told).to_have_text("Recording. You have 1:00.", timeout=10_000)
    candidate.press(page, "finish")

    expect(told).to_have_text("Recording stopped. You can watch your answer now.", timeout=10_000)
    expect(told).to_have_attribute("aria-live", "polite")


def test_ones_own_picture_can_be_small_or_hidden_and_stays_so(page: Page, url_of: Urls, answers: list[Answer]) -> None:
    page.goto(beside(url_of, answers, "practice"))
    candidate.state(page, "thinking")
    picture = page.locator("[data-part=self]")
    large = picture.bounding_box()

    page.get_by_label("Small").check()
    small, question = picture.bounding_box(), page.locator("#question").bounding_box()
    page.get_by_label("Hidden").check()
    expect(picture).to_be_hidden()
    page.reload()

    assert large
    assert small
    assert small["height"] < large["height"] / 2
    assert question
    assert small["y"] < question["y"]
    expect(page.locator("#recorder")).to_have_attribute("data-self-view", "hide")


@pytest.mark.axe
def test_the_check_says_what_works(page: Page, url_of: Urls, answers: list[Answer]) -> None:
    page.goto(beside(url_of, answers, "check"))

    expect(page.get_by_text(re.compile(r"We can see you \(1280 × 720\)"))).to_be_visible()
    expect(page.get_by_text("We can hear you.")).to_be_visible(timeout=10_000)
    expect(page.get_by_text(re.compile(r"Our server (answers in|took)"))).to_be_visible()
    page.get_by_role("button", name="Play a tone").click()
    page.get_by_role("button", name="I heard nothing").click()
    expect(page.get_by_text(re.compile("Turn up the volume"))).to_be_visible()
    expect(page.get_by_role("link", name="Practise once")).to_be_visible()

    assert axe.serious(page) == []


TROUBLES = [
    ("NotAllowedError", "Your browser is not letting us use the camera"),
    ("NotReadableError", "Something else is using your camera"),
    ("OverconstrainedError", "This camera can’t be used"),
    ("TypeError", "This browser can’t record"),
]


@pytest.mark.parametrize(("name", "words"), TROUBLES)
@pytest.mark.parametrize("where", ["check", "practice"])
def test_a_camera_that_does_not_come_is_explained_and_asked_again(
    page: Page, url_of: Urls, answers: list[Answer], where: str, name: str, words: str
) -> None:
    page.add_init_script(
        f"""
        const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        let failures = 0;
        navigator.mediaDevices.getUserMedia = (wanted) => failures++ ? real(wanted) : Promise.reject(
          "{name}" === "TypeError" ? new TypeError("x") : new DOMException("x", "{name}"));
        """
    )
    page.goto(beside(url_of, answers, where))

    expect(page.get_by_role("heading", name=words)).to_be_visible()
    assert axe.serious(page) == []
    page.get_by_role("button", name="Try again").click()

    expect(page.locator("[data-part=self]")).to_have_js_property("videoWidth", 1280)


def test_an_in_app_browser_is_named(page: Page, url_of: Urls, answers: list[Answer]) -> None:
    page.add_init_script(
        """
        Object.defineProperty(navigator, "userAgent", { value: "Mozilla/5.0 (iPhone) FBAN/FBIOS" });
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("x", "NotAllowedError"));
        """
    )
    page.goto(beside(url_of, answers, "practice"))

    expect(page.get_by_role("heading", name="This app’s own browser can’t use the camera")).to_be_visible()


def test_no_other_host_is_contacted(page: Page, url_of: Urls, answers: list[Answer]) -> None:
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(re.sub(r"^(\w+://[^/]*).*", r"\1", request.url)))

    page.goto(url_of(answers[0]))
    page.wait_for_load_state("networkidle")

    assert hosts == {re.sub(r"^(\w+://[^/]*).*", r"\1", page.url)}
