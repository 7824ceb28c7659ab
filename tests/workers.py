"""Real Celery workers for tests: processes of their own on the test's database, queue and store."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

PATIENCE = 60.0


def wait_for(what: Callable[[], object], *, seconds: float = PATIENCE, every: float = 0.01) -> None:
    """Return as soon as ``what()`` is true. Raises ``AssertionError`` after ``seconds``."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, f"still waiting after {seconds} s"
        time.sleep(every)


def descendants(pid: int) -> dict[int, str]:
    """Every living process below ``pid``, with its name."""
    parents: dict[int, tuple[int, str]] = {}
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            name, _, rest = (entry / "stat").read_text().partition("(")[2].rpartition(")")
            state, parent = rest.split()[:2]
            if state != "Z":
                parents[int(entry.name)] = (int(parent), name)
    found: dict[int, str] = {}
    for candidate, (_parent, name) in parents.items():
        at = candidate
        while at in parents and at != pid:
            at = parents[at][0]
        if at == pid and candidate != pid:
            found[candidate] = name
    return found


class Worker:
    """One worker process with one child, on one queue."""

    def __init__(self, queue: str, log: Path) -> None:
        settings = connection.settings_dict
        login = f"{settings['USER']}:{settings['PASSWORD']}@" if settings["PASSWORD"] else f"{settings['USER']}@"
        address = f"postgresql://{login}{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
        self.log = log
        command = [
            "-m",
            "celery",
            "-A",
            "hiring",
            "worker",
            "-Q",
            queue,
            "-c",
            "1",
            "-l",
            "INFO",
            "-n",
            f"{log.stem}@%h",
        ]
        with log.open("wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, *command],
                env={**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "hiring.settings.test"},
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        wait_for(lambda: " ready." in self.log.read_text(errors="replace"), every=0.05)

    def kill(self) -> None:
        """SIGKILL, the whole group at once: what a machine that runs out of memory does."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def start_worker(tmp_path: Path, transactional_db: None) -> Iterator[Callable[[], Worker]]:
    """Call it for a media worker that is ready; all are killed in the end."""
    workers: list[Worker] = []

    def start() -> Worker:
        worker = Worker("media", tmp_path / f"worker{len(workers)}.log")
        workers.append(worker)
        worker.wait_until_ready()
        return worker

    yield start
    for worker in workers:
        worker.kill()
