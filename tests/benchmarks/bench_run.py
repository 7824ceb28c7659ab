"""How long `make run` takes to be usable: on a fresh clone, the packages downloaded, and the second time."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.benchmarks.conftest import Report
from tests.runtime.test_dev import block_of_ports

FRESH, SECOND = 120.0, 15.0  # seconds
PATIENCE = 600.0


@pytest.fixture
def clone(tmp_path: Path) -> Iterator[Path]:
    """What git would give somebody who clones the last commit."""
    folder = tmp_path / "callback"
    subprocess.run(["git", "clone", "--quiet", settings.BASE_DIR, folder], check=True)
    yield folder
    subprocess.run(["rm", "-rf", str(folder / ".venv")], check=True)


def usable_after(folder: Path, port: int) -> float:
    """Run `make run` in ``folder`` until it says that it runs, then stop it; the seconds until then."""
    told = folder / "said.txt"
    hidden = ("DATABASE_URL", "REDIS_URL", "S3_ENDPOINT_URL", "DJANGO_SETTINGS_MODULE", "VIRTUAL_ENV")
    environment = {name: value for name, value in os.environ.items() if name not in hidden and "S3_" not in name}
    started = time.monotonic()
    with told.open("w") as said:
        process = subprocess.Popen(
            ["make", "run"],
            cwd=folder,
            env={**environment, "PORT": str(port)},
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        while not re.search(r"Callback runs", told.read_text(encoding="utf-8")):
            assert process.poll() is None, told.read_text(encoding="utf-8")
            assert time.monotonic() - started < PATIENCE, told.read_text(encoding="utf-8")
            time.sleep(0.1)
        return time.monotonic() - started
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=60)


def test_first_and_second_start(clone: Path, report: Report) -> None:
    port = block_of_ports()
    fresh = usable_after(clone, port)
    second = usable_after(clone, port)

    report("make run, fresh clone → usable", fresh, "s", must="< 120 s", met=fresh < FRESH)
    report("make run, second start", second, "s", must="< 15 s", met=second < SECOND)
