from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest
import time_machine
from django.conf import settings as configured
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from hiring.lib import storage
from interviews import rules
from interviews.models import Answer, Interview, Take
from tests import factories
from tests.recorder import Recorder, described, received

DATA = bytes(range(256)) * 1000  # 256,000 bytes: five pieces


@pytest.fixture
def recorder(take: Take) -> Recorder:
    return Recorder(take, DATA)


def test_pieces_are_put_where_the_server_says_and_completed(recorder: Recorder, take: Take) -> None:
    recorder.put_all()

    answer = recorder.complete()

    assert (answer.status_code, answer.json()) == (200, {"state": "received"})
    take.refresh_from_db()
    assert take.state == Take.State.RECEIVED
    assert take.claimed_seconds == 6.0
    assert len(take.manifest[0]["pieces"]) == 5
    keys = rules.manifest_keys(take.pk, take.manifest)
    assert b"".join(storage.read_in_order(keys)) == DATA


def test_asking_where_to_put_reads_no_table(
    recorder: Recorder, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        answer = recorder.ask(0, 1, 2)

    assert [upload["index"] for upload in answer.json()["uploads"]] == [0, 1, 2]
    assert "set-cookie" not in answer.headers


def test_the_address_is_the_public_one(recorder: Recorder, take: Take, settings: Settings) -> None:
    settings.S3_PUBLIC_URL = "https://media.example.org"

    url = recorder.ask(0).json()["uploads"][0]["url"]

    digest = described(0, recorder.pieces[0])["sha256"]
    key = f"takes/{take.pk}/1/v/000000-{digest}"
    assert url.startswith(f"https://media.example.org/{configured.S3_BUCKET}/{key}?")


def test_a_piece_with_another_digest_is_refused_by_the_store(recorder: Recorder) -> None:
    upload = recorder.ask(0).json()["uploads"][0]

    status = httpx.put(upload["url"], content=b"\0" * len(recorder.pieces[0]), headers=upload["headers"]).status_code

    assert status == 400
    missing = recorder.complete().json()["missing"]
    assert missing == [0, 1, 2, 3, 4]


def test_a_piece_put_twice_is_there_once(recorder: Recorder, take: Take) -> None:
    assert recorder.put(0) == [200]
    assert recorder.put(0) == [412]

    assert len(storage.listing(rules.take_prefix(take.pk))) == 1


def test_pieces_may_come_out_of_order(recorder: Recorder, take: Take) -> None:
    recorder.put(4, 1, 3, 0, 2)

    assert recorder.complete().status_code == 200
    take.refresh_from_db()
    assert b"".join(storage.read_in_order(rules.manifest_keys(take.pk, take.manifest))) == DATA


def test_completing_with_a_gap_names_it_and_says_where_to_put_it(recorder: Recorder, take: Take) -> None:
    recorder.put(0, 1, 4)

    answer = recorder.complete()

    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert (problem["code"], problem["missing"]) == ("pieces_missing", [2, 3])
    for upload in problem["uploads"]:
        data = recorder.pieces[upload["index"]]
        assert httpx.put(upload["url"], content=data, headers=upload["headers"]).status_code == 200
    assert recorder.complete().status_code == 200


def test_after_a_reload_the_server_says_what_it_has(recorder: Recorder) -> None:
    recorder.put(0, 2)

    answer = recorder.call("GET", "pieces").json()

    assert answer == {
        "epoch": 1,
        "state": "recording",
        "pieces": [described(0, recorder.pieces[0]), described(2, recorder.pieces[2])],
    }


def test_completing_again_is_the_same_answer(recorder: Recorder, take: Take) -> None:
    recorder.put_all()
    recorder.complete()

    again = recorder.complete()

    assert (again.status_code, again.json()) == (200, {"state": "received"})
    verbs = [event.verb for event in take.answer.interview.application.events.all()]
    assert verbs.count("answer_received") == 1


def test_another_manifest_for_a_complete_take_is_refused(recorder: Recorder) -> None:
    recorder.put_all()
    recorder.complete()
    recorder.pieces.pop()

    answer = recorder.complete()

    assert (answer.status_code, answer.json()["code"]) == (409, "already_complete")


def test_an_older_epoch_is_refused(recorder: Recorder, take: Take) -> None:
    recorder.put_all()
    Take.objects.filter(pk=take.pk).update(epoch=2)

    answer = recorder.complete()

    assert (answer.status_code, answer.json()["code"]) == (409, "epoch_superseded")


def test_an_abandoned_take_can_still_be_completed(recorder: Recorder, take: Take) -> None:
    Take.objects.filter(pk=take.pk).update(state=Take.State.ABANDONED)
    recorder.put_all()

    assert recorder.complete(interrupted=True).status_code == 200
    take.refresh_from_db()
    assert (take.state, take.interrupted) == (Take.State.RECEIVED, True)


def test_what_began_in_time_may_arrive_a_day_after_the_deadline(recorder: Recorder, take: Take) -> None:
    interview = take.answer.interview
    Interview.objects.filter(pk=interview.pk).update(deadline_at=datetime.now(UTC) - timedelta(hours=23))
    recorder.put_all()

    assert recorder.complete().status_code == 200


def test_after_that_day_the_text_says_whom_to_ask(recorder: Recorder, take: Take) -> None:
    interview = take.answer.interview
    Interview.objects.filter(pk=interview.pk).update(deadline_at=datetime.now(UTC) - timedelta(hours=25))
    recorder.put_all()

    answer = recorder.complete()

    assert (answer.status_code, answer.json()["code"]) == (409, "not_recordable")
    assert "Write to us" in answer.json()["detail"]


def test_an_empty_recording_is_refused(recorder: Recorder) -> None:
    answer = recorder.complete(pieces=[])

    assert (answer.status_code, answer.json()["code"]) == (422, "manifest_refused")


def test_more_bytes_than_an_answer_can_have_are_refused(recorder: Recorder) -> None:
    huge = [{"size": 4 * 1024 * 1024, "sha256": "0" * 64}] * 18  # 75 MB for a limit of 70

    answer = recorder.complete(pieces=huge)

    assert (answer.status_code, answer.json()["code"]) == (422, "manifest_refused")


@pytest.mark.parametrize(
    "changes",
    [
        {"pieces": [{"size": 0, "sha256": "0" * 64}]},
        {"pieces": [{"size": 5 * 1024 * 1024, "sha256": "0" * 64}]},
        {"pieces": [{"size": 5, "sha256": "not a digest"}]},
        {"pieces": [{"size": "many", "sha256": "0" * 64}]},
        {"pieces": "all of them"},
        {"seconds": -1},
        {"seconds": "NaN"},
        {"seconds": 1e300},
        {"mime": "video/mp4\0"},
        {"mime": "x" * 1_000_000},
        {"epoch": None},
    ],
)
def test_nonsense_is_named(recorder: Recorder, changes: dict[str, object]) -> None:
    answer = recorder.complete(**changes)

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert set(answer.json()["errors"]) == set(changes)


@pytest.mark.parametrize("pieces", [[], [described(0, b"x")] * 21, [{**described(0, b"x"), "index": -1}]])
def test_asking_for_nonsense_is_named(recorder: Recorder, pieces: list[object]) -> None:
    answer = recorder.ask(pieces=pieces)

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


def test_an_index_beyond_the_limit_is_refused(recorder: Recorder) -> None:
    bounds = rules.Bounds(120)

    at_the_limit = recorder.ask(pieces=[{**described(0, b"x"), "index": bounds.pieces - 1}])
    beyond = recorder.ask(pieces=[{**described(0, b"x"), "index": bounds.pieces}])

    assert at_the_limit.status_code == 200
    assert (beyond.status_code, beyond.json()["code"]) == (413, "too_large")


def test_a_body_that_is_no_json_is_named(recorder: Recorder) -> None:
    answer = recorder.client.post(
        f"/api/v1/takes/{recorder.take}/chunks/",
        b"\0\xff",
        content_type="application/json",
        headers={"authorization": f"Take {recorder.token}"},
    )

    assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")


@pytest.mark.parametrize(("method", "path"), [("POST", "chunks"), ("GET", "pieces"), ("POST", "completion")])
def test_a_token_older_than_a_quarter_of_an_hour_asks_to_be_renewed(recorder: Recorder, method: str, path: str) -> None:
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=16)):
        answer = recorder.call(method, path, {})

        assert (answer.status_code, answer.json()["code"]) == (403, "token_expired")
        renewed = recorder.call("POST", "token").json()
        recorder.token = renewed["token"]
        assert renewed["epoch"] == 1
        assert recorder.ask(0).status_code == 200


