import json
import os
import tempfile
import threading
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from hiring.lib import storage
from interviews import assembly, ffmpeg, leases, rules, takes
from interviews.models import Answer, Take
from tests import factories
from tests.clips import Clips
from tests.recorder import received


def stored(take: Take) -> list[str]:
    """The names of a take's objects, without its prefix."""
    found = [*storage.listing(rules.take_prefix(take.pk)), *storage.listing(rules.media_prefix(take.pk))]
    return [item.key.partition(f"{take.pk}/")[2] for item in found]


def fetched(take: Take, name: str, folder: Path) -> Path:
    path = folder / name
    path.write_bytes(storage.read(rules.media_prefix(take.pk, take.revision) + name))
    return path


def verbs(take: Take) -> list[str]:
    return [event.verb for event in take.answer.interview.application.events.all()]


def test_a_received_take_becomes_playable_and_is_finished(take: Take, clips: Clips, tmp_path: Path) -> None:
    received(take, clips.bytes("chromium.mp4"))

    assembly.process(take.pk)

    take.refresh_from_db()
    assert (take.state, take.video, take.attempt, take.revision) == (Take.State.PLAYABLE, "video.mp4", 1, 1)
    assert take.seconds == pytest.approx(6, abs=0.2)
    assert (take.lease_until, take.next_attempt_at) == (None, None)
    assert (take.silent, take.black) == (False, False)
    assert [len(span) for span in take.speech] == [2, 2]
    assert stored(take) == ["1/peaks.json", "1/poster.jpg", "1/source", "1/video.mp4"]
    assert take.bytes == fetched(take, "video.mp4", tmp_path).stat().st_size
    assert fetched(take, "source", tmp_path).read_bytes() == clips.bytes("chromium.mp4")
    assert len(json.loads(fetched(take, "peaks.json", tmp_path).read_bytes())["peaks"]) == pytest.approx(60, abs=2)
    assert verbs(take) == ["answer_received", "answer_playable"]


@pytest.mark.parametrize("name", ["vp8.webm", "vp9.mp4"])
def test_what_is_not_h264_is_watchable_first_and_encoded_afterwards(
    take: Take, clips: Clips, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    received(take, clips.bytes(name))
    published: list[str] = []
    publish = assembly.publish

    def watched(held: leases.Claim, video: Path, found: ffmpeg.Packets) -> None:
        published.append(video.name)
        publish(held, video, found)

    monkeypatch.setattr(assembly, "publish", watched)

    assembly.process(take.pk)

    take.refresh_from_db()
    assert published == ["video.webm"]
    assert take.video == "video.mp4"
    assert ffmpeg.identify(fetched(take, "video.mp4", tmp_path).read_bytes(), cwd=tmp_path).video == "h264"
    assert "1/source" in stored(take)


def test_an_index_at_the_end_is_no_obstacle(take: Take, clips: Clips) -> None:
    received(take, clips.bytes("whole.mp4"))

    assembly.process(take.pk)

    take.refresh_from_db()
    assert take.state == Take.State.PLAYABLE
    assert take.seconds == pytest.approx(6, abs=0.2)


def test_only_the_first_part_of_what_is_too_long_is_kept(
    take: Take, clips: Clips, monkeypatch: pytest.MonkeyPatch
) -> None:
    received(take, clips.bytes("chromium.mp4"))
    monkeypatch.setattr(rules, "GRACE_SECONDS", 2 - rules.SLACK_SECONDS - take.answer.question.answer_seconds)

    assembly.process(take.pk)

    take.refresh_from_db()
    assert take.state == Take.State.PLAYABLE
    assert take.seconds == pytest.approx(2, abs=0.5)


def test_a_claim_of_more_than_arrived_does_not_lose_what_arrived(take: Take, clips: Clips) -> None:
    received(take, clips.bytes("chromium.mp4"), seconds=50.0)

    assembly.process(take.pk)

    take.refresh_from_db()
    assert (take.state, take.claimed_seconds) == (Take.State.PLAYABLE, 50.0)
    assert take.seconds == pytest.approx(6, abs=0.2)


def test_a_truncated_take_is_playable_as_far_as_it_goes(take: Take, clips: Clips) -> None:
    data = clips.bytes("chromium.mp4")
    received(take, data[: len(data) // 2], interrupted=True)

    assembly.process(take.pk)

    take.refresh_from_db()
    assert (take.state, take.interrupted) == (Take.State.PLAYABLE, True)
    assert take.seconds == pytest.approx(3, abs=0.6)


def test_a_silent_take_is_playable_and_flagged(take: Take, clips: Clips) -> None:
    received(take, clips.bytes("silent.mp4"))

    assembly.process(take.pk)

    take.refresh_from_db()
    assert (take.state, take.silent, take.speech) == (Take.State.PLAYABLE, True, [])


def test_a_voice_without_pictures_is_playable(take: Take, clips: Clips) -> None:
    received(take, clips.bytes("voice.mp4"))

    assembly.process(take.pk)

    take.refresh_from_db()
    assert take.state == Take.State.PLAYABLE
    assert stored(take) == ["1/peaks.json", "1/source", "1/video.mp4"]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"#EXTM3U\n#EXTINF:10,\n/etc/passwd\n", "What arrived is neither a WebM nor an MP4 recording."),
        (b"\x1a\x45\xdf\xa3" + b"\0" * 500, "The beginning of what arrived cannot be read."),
        (b"\0\0\0\x18ftypisom" * 40, "The beginning of what arrived cannot be read."),
    ],
)
def test_what_is_no_recording_fails_at_once_in_words_for_both_sides(take: Take, data: bytes, why: str) -> None:
    received(take, data)

    assembly.process(take.pk)

    take.refresh_from_db()
    assert (take.state, take.failure, take.attempt) == (Take.State.FAILED, Take.Failure.INPUT, 1)
    assert (take.why, take.is_our_fault) == (why, False)
    assert take.failure_text.startswith("UnreadableError: it ")
    assert verbs(take) == ["answer_received", "answer_failed"]
    assert all(name.startswith("1/v/") for name in stored(take))  # what arrived is kept


