"""Workers that die and queues that forget (FLT-B1, B2, B13, C1, C2): the take becomes playable, once."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import redis
from django.conf import settings

from hiring.lib import storage
from interviews import periodic, rules, tasks
from interviews.models import Take
from tests.clips import Clips
from tests.recorder import received
from tests.workers import Worker, descendants, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _empty_queue(running_services: None) -> None:
    forget_everything()


def forget_everything() -> None:
    with redis.Redis.from_url(settings.REDIS_URL) as queue:
        queue.flushdb()


def state_of(take: Take) -> str:
    return Take.objects.values_list("state", flat=True).get(pk=take.pk)


def is_finished(take: Take) -> bool:
    return Take.objects.filter(pk=take.pk, state=Take.State.PLAYABLE, next_attempt_at__isnull=True).exists()


def copying(worker: Worker) -> list[int]:
    return [pid for pid, name in descendants(worker.process.pid).items() if name == "ffmpeg"]


@pytest.mark.skipif(sys.platform != "linux", reason="watches processes through /proc")
def test_a_worker_killed_while_copying_costs_only_time(
    take: Take, clips: Clips, start_worker: Callable[[], Worker]
) -> None:
    data = clips.bytes("long.mp4")
    first = start_worker()
    received(take, data, seconds=130.0)
    wait_for(lambda: copying(first))
    tool = copying(first)[0]

    first.kill()

    wait_for(lambda: not Path(f"/proc/{tool}").exists() or "Z" in Path(f"/proc/{tool}/stat").read_text(), seconds=10)
    take.refresh_from_db()
    assert (take.state, take.attempt) == (Take.State.RECEIVED, 1)
    assert take.lease_until is not None

    second = start_worker()
    periodic.sweep_takes()
    assert state_of(take) == Take.State.RECEIVED  # the dead worker's lease still holds
    Take.objects.update(lease_until=datetime.now(UTC) - timedelta(seconds=1), next_attempt_at=datetime.now(UTC))
    periodic.sweep_takes()

    wait_for(lambda: is_finished(take))
    take.refresh_from_db()
    assert (take.attempt, take.revision, take.video) == (2, 2, "video.mp4")
    assert take.seconds == pytest.approx(130, abs=0.5)
    assert [event.verb for event in take.answer.interview.application.events.all()].count("answer_playable") == 1
    left = [item.key.partition(f"{take.pk}/")[2] for item in storage.listing(rules.media_prefix(take.pk))]
    assert left == ["2/peaks.json", "2/poster.jpg", "2/source", "2/video.mp4"]
    assert storage.read(rules.media_prefix(take.pk, 2) + "source") == data
    assert second.process.poll() is None


def test_a_queue_that_forgot_everything_costs_only_time(
    take: Take, clips: Clips, start_worker: Callable[[], Worker]
) -> None:
    received(take, clips.bytes("chromium.mp4"))
    forget_everything()
    start_worker()
    assert state_of(take) == Take.State.RECEIVED

    periodic.sweep_takes()

    wait_for(lambda: is_finished(take))


def test_one_take_delivered_to_two_workers_is_made_once(
    take: Take, clips: Clips, start_worker: Callable[[], Worker]
) -> None:
    start_worker()
    start_worker()
    received(take, clips.bytes("chromium.mp4"))
    for _ in range(6):
        tasks.process_take.delay(str(take.pk))

    wait_for(lambda: is_finished(take))
    take.refresh_from_db()
    assert (take.attempt, take.revision) == (1, 1)
    assert [event.verb for event in take.answer.interview.application.events.all()].count("answer_playable") == 1
