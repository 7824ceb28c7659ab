from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from hiring.lib import storage
from interviews import leases, recording, rules, takes
from interviews.models import Answer, Interview, Take
from tests import factories
from tests.recorder import Recorder, received

DATA = bytes(range(256)) * 1000


def verbs(answer: Answer) -> list[str]:
    return [event.verb for event in answer.interview.application.events.all()]


def begin(answer: Answer) -> Take:
    return recording.begin_take(answer, by=answer.interview.application.candidate)


def finished(answer: Answer, **fields: object) -> Take:
    return factories.playable(answer, chosen=False, **fields)


def test_the_first_take_starts_the_interview(answer: Answer) -> None:
    first = begin(answer)
    second = begin(answer)

    interview = Interview.objects.get()
    assert (first.number, second.number) == (1, 2)
    assert interview.status == Interview.Status.STARTED
    assert interview.started_at is not None
    assert verbs(answer) == ["interview_started"]


def test_without_consent_nothing_is_recorded(interview: Interview) -> None:
    with pytest.raises(recording.ConsentMissing, match="agree to how we handle"):
        begin(interview.answers.all()[0])

    assert not Take.objects.exists()


def test_after_the_deadline_nothing_is_begun(answer: Answer) -> None:
    over = answer.interview.deadline_at + timedelta(seconds=1)

    with time_machine.travel(over), pytest.raises(recording.NotRecordable, match="time to record has run out"):
        begin(answer)


@pytest.mark.parametrize(
    ("status", "text"), [("submitted", "handed in already"), ("withdrawn", "the application is closed")]
)
def test_after_the_end_nothing_is_begun(answer: Answer, status: str, text: str) -> None:
    submitted = {"submitted_at": datetime.now(UTC), "receipt": "ABCD"} if status == "submitted" else {}
    Interview.objects.update(status=status, **submitted)

    with pytest.raises(recording.NotRecordable, match=text):
        begin(answer)


def test_when_the_tries_are_used_up_it_says_what_to_do(answer: Answer) -> None:
    for _ in range(3):  # the first and two retakes
        finished(answer)

    with pytest.raises(recording.RetakesUsedUp, match="Choose the one you like best"):
        begin(answer)


@pytest.mark.parametrize(
    "fields",
    [
        {"interrupted": True},
        {"silent": True},
        {"black": True},
        {"state": Take.State.ABANDONED},
        {"state": Take.State.FAILED, "failure": "input", "failure_text": "It cannot be played."},
    ],
)
def test_what_was_not_the_candidates_choice_costs_no_retake(answer: Answer, fields: dict[str, object]) -> None:
    for _ in range(3):
        finished(answer, **fields)

    assert takes.retakes_left(answer) == 2
    assert begin(answer).number == 4


def test_the_first_try_is_no_retake(answer: Answer) -> None:
    left = [takes.retakes_left(answer)]
    for _ in range(3):
        finished(answer)
        left.append(takes.retakes_left(answer))

    assert left == [2, 2, 1, 0]


def test_without_a_limit_one_can_always_begin(answer: Answer) -> None:
    answer.question.retakes = None
    for _ in range(12):
        finished(answer)

    assert takes.retakes_left(answer) is None
    assert begin(answer).number == 13


def test_two_tabs_cannot_record_more_than_the_tries(answer: Answer) -> None:
    for _ in range(2):
        finished(answer)
    here, elsewhere = begin(answer), begin(answer)
    received(here, DATA)
    late = Recorder(elsewhere, DATA)
    late.put_all()

    refusal = late.complete()

    assert (refusal.status_code, refusal.json()["code"]) == (409, "retakes_used_up")
    assert late.complete(interrupted=True).status_code == 200


@pytest.fixture
def later() -> Callable[[timedelta], None]:
    def push(by: timedelta) -> None:
        for take in Take.objects.all():
            Take.objects.filter(pk=take.pk).update(started_at=take.started_at - by)

    return push


def test_a_recording_nobody_touched_for_ten_minutes_is_abandoned(
    take: Take, later: Callable[[timedelta], None]
) -> None:
    later(timedelta(minutes=11))

    assert recording.abandon_forgotten(datetime.now(UTC)) == 1
    take.refresh_from_db()
    assert take.state == Take.State.ABANDONED