def test_a_failed_take_costs_no_retake(take: Take, answer: Answer) -> None:
    received(take, b"not a video")
    assembly.process(take.pk)

    assert takes.retakes_left(answer) == 2


def test_a_store_that_is_away_is_tried_again_later(take: Take, clips: Clips, settings: Settings) -> None:
    received(take, clips.bytes("chromium.mp4"))
    there, settings.S3_ENDPOINT_URL = settings.S3_ENDPOINT_URL, "http://127.0.0.1:9"

    assembly.process(take.pk)

    take.refresh_from_db()
    assert (take.state, take.attempt, take.lease_until) == (Take.State.RECEIVED, 1, None)
    assert take.next_attempt_at is not None
    settings.S3_ENDPOINT_URL = there
    assembly.process(take.pk)
    take.refresh_from_db()
    assert (take.state, take.revision) == (Take.State.PLAYABLE, 2)


def test_after_three_attempts_it_has_failed_for_a_reason(take: Take, clips: Clips, settings: Settings) -> None:
    received(take, clips.bytes("chromium.mp4"))
    settings.S3_ENDPOINT_URL = "http://127.0.0.1:9"

    for _ in range(4):
        assembly.process(take.pk)

    take.refresh_from_db()
    assert (take.state, take.failure, take.attempt) == (Take.State.FAILED, Take.Failure.TRANSIENT, 3)
    assert take.why.startswith("Something on our side was down")
    assert take.failure_text.startswith("StorageError: ")


def test_a_piece_changed_in_the_store_is_noticed(take: Take, clips: Clips, tmp_path: Path) -> None:
    received(take, clips.bytes("chromium.mp4"))
    key = rules.manifest_keys(take.pk, take.manifest)[3]
    (tmp_path / "changed").write_bytes(b"\0" * 60_000)
    storage.put_file(key, tmp_path / "changed", content_type=storage.OCTETS)

    assembly.process(take.pk)

    take.refresh_from_db()
    assert (take.state, take.attempt) == (Take.State.RECEIVED, 1)


def test_what_a_killed_worker_left_on_the_disk_is_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    names = ("callback-take-old", "callback-take-new", "somebody-elses-old")
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "source").write_bytes(b"words")
        if name.endswith("old"):
            os.utime(tmp_path / name, (0, 0))

    assembly.clear_leftovers()

    assert sorted(path.name for path in tmp_path.iterdir()) == ["callback-take-new", "somebody-elses-old"]


def test_running_twice_equals_running_once(take: Take, clips: Clips) -> None:
    received(take, clips.bytes("chromium.mp4"))
    assembly.process(take.pk)
    before = Take.objects.filter(pk=take.pk).values().get()

    assembly.process(take.pk)

    assert Take.objects.filter(pk=take.pk).values().get() == before


@pytest.mark.django_db
def test_what_does_not_exist_is_left_alone() -> None:
    assert assembly.process(uuid4()) is False


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_result(take: Take, clips: Clips) -> None:
    received(take, clips.bytes("chromium.mp4"))
    barrier = threading.Barrier(2)

    def work() -> None:
        barrier.wait()
        assembly.process(take.pk)
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    take.refresh_from_db()
    assert (take.state, take.attempt) == (Take.State.PLAYABLE, 1)
    assert verbs(take).count("answer_playable") == 1


def test_a_worker_that_lost_its_hold_changes_nothing(take: Take, clips: Clips, monkeypatch: pytest.MonkeyPatch) -> None:
    received(take, clips.bytes("chromium.mp4"))
    publish = assembly.publish

    def too_late(held: leases.Claim, video: Path, found: ffmpeg.Packets) -> None:
        Take.objects.filter(pk=take.pk).update(attempt=2)  # another worker claimed it meanwhile
        publish(held, video, found)

    monkeypatch.setattr(assembly, "publish", too_late)
    assembly.process(take.pk)

    take.refresh_from_db()
    assert (take.state, take.attempt, take.video) == (Take.State.RECEIVED, 2, "")
    assert "answer_playable" not in verbs(take)


def test_who_waits_for_a_first_look_goes_before_finishing(answer: Answer, clips: Clips) -> None:
    first, second = factories.take(answer), factories.take(answer)
    for take in (first, second):
        received(take, clips.bytes("chromium.mp4"))

    asks_again = assembly.process(first.pk)

    first.refresh_from_db()
    assert asks_again
    assert (first.state, first.analysed_at) == (Take.State.PLAYABLE, None)
    assert assembly.process(second.pk) is False
    assert assembly.process(first.pk) is False
    first.refresh_from_db()
    assert first.analysed_at is not None
    assert first.next_attempt_at is None
    assert stored(first) == ["1/peaks.json", "1/poster.jpg", "1/source", "1/video.mp4"]