def test_a_token_older_than_a_day_cannot_be_renewed(recorder: Recorder) -> None:
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=25)):
        answer = recorder.call("POST", "token")

    assert (answer.status_code, answer.json()["code"]) == (403, "token_expired")


def test_a_complete_take_gives_no_new_token(take: Take) -> None:
    received(take, DATA)

    answer = Recorder(take).call("POST", "token")

    assert (answer.status_code, answer.json()["code"]) == (409, "already_complete")


@pytest.mark.parametrize(("method", "path"), [("POST", "chunks"), ("GET", "pieces"), ("POST", "token")])
def test_a_token_opens_only_its_own_take(answer: Answer, recorder: Recorder, method: str, path: str) -> None:
    other = Recorder(factories.take(answer))

    refused = recorder.call(method, path, {}, token=other.token)

    assert (refused.status_code, refused.json()["code"]) == (403, "wrong_take")


@pytest.mark.parametrize("header", ["", "Take", "Take forged", "Take a:b:c", "Bearer x", "Take \xff"])
def test_without_a_true_token_nothing_opens(recorder: Recorder, header: str) -> None:
    answer = recorder.client.get(f"/api/v1/takes/{recorder.take}/pieces/", headers={"authorization": header})

    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_cookie_opens_nothing_here(joan: Client, take: Take) -> None:
    assert joan.get(f"/api/v1/takes/{take.pk}/pieces/").status_code == 403


def test_a_take_that_is_gone_is_not_found(recorder: Recorder, take: Take) -> None:
    token = recorder.token
    take.delete()

    assert recorder.call("GET", "pieces", token=token).status_code == 404


def test_a_forged_take_in_a_forged_token_is_refused(recorder: Recorder) -> None:
    forged = rules.Pass(uuid4(), 1, 10, 10).sign()[:-2] + "xx"

    assert recorder.call("GET", "pieces", token=forged).json()["code"] == "token_invalid"


def test_a_store_that_is_away_asks_to_come_back(recorder: Recorder, settings: Settings) -> None:
    settings.S3_ENDPOINT_URL = "http://127.0.0.1:9"

    for answer in (recorder.complete(), recorder.call("GET", "pieces")):
        assert (answer.status_code, answer.json()["code"]) == (503, "storage_unavailable")
        assert answer.headers["retry-after"] == "5"


@pytest.mark.usefixtures("broken_broker")
def test_the_queue_being_away_is_no_error(
    recorder: Recorder,
    take: Take,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    caplog: pytest.LogCaptureFixture,
) -> None:
    recorder.put_all()

    with django_capture_on_commit_callbacks(execute=True):
        answer = recorder.complete()

    assert answer.status_code == 200
    take.refresh_from_db()
    assert take.state == Take.State.RECEIVED
    assert take.next_attempt_at is not None
    assert "Error calling hint.<locals>.enqueue" in caplog.text
