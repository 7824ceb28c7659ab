"""A take that failed, put back to work: by the people who wait for it, or by the candidate."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from hiring.accounts.models import User
from hiring.lib import storage
from hiring.pipeline import links
from hiring.pipeline.models import Event
from interviews import assembly, leases, periodic, queries, recording, rules, takes
from interviews.models import Answer, Interview, Take
from tests import factories
from tests.clips import Clips
from tests.recorder import received

NOWHERE = "http://127.0.0.1:9"
Sign = Callable[[User], Client]


def failed(answer: Answer, failure: str = "transient", **fields: Any) -> Take:
    """A take that a worker gave up on, without any object in the store."""
    known = {"manifest": [{"epoch": 1, "pieces": [{"size": 3, "sha256": "0" * 64}]}], "failure_text": "for the log"}
    arrived_at = timezone.now() - timedelta(days=1)
    state = {"state": Take.State.FAILED, "failure": failure, "attempt": 3, "received_at": arrived_at}
    return factories.take(answer, **{**known, **state, **fields})


def verbs(take: Take) -> list[str]:
    events = take.answer.interview.application.events.exclude(verb="link_entered")
    return list(events.values_list("verb", flat=True))


def test_what_failed_for_lack_of_a_store_is_watched_after_all(
    take: Take, clips: Clips, grace: User, settings: Settings
) -> None:
    received(take, clips.bytes("chromium.mp4"))
    there, settings.S3_ENDPOINT_URL = settings.S3_ENDPOINT_URL, NOWHERE
    for _ in range(4):
        assembly.process(take.pk)
    settings.S3_ENDPOINT_URL = there

    recording.try_again(take, by=grace)
    assembly.process(take.pk)

    take.refresh_from_db()
    assert (take.state, take.failure, take.failure_text) == (Take.State.PLAYABLE, "", "")
    assert (take.attempt, take.revision, take.next_attempt_at) == (5, 5, None)
    assert verbs(take) == ["answer_received", "answer_failed", "answer_retried", "answer_playable"]
    assert storage.listing(rules.media_prefix(take.pk, 5))


def test_it_has_as_many_attempts_again_and_no_more(take: Take, clips: Clips, grace: User, settings: Settings) -> None:
    received(take, clips.bytes("chromium.mp4"))
    settings.S3_ENDPOINT_URL = NOWHERE
    for _ in range(rules.ATTEMPTS):
        assembly.process(take.pk)

    recording.try_again(take, by=grace)
    for _ in range(rules.ATTEMPTS - 1):
        assembly.process(take.pk)
    take.refresh_from_db()
    assert take.state == Take.State.RECEIVED
    assembly.process(take.pk)

    take.refresh_from_db()
    assert (take.state, take.attempt, take.attempts_allowed) == (Take.State.FAILED, 7, 7)
    assert leases.claim(take.pk) is None


def test_what_cannot_be_read_is_tried_once_and_does_not_loop(take: Take, grace: User) -> None:
    received(take, b"\x1a\x45\xdf\xa3" + b"\0" * 500)
    assembly.process(take.pk)

    recording.try_again(take, by=grace)
    assembly.process(take.pk)
    periodic.sweep_takes()
    assembly.process(take.pk)

    take.refresh_from_db()
    assert (take.state, take.failure, take.attempt, take.next_attempt_at) == (Take.State.FAILED, "input", 3, None)
    assert verbs(take).count("answer_failed") == 2
    assert not takes.due().exists()


def test_what_could_not_be_copied_is_encoded_the_second_time(
    take: Take, clips: Clips, grace: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    received(take, clips.bytes("chromium.mp4"))
    Take.objects.update(state="failed", failure="input", failure_text="Failed", attempt=1, next_attempt_at=None)
    ways: list[int] = []
    render = assembly.render

    def watched(*args: Any, attempt: int, **more: Any) -> Any:
        ways.append(attempt)
        return render(*args, attempt=attempt, **more)

    monkeypatch.setattr(assembly, "render", watched)

    recording.try_again(take, by=grace)
    assembly.process(take.pk)

    take.refresh_from_db()
    assert (take.state, ways) == (Take.State.PLAYABLE, [rules.ATTEMPTS])


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": "recording", "failure": "", "failure_text": ""}, "being prepared already"),
        ({"state": "received", "failure": "", "failure_text": ""}, "being prepared already"),
        ({"state": "playable", "video": "video.mp4", "seconds": 6.0}, "it can be watched"),
        ({"manifest": []}, "Nothing of this recording arrived"),
    ],
)
def test_when_nothing_failed_that_is_said(answer: Answer, grace: User, fields: dict[str, Any], words: str) -> None:
    take = failed(answer, **fields)
    before = Take.objects.values().get()

    with pytest.raises(recording.NothingToRetry, match=words):
        recording.try_again(take, by=grace)

    assert Take.objects.values().get() == before
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_at_once_one_is_told_it_is_on_its_way(answer: Answer, grace: User, katherine: User) -> None:
    take = failed(answer)
    barrier = threading.Barrier(2)
    said: list[str] = []

    def press(user: User) -> None:
        barrier.wait()
        try:
            recording.try_again(take, by=user)
            said.append("")
        except recording.NothingToRetry as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    people = [threading.Thread(target=press, args=[user]) for user in (grace, katherine)]
    for person in people:
        person.start()
    for person in people:
        person.join()

    take.refresh_from_db()
    assert sorted(said) == ["", "This recording is being prepared already. Give it a moment."]
    assert (take.state, take.attempt, take.attempts_allowed) == (Take.State.RECEIVED, 4, 7)
    assert verbs(take) == ["answer_retried"]


def test_a_worker_that_was_only_asleep_cannot_end_the_new_round(take: Take, clips: Clips, grace: User) -> None:
    received(take, clips.bytes("chromium.mp4"))
    asleep = leases.claim(take.pk)
    assert asleep
    Take.objects.update(state="failed", failure="bug", failure_text="for the log", lease_until=None)

    recording.try_again(take, by=grace)

    with pytest.raises(leases.Superseded):
        asleep.write(state=Take.State.FAILED)


def test_it_is_nobodys_duty_for_longer_than_a_fresh_one(answer: Answer, grace: User) -> None:
    take = failed(answer)
    recording.try_again(take, by=grace)

    assert not takes.overdue(timezone.now() + timedelta(minutes=29)).exists()
    assert takes.overdue(timezone.now() + timedelta(minutes=31)).get() == take


def test_it_costs_no_retake_even_when_it_can_be_watched(answer: Answer, grace: User) -> None:
    recording.try_again(failed(answer), by=grace)
    Take.objects.update(state="playable", video="video.mp4", seconds=6.0, failure="", failure_text="")

    assert takes.retakes_left(answer) == 2


# The candidate.


@pytest.fixture
def base(interview: Interview) -> str:
    return f"/c/interviews/{interview.pk}/"


def test_the_candidate_may_ask_once_for_what_failed_on_our_side(joan: Client, base: str, answer: Answer) -> None:
    take = failed(answer, "bug")
    page = joan.get(f"{base}review/").content.decode()
    assert "Something went wrong on our side while we prepared it." in page
    assert f"{base}takes/{take.pk}/preparation/" in page

    asked = joan.post(f"{base}takes/{take.pk}/preparation/", follow=True)

    assert "We are preparing it again" in asked.content.decode()
    assert verbs(take) == ["answer_retried"]
    Take.objects.update(state="failed")
    assert f"{base}takes/{take.pk}/preparation/" not in joan.get(f"{base}review/").content.decode()
    again = joan.post(f"{base}takes/{take.pk}/preparation/", follow=True)
    assert "Trying again would not help this recording." in again.content.decode()


def test_the_candidate_is_not_sent_in_circles_with_what_cannot_be_read(joan: Client, base: str, answer: Answer) -> None:
    take = failed(answer, "input", failure_flaw="empty")
    page = joan.get(f"{base}review/").content.decode()

    asked = joan.post(f"{base}takes/{take.pk}/preparation/", follow=True)

    assert "What arrived holds neither picture nor sound." in page
    assert "preparation/" not in page
    assert "Record once more: it costs no retake." in asked.content.decode()


def test_after_the_time_is_over_the_candidate_cannot_ask(joan: Client, base: str, answer: Answer) -> None:
    take = failed(answer)
    Interview.objects.update(deadline_at=timezone.now() - timedelta(days=2))

    asked = joan.post(f"{base}takes/{take.pk}/preparation/", follow=True)

    assert "The time to send this recording has run out." in asked.content.decode()
    assert verbs(take) == []


def test_the_record_page_says_whose_fault_it_was(joan: Client, base: str, answer: Answer) -> None:
    failed(answer, "transient")

    page = joan.get(f"{base}questions/{answer.question_id}/").content.decode()

    assert '"finding": "delayed"' in page


def test_a_failed_recording_is_no_choice(joan: Client, base: str, answer: Answer) -> None:
    take = failed(answer)

    page = joan.post(f"{base}questions/{answer.question_id}/choice/", {"take": take.pk}, follow=True)

    assert "This recording could not be prepared." in page.content.decode()


# The people who wait for it.


@pytest.fixture
def handed_in(interview: Interview) -> Interview:
    """Joan's, handed in; the first answer could not be prepared."""
    for answer in interview.answers.all():
        factories.playable(answer)
    Take.objects.filter(answer__question__position=1).update(state="failed", failure="transient", failure_text="log")
    Interview.objects.update(status="submitted", submitted_at=timezone.now(), receipt="ABCD")
    interview.refresh_from_db()
    return interview


