"""One process that starts everything in order, watches it, and ends everything in order. Knows nothing of Django."""

import fcntl
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from types import FrameType
from typing import NoReturn
from urllib.error import URLError
from urllib.request import urlopen

from hiring.runtime.console import Console, Follower
from hiring.runtime.layout import Layout, require_free, require_room
from hiring.runtime.processes import BEAT, PREPARE, PROCESSES, WEB, Process
from hiring.runtime.services import Child, ObjectStore, Postgres, Service, ServiceError, Valkey

PATIENCE_FOR_WEB = 60  # seconds


class Supervisor:
    """Starts the services no variable of ``given`` points at, prepares the database, then runs the product.

    ``run`` returns when it is told to stop (SIGINT, SIGTERM, SIGHUP), and raises ``ServiceError`` when something cannot
    start or ends by itself. Either way nothing it started is left.
    """

    def __init__(
        self, layout: Layout, console: Console, *, given: Mapping[str, str], quiet: bool = True, demo: bool = True
    ) -> None:
        self.layout = layout
        self.console = console
        self.given = given
        self.quiet = quiet
        self.demo = demo
        self.services: list[Service] = []
        self.children: list[Child] = []
        self.environment: dict[str, str] = {}

    def run(self) -> None:
        begun = time.monotonic()
        require_room(self.layout.folder)
        require_tools()
        with only_one(self.layout), stoppable():
            try:
                self._start_services()
                self._prepare()
                self._start_processes()
                self.console.welcome(self.layout, time.monotonic() - begun)
                self._watch()
            except KeyboardInterrupt:
                self.console.say("\nStopping.")
            finally:
                with undisturbed():
                    self._stop()

    def _start_services(self) -> None:
        chosen = choose_services(self.layout, given=self.given)
        self._reclaim(chosen)
        require_free(self._ports(chosen))
        if chosen:
            self.console.say("Starting " + ", ".join(service.child.name for service in chosen) + " …")
        for service in chosen:
            self.services.append(service)
            service.start()
            self.environment |= service.environment
        self._publish_addresses()
        for service in chosen:
            service.wait()

    def _reclaim(self, services: list[Service]) -> None:
        """End what an earlier start left behind when it was killed, in the order in which it would have stopped."""
        processes = [self._child(process) for process in (PREPARE, *PROCESSES)]
        for child in [*processes, *(service.child for service in reversed(services))]:
            if child.reclaim():
                self.console.say(f"An earlier start had left {child.name} running; it was ended.")

    def _ports(self, services: list[Service]) -> dict[int, str]:
        wanted = {self.layout.port: "web"}
        for service in services:
            wanted |= dict.fromkeys(service.ports, service.child.name)
        return wanted

    def _publish_addresses(self) -> None:
        """Tell this machine's other commands where the services are; the file holds passwords, so only its owner."""
        self.environment["BASE_URL"] = self.layout.home
        draft = self.layout.addresses.with_suffix(".draft")
        draft.touch(mode=0o600)
        draft.write_text("".join(f"{name}={value}\n" for name, value in self.environment.items()), encoding="utf-8")
        draft.rename(self.layout.addresses)

    def _prepare(self) -> None:
        """Migrate, make the bucket, seed. What an interrupted seeding left is thrown away first."""
        marker = self.layout.folder / "seeding"
        if marker.exists():
            self.console.say("An earlier start was interrupted while it made the demo company; it starts over.")
            for service in self.services:
                if isinstance(service, Postgres):
                    service.empty()
            marker.unlink()
        self.console.say("Preparing the database" + (" and the demo company …" if self.demo else " …"))
        child = self._child(PREPARE, *(["--demo"] if self.demo else []))
        self.children.append(child)
        child.start()
        if child.finish():
            raise ServiceError(f"The database could not be prepared:\n{child.tail()}")
        self.children.remove(child)

    def _start_processes(self) -> None:
        for process in PROCESSES:
            child = self._child(process, *extra_arguments(process, self.layout))
            self.children.append(child)
            child.start()
        self.children[0].wait_until(lambda: answers(self.layout.port), timeout=PATIENCE_FOR_WEB)

    def _child(self, process: Process, *extra: str) -> Child:
        program, *arguments = process.argv
        start = [sys.executable, program] if program.endswith(".py") else [sys.executable, "-m", program]
        return Child(
            process.name,
            [*start, *arguments, *extra],
            folder=self.layout.logs,
            cwd=self.layout.root,
            env={**os.environ, **self.environment, **self.given, "PYTHONUNBUFFERED": "1"},
            patience=process.patience,
        )

    def _watch(self) -> None:
        everybody = [*self.children, *(service.child for service in self.services)]
        followers = {child.name: Follower(child.log, quiet=self.quiet) for child in self.children}
        while True:
            for name, follower in followers.items():
                for line in follower.lines():
                    self.console.quote(name, line)
            for child in everybody:
                if not child.running:
                    raise ServiceError(f"{child.name} ended by itself. Its last words:\n{child.tail()}")
            time.sleep(0.3)

    def _stop(self) -> None:
        for child in self.children:
            child.ask_to_stop()
        for child in self.children:
            child.stop()
        for service in reversed(self.services):
            service.stop()
        self.layout.addresses.unlink(missing_ok=True)


