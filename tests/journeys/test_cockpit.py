"""Watching and scoring with a real clip in a real browser."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from hiring.accounts.models import User
from hiring.rubrics import scorecards
from hiring.rubrics.models import Scorecard
from hiring.rubrics.scorecards import Draft, Note
from interviews import reviewing
from interviews.models import Interview, MediaAccess, Take
from tests.journeys import crawl, doors
from tests.review_cast import SECONDS, SECRETS, full, hand_in

pytestmark = [pytest.mark.journey, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def asked(watchable: Interview, grace: User, alan: User) -> Interview:
    reviewing.assign(watchable, alan, by=grace)
    return watchable


@pytest.fixture
def address(live_server: LiveServer, watchable: Interview) -> str:
    return live_server.url + reverse("reviewer:interviews:cockpit", args=[watchable.pk])


@pytest.fixture
def troubles(page: Page) -> list[str]:
    """What the browser's console complains about; a test that expects none says so at its end."""
    heard: list[str] = []
    page.on("console", lambda line: heard.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.fixture
def desk(page: Page, asked: Interview, alan: User, signed_in: Callable[[User], Client], address: str) -> Page:
    """Alan's browser at the first answer."""
    doors.lend(signed_in(alan), page, site(address))
    page.goto(address)
    return page


def saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_contain_text("Saved", timeout=10_000)
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "saved")


def draft_of(interview: Interview, reviewer: User) -> Draft:
    return scorecards.read(scorecards.own(interview.assessment, reviewer))


def test_a_card_from_the_first_play_to_handing_in(
    desk: Page, asked: Interview, pairs: list[UUID], alan: User, troubles: list[str]
) -> None:
    video = desk.locator("video")
    expect(desk.get_by_role("heading", name="Tell us about a difficult customer.")).to_be_visible()

    desk.keyboard.press("Space")
    expect(desk.get_by_role("button", name="Pause")).to_be_visible()
    desk.wait_for_function("() => document.querySelector('video').currentTime > 0.3")
    desk.keyboard.press("n")
    desk.keyboard.type("Called her back herself.")
    desk.keyboard.press("Enter")
    desk.keyboard.press("Escape")
    desk.keyboard.press("4")
    desk.keyboard.press("0")
    saved(desk)
    assert video.evaluate("video => video.duration") == pytest.approx(SECONDS, abs=0.2)

    desk.reload()
    expect(desk.get_by_text("Called her back herself.")).to_be_visible()
    expect(desk.locator(f"[name='score-{pairs[0]}'][value='4']")).to_be_checked()
    expect(desk.locator(f"[name='score-{pairs[1]}'][value='none']")).to_be_checked()

    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Walk us through a process you improved.")).to_be_visible()
    desk.keyboard.press("2")
    saved(desk)
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Sum up")).to_be_visible()
    desk.get_by_role("radio", name="Hold").check()
    desk.get_by_role("textbox", name="Reason").fill("One more answer, please.")
    desk.get_by_role("button", name="Hand in your card").click()

    expect(desk.get_by_role("heading", name="What the reviewers said")).to_be_visible()
    card = Scorecard.objects.get(reviewer=alan)
    draft = draft_of(asked, alan)
    assert card.submitted_at is not None
    assert draft.scores == {pairs[0]: 4, pairs[1]: None, pairs[2]: 2}
    assert (draft.recommendation, draft.reason) == ("hold", "One more answer, please.")
    assert [note.at_seconds > 0.2 for note in draft.notes] == [True]
    assert MediaAccess.objects.filter(user=alan).exists()
    assert troubles == []


