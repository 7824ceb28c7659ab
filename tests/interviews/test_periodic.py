import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from hiring.celery import app
from interviews import periodic
from interviews.models import Interview, Take


def test_the_sweep_is_on_the_clock() -> None:
    app.loader.import_default_modules()

    entry = app.conf.beat_schedule["interviews.sweep_takes"]
    assert (entry["task"], entry["schedule"]) == ("interviews.periodic.sweep_takes", 15)


def test_recordings_go_to_the_queue_of_the_media_worker() -> None:
    app.loader.import_default_modules()

    task: Any = app.tasks["interviews.tasks.process_take"]
    assert task.queue == "media"


def test_a_sweep_with_nothing_to_do_does_nothing(take: Take) -> None:
    periodic.sweep_takes()

    take.refresh_from_db()
    assert take.state == Take.State.RECORDING


def test_a_sweep_brings_a_forgotten_take_to_an_end(take: Take, caplog: pytest.LogCaptureFixture) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=30)
    Take.objects.update(started_at=long_ago)
    Interview.objects.update(deadline_at=long_ago + timedelta(days=7))

    with caplog.at_level(logging.WARNING, logger="interviews.periodic"):
        periodic.sweep_takes()

    take.refresh_from_db()
    assert (take.state, take.failure) == (Take.State.FAILED, Take.Failure.INPUT)
    assert "past the deadline" not in caplog.text


def test_a_take_that_stays_behind_is_warned_of(take: Take, caplog: pytest.LogCaptureFixture) -> None:
    now = datetime.now(UTC)
    Take.objects.update(
        state=Take.State.RECEIVED,
        received_at=now - timedelta(hours=1),
        lease_until=now + timedelta(minutes=1),
        next_attempt_at=now,
    )

    with caplog.at_level(logging.WARNING, logger="interviews.periodic"):
        periodic.sweep_takes()

    assert "1 takes are past the deadline of their state" in caplog.text