def choose_services(layout: Layout, *, given: Mapping[str, str]) -> list[Service]:
    """The services to start: all that no variable points at. In the order of starting; stopping goes backwards."""
    chosen: list[Service] = []
    if "S3_ENDPOINT_URL" not in given:  # first, so that it stops last: everything else may still be writing to it
        chosen.append(ObjectStore(layout.folder / "s3", ports=layout.store_ports, logs=layout.logs))
    if "DATABASE_URL" not in given:
        chosen.append(Postgres(layout.folder / "postgres", port=layout.postgres_port, logs=layout.logs))
    if "REDIS_URL" not in given:
        chosen.append(Valkey(layout.folder / "valkey", port=layout.valkey_port, logs=layout.logs))
    return chosen


def extra_arguments(process: Process, layout: Layout) -> tuple[str, ...]:
    """What a command needs to know about this machine."""
    if process is WEB:
        return (f"--bind=127.0.0.1:{layout.port}",)
    if process is BEAT:
        return (f"--schedule={layout.folder / 'beat'}",)
    return ()


def require_tools() -> None:
    """Raise ``ServiceError`` when a program the workers call is not installed."""
    for tool in ("ffmpeg", "ffprobe"):
        if shutil.which(tool) is None:
            how = "brew install ffmpeg" if sys.platform == "darwin" else "sudo apt-get install ffmpeg"
            raise ServiceError(f"{tool} is missing; recordings cannot be made playable without it. Try: {how}")


def answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == HTTPStatus.OK)
    except (URLError, ConnectionError, TimeoutError):
        return False


@contextmanager
def only_one(layout: Layout) -> Iterator[None]:
    """Hold this folder for as long as the block runs. Raises ``ServiceError`` when another start holds it."""
    with (layout.folder / "lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            where = lock.read().strip()
            raise ServiceError(f"Callback runs here already ({where}). Press ctrl-C where it was started.") from None
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, {layout.home}")
        lock.flush()
        yield


@contextmanager
def stoppable() -> Iterator[None]:
    """Let SIGTERM and SIGHUP interrupt like ctrl-C."""

    def interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    with handling(interrupt):
        yield


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let nothing interrupt the stopping; an impatient second ctrl-C would leave things behind."""
    with handling(signal.SIG_IGN):
        yield


@contextmanager
def handling(handler: "signal._HANDLER") -> Iterator[None]:
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, handler) for number in numbers}
    try:
        yield
    finally:
        for number, previous in before.items():
            signal.signal(number, previous)