def test_the_second_sees_nothing_of_the_first_until_handing_in(
    watchable: Interview,
    alans_card: Scorecard,
    pairs: list[UUID],
    page: Page,
    grace: User,
    signed_in: Callable[[User], Client],
    address: str,
) -> None:
    reviewing.assign(watchable, grace, by=grace)
    bodies: list[str] = []
    page.on("response", lambda answer: bodies.append(answer.text()) if readable(answer.url, address) else None)
    doors.lend(signed_in(grace), page, site(address))

    for place in ("?question=1", "?question=2", "?question=overall"):
        page.goto(address + place, wait_until="networkidle")
    page.goto(address + "?question=1")
    page.keyboard.press("3")
    page.keyboard.press("3")
    saved(page)
    page.goto(address + "?question=2")
    page.keyboard.press("3")
    saved(page)
    before = list(bodies)
    page.goto(address + "?question=overall")
    page.get_by_label("Move forward", exact=True).check()
    page.get_by_role("button", name="Hand in your card").click()
    expect(page.get_by_role("heading", name="What the reviewers said")).to_be_visible()

    assert len(before) >= 7
    assert [secret for secret in (*SECRETS, str(alans_card.pk), "Joan") if secret in "".join(before)] == []
    shown = page.content()
    assert [secret for secret in (*SECRETS, "Joan Clarke") if secret not in shown] == []


def readable(url: str, address: str) -> bool:
    return url.startswith(site(address)) and "/static/" not in url


def test_transport_keys_and_a_speed_that_is_remembered(desk: Page) -> None:
    video = desk.locator("video")
    desk.wait_for_function("() => document.querySelector('video').readyState >= 1")

    for _ in range(2):
        desk.keyboard.press("]")
    assert video.evaluate("video => video.playbackRate") == 1.5
    desk.keyboard.press("ArrowRight")
    assert video.evaluate("video => video.currentTime") == 5
    desk.keyboard.press("Shift+ArrowLeft")
    assert video.evaluate("video => video.currentTime") == 0
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog", name="Keys")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.reload()

    assert video.evaluate("video => video.playbackRate") == 1.5
    expect(desk.get_by_label("Speed")).to_have_value("1.5")


def test_arrows_after_a_press_on_a_score_move_the_video_and_not_the_score(desk: Page, pairs: list[UUID]) -> None:
    desk.wait_for_function("() => document.querySelector('video').readyState >= 1")
    desk.locator(f"[name='score-{pairs[0]}'][value='3']").click()

    desk.keyboard.press("ArrowRight")

    expect(desk.locator(f"[name='score-{pairs[0]}'][value='3']")).to_be_checked()
    assert desk.locator("video").evaluate("video => video.currentTime") == 5


def test_the_waveform_is_drawn_and_scrubs(desk: Page) -> None:
    expect(desk.locator(".wave g rect").nth(100)).to_be_attached()

    desk.get_by_label("Position in the recording").fill("3")

    assert desk.locator("video").evaluate("video => video.currentTime") == 3
    expect(desk.get_by_label("Position in the recording")).to_have_attribute("aria-valuetext", "0:03 of 0:06")


def test_silence_is_skipped_when_asked(desk: Page) -> None:
    Take.objects.update(speech=[[0.0, 0.5], [4.0, 5.9]])
    desk.reload()
    desk.get_by_label("skip silence").check()

    desk.keyboard.press("Escape")
    desk.get_by_role("button", name="Play").click()
    desk.wait_for_function("() => document.querySelector('video').currentTime > 3.6", timeout=3500)

    assert desk.locator("video").evaluate("video => video.currentTime") < 6


def test_an_address_is_renewed_before_it_expires(
    page: Page, asked: Interview, alan: User, signed_in: Callable[[User], Client], address: str
) -> None:
    doors.lend(signed_in(alan), page, site(address))
    page.clock.install()
    page.goto(address + "?question=1")
    page.wait_for_function("() => document.querySelector('video').readyState >= 1")
    page.keyboard.press("ArrowRight")
    media = page.locator("[data-media]").get_attribute("data-media") or ""

    # Signatures count whole seconds: an address given twice within one is the same, so the answer is awaited instead.
    with page.expect_response("**" + media) as renewed:
        page.clock.fast_forward("13:40")

    expect(page.locator("video")).to_have_attribute("src", renewed.value.json()["video"])
    page.wait_for_function("() => document.querySelector('video').currentTime === 5")
    assert MediaAccess.objects.filter(user=alan).count() == 2


