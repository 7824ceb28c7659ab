"""What goes wrong on the way of an answer, and that nothing of it is lost (faults A6, A8, A11, A14)."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, Request, Route, expect
from pytest_django.live_server_helper import LiveServer

from hiring.lib import storage
from interviews import recording, rules
from interviews.models import Answer, Take
from tests import factories
from tests.journeys import doors
from tests.journeys.recorder import candidate

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_damaged_on_the_way_is_sent_again(page: Page, url_of: Callable[[Answer], str], answers: list[Answer]) -> None:
    damaged: list[int] = []

    def damage(route: Route, request: Request) -> None:
        body = request.post_data_buffer or b""
        if request.method == "PUT" and len(damaged) < 2:
            answer = route.fetch(post_data=bytes([body[0] ^ 1]) + body[1:])
            damaged.append(answer.status)
            route.fulfill(response=answer)
        else:
            route.continue_()

    page.route(f"{settings.S3_PUBLIC_URL}/**", damage)

    candidate.begin(page, url_of(answers[0]))
    candidate.speak(page, 2500)
    candidate.press(page, "finish")
    candidate.kept(page)

    assert set(damaged) == {400}
    assert candidate.processed(answers[0]).state == Take.State.PLAYABLE


def test_an_answer_lost_after_storing_counts_as_stored(
    page: Page, url_of: Callable[[Answer], str], answers: list[Answer]
) -> None:
    statuses: list[int] = []

    def lose(route: Route, request: Request) -> None:
        if request.method != "PUT":
            return route.continue_()
        answer = route.fetch()
        statuses.append(answer.status)
        return route.abort("connectionreset") if len(statuses) == 1 else route.fulfill(response=answer)

    page.route(f"{settings.S3_PUBLIC_URL}/**", lose)

    candidate.begin(page, url_of(answers[0]))
    candidate.speak(page, 2500)
    candidate.press(page, "finish")
    candidate.kept(page)

    assert statuses[0] == 200
    assert 412 in statuses
    answers[0].refresh_from_db()
    chosen = answers[0].chosen_take
    assert chosen
    assert len(storage.listing(rules.take_prefix(chosen.pk))) == len(chosen.manifest[0]["pieces"])


def test_an_expired_token_is_renewed_without_a_word(
    page: Page, url_of: Callable[[Answer], str], answers: list[Answer]
) -> None:
    codes: list[str] = []

    def expire(route: Route, request: Request) -> None:
        if codes:
            return route.continue_()
        with time_machine.travel(timezone.now() - timedelta(hours=1)):
            old = recording.pass_for(answers[0].takes.get()).sign()
        answer = route.fetch(headers={**request.headers, "authorization": f"Take {old}"})
        codes.append(answer.json()["code"])
        return route.fulfill(response=answer)

    page.route("**/chunks/", expire)

    candidate.begin(page, url_of(answers[0]))
    candidate.speak(page, 2500)
    candidate.press(page, "finish")
    candidate.kept(page)

    assert codes == ["token_expired"]
    assert candidate.processed(answers[0]).state == Take.State.PLAYABLE


def test_pieces_the_store_lost_are_sent_again_at_completion(
    page: Page, url_of: Callable[[Answer], str], answers: list[Answer]
) -> None:
    candidate.begin(page, url_of(answers[0]))
    expect(page.get_by_text(re.compile(r"^Saved to 0:0[2-9]$"))).to_be_visible(timeout=15_000)
    take = answers[0].takes.get()
    storage.delete([storage.listing(rules.take_prefix(take.pk))[0].key])
    candidate.press(page, "finish")
    candidate.kept(page)

    assert candidate.processed(answers[0]).state == Take.State.PLAYABLE


def test_without_a_disk_the_answer_still_arrives(
    page: Page, url_of: Callable[[Answer], str], answers: list[Answer]
) -> None:
    page.add_init_script("indexedDB.open = () => { throw new DOMException('blocked', 'SecurityError'); }")

    page.goto(url_of(answers[0]))
    expect(page.get_by_text(re.compile("can’t store your recording"))).to_be_visible()
    candidate.start(page)
    candidate.speak(page, 2500)
    candidate.press(page, "finish")
    candidate.kept(page)

    assert candidate.processed(answers[0]).state == Take.State.PLAYABLE


def test_a_lost_camera_keeps_what_was_said_and_offers_another_go(
    page: Page, url_of: Callable[[Answer], str], answers: list[Answer]
) -> None:
    candidate.begin(page, url_of(answers[0]))
    candidate.speak(page, 3000)
    page.locator("[data-part=self]").evaluate(
        """(video) => {
          const [track] = video.srcObject.getVideoTracks();
          track.stop();
          track.dispatchEvent(new Event("ended")); // a track stopped by the page itself tells nobody
        }"""
    )

    candidate.state(page, "watching")
    expect(page.get_by_text(re.compile("Your camera went away"))).to_be_visible()
    candidate.press(page, "again")
    candidate.state(page, "thinking")
    page.reload()
    candidate.state(page, "watching")

    take = answers[0].takes.get()
    assert take.interrupted


def test_a_closed_interview_says_so_instead_of_recording(
    page: Page, url_of: Callable[[Answer], str], answers: list[Answer]
) -> None:
    page.goto(url_of(answers[0]))
    for _ in range(3):
        factories.playable(answers[0], chosen=False)
    candidate.state(page, "thinking")
    candidate.press(page, "record")

    candidate.state(page, "failed")
    expect(page.get_by_text("You have used all your tries for this question.")).to_be_visible()
    expect(page.get_by_role("link", name="Back to the overview")).to_be_visible()


def test_one_may_go_on_while_the_answer_is_still_being_sent(
    page: Page, url_of: Callable[[Answer], str], answers: list[Answer]
) -> None:
    asked = candidate.questions(page)
    stuck = f"{settings.S3_PUBLIC_URL}/**"
    page.route(stuck, lambda _: None)  # never answered: a very slow way up
    candidate.begin(page, url_of(answers[1]))
    candidate.speak(page, 2500)
    candidate.press(page, "finish")
    candidate.state(page, "watching")
    candidate.press(page, "keep")
    candidate.state(page, "saving")
    page.unroute(stuck)
    page.get_by_role("link", name="Go on while it is sent").click()
    page.wait_for_url("**/review/")

    expect(page.get_by_text("1 of 2 answers are ready.")).to_be_visible(timeout=20_000)

    assert asked == []
    assert candidate.processed(answers[1]).interrupted is False
    assert candidate.local_rows(page) == 0


def test_what_arrived_can_be_handed_in_from_another_device(
    page: Page,
    browser: Browser,
    live_server: LiveServer,
    joan: Client,
    url_of: Callable[[Answer], str],
    answers: list[Answer],
) -> None:
    candidate.begin(page, url_of(answers[0]))
    expect(page.get_by_text(re.compile(r"^Saved to 0:0[3-9]$"))).to_be_visible(timeout=20_000)
    page.close(run_before_unload=False)

    phone = browser.new_context(permissions=["camera", "microphone"]).new_page()
    doors.lend(joan, phone, live_server.url)
    phone.goto(url_of(answers[0]))
    candidate.state(phone, "kept")
    # Another device knows how many pieces there are, not how long each is: about a second, rather more.
    expect(phone.get_by_text(re.compile(r"^We kept 0:00–0:0[2-9] of your answer\.$"))).to_be_visible()
    expect(phone.get_by_text("This recording is safe, but cannot be shown here just now.")).to_be_visible()
    candidate.kept(phone)

    take = candidate.processed(answers[0])
    assert (take.state, take.interrupted) == (Take.State.PLAYABLE, True)
    assert take.seconds
    assert take.seconds > 2.5


def test_of_a_take_that_could_not_be_prepared_there_is_nothing_to_keep(
    page: Page, url_of: Callable[[Answer], str], answers: list[Answer]
) -> None:
    factories.take(answers[0], state="failed", failure="transient", failure_text="for the log")

    page.goto(url_of(answers[0]))
    candidate.state(page, "watching")
    expect(page.get_by_text("Something on our side went wrong with this take.")).to_be_visible()
    expect(page.get_by_role("button", name="Keep this answer")).to_be_hidden()
    candidate.press(page, "again")
    candidate.start(page)
    candidate.speak(page, 2500)
    candidate.press(page, "finish")
    candidate.state(page, "watching")
    candidate.kept(page)

    assert candidate.processed(answers[0]).state == Take.State.PLAYABLE