def preparation(interview: Interview, take: Take) -> str:
    return reverse("reviewer:interviews:preparation", args=[interview.pk, take.pk])


def test_from_the_cockpit_one_comes_back_to_the_answer_being_prepared(
    handed_in: Interview, alan: User, signed_in: Sign
) -> None:
    factories.assignment(handed_in, alan)
    browser, take = signed_in(alan), Take.objects.get(state="failed")
    page = browser.get(reverse("reviewer:interviews:cockpit", args=[handed_in.pk]) + "?question=1").content.decode()
    assert preparation(handed_in, take) in page

    answer = browser.post(preparation(handed_in, take), {"question": "1"}, follow=True)

    assert answer.redirect_chain[-1][0].endswith("?question=1")
    assert "Ready in a moment" in answer.content.decode()


def test_from_the_candidates_page(handed_in: Interview, grace: User, signed_in: Sign) -> None:
    browser, take = signed_in(grace), Take.objects.get(state="failed")
    address = reverse("reviewer:application", args=[handed_in.application_id])
    page = browser.get(address).content.decode()
    assert "The answer to question 1 could not be prepared" in page
    assert "Something on our side was down" in page

    answer = browser.post(preparation(handed_in, take), follow=True)

    assert answer.redirect_chain[-1][0] == address
    assert "It is being prepared again" in answer.content.decode()
    assert "could not be prepared</strong>" not in answer.content.decode()
    assert "Asked for an answer to be prepared again" in answer.content.decode()