def test_a_video_that_cannot_be_reached_says_so_and_can_be_tried_again(desk: Page, asked: Interview) -> None:
    desk.route(re.compile(r"video\.mp4"), lambda route: route.abort())
    desk.reload()

    expect(desk.get_by_text("The video cannot be reached at the moment.")).to_be_visible()
    desk.unroute_all()
    desk.get_by_role("button", name="Try again").click()

    desk.wait_for_function("() => document.querySelector('video').currentTime > 0.1")
    expect(desk.get_by_text("The video cannot be reached at the moment.")).to_be_hidden()


def test_offline_is_said_kept_on_the_device_and_sent_later(
    desk: Page, asked: Interview, pairs: list[UUID], alan: User
) -> None:
    desk.route("**/api/v1/**", lambda route: route.abort())
    desk.keyboard.press("5")
    expect(desk.locator("[data-saved]")).to_contain_text("No connection. Kept on this device")
    assert not Scorecard.objects.exists()

    desk.reload()
    expect(desk.locator(f"[name='score-{pairs[0]}'][value='5']")).to_be_checked()
    desk.unroute_all()
    saved(desk)

    assert draft_of(asked, alan).scores == {pairs[0]: 5}


def test_signed_out_is_said_and_the_draft_waits_for_its_own_reviewer(
    desk: Page, asked: Interview, pairs: list[UUID], alan: User, grace: User, signed_in: Callable[[User], Client]
) -> None:
    reviewing.assign(asked, grace, by=grace)
    desk.context.clear_cookies()
    desk.keyboard.press("5")
    expect(desk.locator("[data-saved]")).to_contain_text("You are signed out.")

    doors.lend(signed_in(grace), desk, site(desk.url))
    desk.reload()
    expect(desk.locator(f"[name='score-{pairs[0]}'][value='5']")).not_to_be_checked()
    doors.lend(signed_in(alan), desk, site(desk.url))
    desk.reload()
    saved(desk)

    assert draft_of(asked, alan).scores == {pairs[0]: 5}
    assert not Scorecard.objects.filter(reviewer=grace).exists()


def test_what_is_being_typed_survives_a_closed_tab(desk: Page, asked: Interview, alan: User) -> None:
    desk.keyboard.press("n")
    desk.keyboard.type("Half a sent")

    desk.reload()

    expect(desk.get_by_text("Half a sent")).to_be_visible()
    saved(desk)
    assert [note.text for note in draft_of(asked, alan).notes] == ["Half a sent"]


def test_two_tabs_changing_different_things_both_count(
    desk: Page, asked: Interview, pairs: list[UUID], alan: User, address: str
) -> None:
    other = desk.context.new_page()
    other.goto(address + "?question=2")
    other.keyboard.press("2")
    saved(other)

    desk.keyboard.press("4")
    saved(desk)

    assert draft_of(asked, alan).scores == {pairs[0]: 4, pairs[2]: 2}


def test_two_tabs_changing_the_same_thing_show_both_values(
    desk: Page, asked: Interview, pairs: list[UUID], alan: User, address: str
) -> None:
    other = desk.context.new_page()
    other.goto(address + "?question=1")
    other.keyboard.press("2")
    saved(other)

    desk.keyboard.press("4")

    panel = desk.get_by_role("alert").filter(has_text="also changed somewhere else")
    expect(panel.get_by_role("button", name="Here: 4")).to_be_visible()
    assert draft_of(asked, alan).scores == {pairs[0]: 2}
    panel.get_by_role("button", name="There: 2").click()
    saved(desk)
    expect(desk.locator(f"[name='score-{pairs[0]}'][value='2']")).to_be_checked()
    assert draft_of(asked, alan).scores == {pairs[0]: 2}


