"""A candidate records, in a real browser, against the real server and the real store."""

import re
from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from interviews import assembly
from interviews.models import Answer, Take
from tests.journeys import axe
from tests.journeys.recorder import candidate
from tests.workers import wait_for

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_two_answers_the_second_with_a_reload_in_the_middle(
    page: Page, url_of: Callable[[Answer], str], answers: list[Answer]
) -> None:
    candidate.begin(page, url_of(answers[0]))
    expect(page.get_by_text(re.compile(r"^Saved to 0:0[3-9]$"))).to_be_visible(timeout=15_000)
    candidate.speak(page)
    candidate.press(page, "finish")
    candidate.state(page, "watching")
    assert page.locator("[data-part=playback]").evaluate("video => video.src").startswith("blob:")
    candidate.kept(page)
    assert candidate.local_rows(page) == 0

    page.get_by_role("link", name="Next question").click()
    candidate.start(page)
    candidate.speak(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    candidate.state(page, "kept")
    expect(page.get_by_text(re.compile(r"^We kept 0:00–0:0[4-9] of your answer\.$"))).to_be_visible()
    candidate.until_longer(page, 4)
    candidate.kept(page)
    page.get_by_role("link", name="Look over my answers").click()

    first, second = (candidate.processed(answer) for answer in answers)
    assert [(take.state, take.interrupted, take.number) for take in (first, second)] == [
        (Take.State.PLAYABLE, False, 1),
        (Take.State.PLAYABLE, True, 1),
    ]
    assert second.seconds
    candidate.claim_holds(first)
    assert second.seconds >= candidate.SPEAKING / 1000 - 1.0
    expect(page.get_by_text("Ready").first).to_be_visible()


def test_recording_again_after_a_reload_uses_no_retake(
    page: Page, url_of: Callable[[Answer], str], answers: list[Answer]
) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    candidate.begin(page, url_of(answers[0]))
    candidate.speak(page, 2500)
    page.reload()
    candidate.state(page, "kept")

    candidate.press(page, "again")
    candidate.state(page, "thinking")
    candidate.press(page, "record")
    candidate.state(page, "recording")
    expect(page.locator("[data-do=restart]")).to_contain_text("2 left")
    candidate.speak(page, 2500)
    candidate.press(page, "finish")
    candidate.state(page, "watching")
    expect(page.get_by_role("radio")).to_have_count(2)
    expect(page.locator("[data-do=again]")).to_contain_text("2 left")
    page.get_by_text(re.compile(r"Take 1 · 0:0\d, interrupted")).click()
    candidate.kept(page)

    takes = list(answers[0].takes.all())
    answers[0].refresh_from_db()
    assert [take.interrupted for take in takes] == [True, False]
    assert answers[0].chosen_take == takes[0]


def test_not_yet_goes_back_to_thinking_and_costs_nothing(
    page: Page, url_of: Callable[[Answer], str], answers: list[Answer]
) -> None:
    page.goto(url_of(answers[0]))
    candidate.state(page, "thinking")
    candidate.press(page, "record")
    candidate.press(page, "cancel")
    candidate.start(page)
    candidate.speak(page, 2000)
    candidate.press(page, "finish")
    candidate.kept(page)

    assert [take.state for take in answers[0].takes.all()] == [Take.State.RECEIVED]


def test_offline_in_the_middle_loses_nothing(
    page: Page, context: BrowserContext, url_of: Callable[[Answer], str], answers: list[Answer]
) -> None:
    candidate.begin(page, url_of(answers[0]))
    candidate.speak(page, 2000)
    context.set_offline(True)
    expect(page.get_by_text("You’re offline. Keep going.")).to_be_visible()
    candidate.speak(page, 4000)
    candidate.state(page, "recording")
    candidate.press(page, "finish")
    candidate.state(page, "watching")
    candidate.press(page, "keep")
    candidate.state(page, "saving")
    expect(page.get_by_text(re.compile("is kept on this device"))).to_be_visible()

    context.set_offline(False)
    candidate.state(page, "saved", within=15_000)

    expect(page.get_by_text("You’re offline. Keep going.")).to_be_hidden()
    take = candidate.processed(answers[0])
    assert take.seconds
    candidate.claim_holds(take)
    assert take.seconds > 5.5


def test_offline_until_the_page_is_opened_again(
    page: Page, context: BrowserContext, url_of: Callable[[Answer], str], answers: list[Answer]
) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    candidate.finish_offline_and_leave(page, url_of(answers[0]))

    again = context.new_page()
    again.goto(url_of(answers[0]))
    candidate.state(again, "watching")
    candidate.press(again, "keep")
    candidate.state(again, "saved", within=15_000)

    take = candidate.processed(answers[0])
    assert (take.interrupted, candidate.local_rows(again)) == (False, 0)
    candidate.claim_holds(take)


def test_opening_the_link_again_sends_what_was_left_on_the_device(
    page: Page, context: BrowserContext, url_of: Callable[[Answer], str], answers: list[Answer]
) -> None:
    candidate.finish_offline_and_leave(page, url_of(answers[0]))

    again = context.new_page()
    again.goto(url_of(answers[0]).partition("interviews/")[0])
    wait_for(lambda: Take.objects.filter(state=Take.State.RECEIVED).exists(), every=0.1)

    again.wait_for_load_state("networkidle")  # it loads afresh when all is there
    expect(again.get_by_text("Sending the rest of your recordings")).to_be_hidden()
    assert candidate.local_rows(again) == 0


def test_begun_offline_and_sent_later(
    page: Page, context: BrowserContext, url_of: Callable[[Answer], str], answers: list[Answer]
) -> None:
    page.goto(url_of(answers[0]))
    candidate.state(page, "thinking")
    context.set_offline(True)
    candidate.start(page)
    candidate.speak(page, 2000)
    candidate.press(page, "finish")
    candidate.state(page, "watching")
    candidate.press(page, "keep")
    context.set_offline(False)
    candidate.state(page, "saved", within=15_000)

    assert candidate.processed(answers[0]).state == Take.State.PLAYABLE


def test_of_two_tabs_only_the_first_records(
    page: Page, context: BrowserContext, url_of: Callable[[Answer], str], answers: list[Answer]
) -> None:
    candidate.begin(page, url_of(answers[0]))
    second = context.new_page()
    second.goto(url_of(answers[0]))
    candidate.state(second, "elsewhere")
    expect(second.get_by_text("This question is open in another tab")).to_be_visible()
    other_question = context.new_page()
    other_question.goto(url_of(answers[1]))
    expect(other_question.locator("#recorder")).not_to_have_attribute("data-state", "elsewhere")

    candidate.state(page, "recording")
    page.close(run_before_unload=False)

    candidate.state(second, "kept")
    assert answers[0].takes.count() == 1


def test_leaving_is_guarded_only_while_something_is_unsent(
    page: Page, url_of: Callable[[Answer], str], answers: list[Answer]
) -> None:
    asked = candidate.questions(page)
    candidate.begin(page, url_of(answers[0]))
    candidate.speak(page, 2000)
    candidate.press(page, "finish")
    candidate.kept(page)
    page.reload()
    assert asked == []

    candidate.state(page, "watching")
    candidate.press(page, "again")
    candidate.state(page, "thinking")
    candidate.press(page, "record")
    candidate.state(page, "recording")
    candidate.speak(page, 1000)
    page.reload()

    assert asked == ["beforeunload"]


def test_saving_and_leaving_in_the_middle_asks_nothing_and_costs_no_retake(
    page: Page, url_of: Callable[[Answer], str], answers: list[Answer]
) -> None:
    asked = candidate.questions(page)
    candidate.begin(page, url_of(answers[0]))
    candidate.speak(page, 2500)

    page.get_by_role("link", name="Save and leave").click()
    page.wait_for_url("**/review/")
    expect(page.get_by_role("button", name="Use take 1")).to_be_visible(timeout=20_000)
    page.wait_for_load_state("networkidle")  # it loads afresh when all is there

    take = answers[0].takes.get()
    assert (asked, take.interrupted) == ([], True)
    assert candidate.local_rows(page) == 0
    assembly.process(take.pk)
    page.get_by_role("link", name="Open question 1").click()
    candidate.state(page, "watching")
    candidate.until_longer(page, 1.5)


def test_leaving_at_once_leaves_too(page: Page, url_of: Callable[[Answer], str], answers: list[Answer]) -> None:
    asked = candidate.questions(page)
    candidate.begin(page, url_of(answers[0]))

    page.get_by_role("link", name="Save and leave").click()

    page.wait_for_url("**/review/")
    assert asked == []


def test_a_look_at_the_answers_in_another_tab_does_not_end_the_recording(
    page: Page, context: BrowserContext, url_of: Callable[[Answer], str], answers: list[Answer]
) -> None:
    candidate.begin(page, url_of(answers[0]))

    with context.expect_page() as other:
        page.get_by_role("link", name="Save and leave").click(modifiers=["Control"])

    expect(other.value.get_by_text("0 of 2 answers are ready.")).to_be_visible()
    candidate.state(page, "recording")


def test_without_a_disk_leaving_in_the_middle_is_asked_about(
    page: Page, url_of: Callable[[Answer], str], answers: list[Answer]
) -> None:
    asked = candidate.questions(page, answer=False)
    page.add_init_script("indexedDB.open = () => { throw new DOMException('blocked', 'SecurityError'); }")
    page.goto(url_of(answers[0]))
    candidate.start(page)
    candidate.speak(page, 1500)

    page.get_by_role("link", name="Save and leave").click()

    candidate.state(page, "recording")
    assert asked == ["beforeunload"]


@pytest.mark.axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_can_be_used_by_everyone(
    page: Page, url_of: Callable[[Answer], str], answers: list[Answer], scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(url_of(answers[0]))
    troubles: dict[str, object] = {}

    def look(name: str) -> None:
        troubles[name] = axe.serious(page)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, name

    candidate.state(page, "thinking")
    look("idle")
    candidate.start(page)
    look("recording")
    candidate.speak(page, 1500)
    candidate.press(page, "finish")
    candidate.state(page, "watching")
    look("watching")
    candidate.kept(page)
    look("saved")

    assert {name: found for name, found in troubles.items() if found} == {}