def test_a_recording_that_still_sends_is_not_abandoned(take: Take, later: Callable[[timedelta], None]) -> None:
    Recorder(take, DATA).put(0)
    later(timedelta(minutes=11))

    assert recording.abandon_forgotten(datetime.now(UTC)) == 0
    assert recording.abandon_forgotten(datetime.now(UTC) + timedelta(minutes=10)) == 1


def test_a_young_recording_is_not_even_looked_up(take: Take, settings: Settings) -> None:
    settings.S3_ENDPOINT_URL = "http://127.0.0.1:9"

    assert recording.abandon_forgotten(datetime.now(UTC)) == 0


def test_of_a_take_nobody_came_back_to_the_prefix_is_kept(take: Take) -> None:
    Recorder(take, DATA).put(0, 1, 3)
    Take.objects.update(state=Take.State.ABANDONED)
    over = take.answer.interview.deadline_at + timedelta(hours=24, minutes=1)

    assert recording.recover_forgotten(over) == 1
    take.refresh_from_db()
    assert (take.state, take.interrupted) == (Take.State.RECEIVED, True)
    kept = rules.manifest_keys(take.pk, take.manifest)
    assert b"".join(storage.read_in_order(kept)) == DATA[:120_000]
    assert recording.recover_forgotten(over) == 0


def test_before_the_day_of_grace_is_over_the_candidate_may_come_back(take: Take) -> None:
    Recorder(take, DATA).put(0)
    Take.objects.update(state=Take.State.ABANDONED)

    assert recording.recover_forgotten(take.answer.interview.deadline_at + timedelta(hours=23)) == 0


def test_of_a_take_that_never_sent_anything_nothing_is_left_open(take: Take) -> None:
    Take.objects.update(state=Take.State.ABANDONED)

    recording.recover_forgotten(take.answer.interview.deadline_at + timedelta(hours=25))

    take.refresh_from_db()
    assert (take.state, take.why) == (Take.State.FAILED, "Nothing of it arrived.")


def test_the_sweep_finds_what_no_hint_reached(take: Take) -> None:
    received(take, DATA)

    assert recording.enqueue_due() == 1
    assert recording.enqueue_due() == 0  # asked a moment ago


def test_the_sweep_leaves_what_a_worker_holds(take: Take) -> None:
    received(take, DATA)
    leases.claim(take.pk)

    assert recording.enqueue_due() == 0


def test_the_sweep_finds_what_a_dead_worker_held(take: Take) -> None:
    received(take, DATA)
    leases.claim(take.pk)
    Take.objects.update(lease_until=datetime.now(UTC) - timedelta(seconds=1))

    assert recording.enqueue_due() == 1


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_share_what_is_due(answer: Answer) -> None:
    for _ in range(30):
        finished(answer, state=Take.State.RECEIVED, next_attempt_at=datetime.now(UTC))

    def sweep(_number: int) -> int:
        try:
            return recording.enqueue_due()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as beats:
        found = list(beats.map(sweep, range(4)))

    assert sum(found) == 30


def test_a_recording_that_kills_every_worker_is_given_up(take: Take) -> None:
    received(take, DATA)
    for _ in range(3):
        assert leases.claim(take.pk) is not None
        Take.objects.update(lease_until=datetime.now(UTC) - timedelta(seconds=1))

    assert leases.claim(take.pk) is None
    assert leases.give_up_exhausted() == 1
    take.refresh_from_db()
    assert (take.state, take.failure, take.next_attempt_at) == (Take.State.FAILED, Take.Failure.BUG, None)
    assert leases.give_up_exhausted() == 0


def test_the_sweep_asks_the_database_the_same_however_much_is_due(
    answer: Answer, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(20):
        finished(answer, state=Take.State.RECEIVED, next_attempt_at=datetime.now(UTC))

    with django_assert_max_num_queries(4):
        assert recording.enqueue_due() == 20


@pytest.mark.parametrize("state", rules.DUTIES)
def test_a_take_past_its_deadline_is_listed(answer: Answer, state: Take.State) -> None:
    now = datetime.now(UTC)
    take = factories.take(answer, state=state, started_at=now, received_at=now)
    deadline = {
        "started_at": now,
        "handed_to_worker_at": now,
        "answer__interview__deadline_at": answer.interview.deadline_at,
    }
    duty = rules.DUTIES[state]

    edge = deadline[duty.since] + duty.within

    assert list(takes.overdue(edge - timedelta(seconds=1))) == []
    assert list(takes.overdue(edge + timedelta(seconds=1))) == [take]