def test_pressed_again_it_says_that_it_is_on_its_way(handed_in: Interview, grace: User, signed_in: Sign) -> None:
    browser, take = signed_in(grace), Take.objects.get(state="failed")

    for _ in range(2):
        answer = browser.post(preparation(handed_in, take), follow=True)

    assert "This recording is being prepared already." in answer.content.decode()
    assert Event.objects.filter(verb="answer_retried").count() == 1


def test_a_recording_nobody_waits_for_is_not_shown(interview: Interview, grace: User, signed_in: Sign) -> None:
    answer = interview.answers.all()[0]
    failed(answer)
    factories.playable(answer)

    page = signed_in(grace).get(reverse("reviewer:application", args=[interview.application_id])).content.decode()

    assert "could not be prepared" not in page


def test_who_is_asked_to_score_cannot_touch_what_was_not_handed_in(
    interview: Interview, alan: User, signed_in: Sign
) -> None:
    factories.assignment(interview, alan)
    take = failed(interview.answers.all()[0])

    assert signed_in(alan).post(preparation(interview, take)).status_code == 404


def test_another_candidates_recording_does_not_exist(interview: Interview, answer: Answer) -> None:
    stranger = factories.interview(factories.application(interview.application.job, "Mary Shelley"), interview.version)
    browser = Client()
    browser.cookies[django_settings.CANDIDATE_COOKIE] = links.enter(stranger.link, label="Firefox").secret
    take = failed(answer)

    assert browser.post(f"/c/interviews/{interview.pk}/takes/{take.pk}/preparation/").status_code == 404
    assert browser.post(f"/c/interviews/{stranger.pk}/takes/{take.pk}/preparation/").status_code == 404


# Who learns of it.


def test_it_waits_on_the_front_page_of_whoever_oversees_until_it_is_tried_again(
    handed_in: Interview, grace: User, katherine: User, alan: User, signed_in: Sign
) -> None:
    factories.assignment(handed_in, alan)

    waits = {user: list(queries.stuck(user)) for user in (grace, katherine, alan)}

    assert waits == {grace: [handed_in], katherine: [handed_in], alan: []}
    assert "Recordings that could not be prepared" in signed_in(grace).get("/review/").content.decode()
    recording.try_again(Take.objects.get(state="failed"), by=grace)
    assert not queries.stuck(grace).exists()


@pytest.mark.parametrize(("failure", "waits"), [("transient", True), ("bug", True), ("input", False)])
def test_before_it_is_handed_in_only_what_was_our_fault_waits(
    interview: Interview, grace: User, failure: str, waits: bool
) -> None:
    Interview.objects.update(status="started")
    failed(interview.answers.all()[0], failure)

    assert queries.stuck(grace).exists() is waits


def test_what_the_sweep_gives_up_is_told_in_the_history(take: Take) -> None:
    now = timezone.now()
    Take.objects.update(state="received", received_at=now, attempt=3, next_attempt_at=now, manifest=[{"pieces": []}])

    assert [leases.give_up_exhausted(), leases.give_up_exhausted()] == [1, 0]

    take.refresh_from_db()
    assert (take.state, take.failure, take.is_our_fault) == (Take.State.FAILED, "bug", True)
    assert verbs(take) == ["answer_failed"]
