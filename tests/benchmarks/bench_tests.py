"""How long `make test` takes: its last whole run on this machine. Only where there was none is it run for this."""

import os
import subprocess

import pytest
from django.conf import settings

from tests import last_run
from tests.benchmarks.conftest import Report

LONGEST = 15 * 60  # seconds
PATIENCE = 2 * LONGEST


@pytest.mark.timeout(PATIENCE)
def test_the_last_run_of_everything(report: Report) -> None:
    if last_run.last() is None:
        own = ("DATABASE_URL", "REDIS_URL", "S3_", "CALLBACK_TEST_FOLDER", "DJANGO_SETTINGS_MODULE")
        environment = {name: value for name, value in os.environ.items() if not name.startswith(own)}
        subprocess.run(["make", "test"], cwd=settings.BASE_DIR, env=environment, check=False, timeout=PATIENCE)
    run = last_run.last()
    assert run, "make test ended before it had run every test"

    minutes, seconds = divmod(round(run.seconds), 60)
    figure = f"{minutes} min {seconds} s: {run.passed:,} passed, {run.failed} failed, {run.skipped} skipped"
    report(
        "make test, last whole run on this machine",
        run.seconds,
        "s",
        must="< 15 min, none skipped",
        met=run.seconds < LONGEST and not run.failed + run.skipped,
        figure=f"{figure} ({run.workers} at once, {run.commit})",
    )