def test_a_card_handed_in_elsewhere_says_so(desk: Page, asked: Interview, pairs: list[UUID], alan: User) -> None:
    hand_in(asked, alan, full(asked, pairs, values=(3, 3, 3)))

    desk.keyboard.press("1")

    expect(desk.locator("[data-saved]")).to_contain_text("This card can no longer be changed.")
    assert {score.value for score in Scorecard.objects.get().scores.all()} == {3}


def test_preparing_turns_into_playable_by_itself(desk: Page, asked: Interview, pairs: list[UUID]) -> None:
    taken = Take.objects.filter(chosen_for__question__position=1)
    taken.update(state=Take.State.RECEIVED)
    desk.goto(desk.url + "?question=1")
    expect(desk.get_by_text("Ready in a moment")).to_be_visible()
    desk.keyboard.press("n")
    desk.keyboard.type("typed meanwhile")

    taken.update(state=Take.State.PLAYABLE)

    expect(desk.locator("video")).to_be_attached(timeout=8000)
    expect(desk.get_by_role("button", name="Play")).to_be_visible()
    expect(desk.get_by_label("What did they say or do?")).to_have_value("typed meanwhile")
    expect(desk.locator("#theatre")).not_to_have_attribute("hx-trigger", "every 3s")


def test_a_note_leads_to_its_moment(desk: Page, asked: Interview, alan: User) -> None:
    asked_first = asked.version.questions.get(position=1)
    reviewing.save_draft(asked, Draft({}, (Note(asked_first.pk, 3.5, "here"),)), version=0, by=alan)
    desk.reload()
    desk.wait_for_function("() => document.querySelector('video').readyState >= 1")

    desk.get_by_role("link", name="Go to 0:03").click()

    desk.wait_for_function("() => document.querySelector('video').currentTime >= 3.5")
    expect(desk.locator(".wave [data-note]")).to_have_count(1)


def test_without_scripts_the_whole_card_can_be_filled_in(
    browser: Browser, asked: Interview, pairs: list[UUID], alan: User, signed_in: Callable[[User], Client], address: str
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    doors.lend(signed_in(alan), page, site(address))
    page.goto(address)

    page.locator(f"[name='score-{pairs[0]}'][value='4']").check()
    page.locator(f"[name='score-{pairs[1]}'][value='none']").check()
    page.get_by_label("What did they say or do?").fill("By hand.")
    page.get_by_label("At (minutes:seconds)").fill("0:03")
    page.get_by_role("button", name="Save and next").click()
    page.locator(f"[name='score-{pairs[2]}'][value='3']").check()
    page.get_by_role("button", name="Save and sum up").click()
    page.get_by_label("Move forward", exact=True).check()
    page.get_by_role("button", name="Hand in your card").click()

    expect(page.get_by_role("heading", name="What the reviewers said")).to_be_visible()
    assert draft_of(asked, alan).scores == {pairs[0]: 4, pairs[1]: None, pairs[2]: 3}


@pytest.mark.axe
@pytest.mark.parametrize("place", ["?question=1", "?question=overall", "list"])
def test_nothing_would_stop_anybody(desk: Page, address: str, live_server: LiveServer, place: str) -> None:
    mine = live_server.url + reverse("reviewer:interviews:mine")
    desk.goto(mine if place == "list" else address + place)

    assert crawl.complaints(desk) == []


@pytest.mark.axe
def test_nothing_would_stop_anybody_among_the_scores(
    watchable: Interview,
    alans_card: Scorecard,
    page: Page,
    alan: User,
    signed_in: Callable[[User], Client],
    address: str,
) -> None:
    doors.lend(signed_in(alan), page, site(address))

    for place in ("?question=1", "?question=overall"):
        page.goto(address + place)
        assert crawl.complaints(page) == []


def site(address: str) -> str:
    return address.split("/review/", maxsplit=1)[0]
