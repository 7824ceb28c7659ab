"""The one place that starts a process on bytes somebody sent us.

An argument list, never a shell; its own session, an almost empty environment, a private folder; bounds on time, memory,
output and files; no network where the system lets us take it away; the whole process group killed at the end, and the
tool killed by the kernel should the worker die.
"""

import contextlib
import errno
import json
import os
import selectors
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

Reason = Literal["transient", "input", "bug"]
LAUNCHER = Path(__file__).with_name("launcher.py")
MIB = 1024 * 1024
BLOCK = 64 * 1024
LINGER = 1.0  # seconds given to pipes that something else still holds open
XCPU, XFSZ = signal.SIGXCPU, signal.SIGXFSZ


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may use. ``seconds`` is wall clock, ``cpu_seconds`` defaults to the same over two cores."""

    seconds: float
    cpu_seconds: int | None = None
    memory_bytes: int = 2048 * MIB
    file_bytes: int = 1024 * MIB  # the longest file it may write
    open_files: int = 64


@dataclass(frozen=True, slots=True)
class Completed:
    stdout: bytes
    stderr: str  # its end, at most 16 KiB
    seconds: float


class UntrustedError(Exception):
    """The tool did not finish well. ``reason`` says whose fault: the moment's, the input's or ours."""

    reason: Reason = "input"

    def __init__(self, message: str, stderr: str = "") -> None:
        super().__init__(message)
        self.stderr = stderr


class TimedOut(UntrustedError):
    """It ran longer than its limit and was killed. A busy machine can be the cause, so worth another try."""

    reason: Reason = "transient"


class OutOfBounds(UntrustedError):
    """It used more processor time, or wrote more, than it may."""


class Crashed(UntrustedError):
    """A signal ended it."""

    reason: Reason = "bug"


class Failed(UntrustedError):
    """It gave up by itself with an exit code."""


class DiskFull(UntrustedError):
    """There was no room for what it wrote."""

    reason: Reason = "transient"


class ToolMissing(UntrustedError):
    """The tool is not installed."""

    reason: Reason = "bug"


def run(
    argv: Sequence[str],
    *,
    limits: Limits,
    cwd: Path,
    stdin: Iterable[bytes] | Path | None = None,
    stdout_limit: int = 1 * MIB,
) -> Completed:
    """Run ``argv`` in ``cwd`` and return what it said.

    ``stdin`` is a file or the blocks to feed, which are fetched in a thread while the tool works; an exception they
    raise kills the tool and comes out here. Raises a subclass of ``UntrustedError`` on anything but exit code 0.
    """
    tool = shutil.which(argv[0])
    if tool is None:
        raise ToolMissing(f"{argv[0]} is not installed")
    started = time.monotonic()
    with contextlib.ExitStack() as stack:
        source: int | IO[bytes] = subprocess.DEVNULL
        if isinstance(stdin, Path):
            source = stack.enter_context(stdin.open("rb"))
        elif stdin is not None:
            source = subprocess.PIPE
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", str(LAUNCHER), _order(limits), tool, *argv[1:]],
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=cwd,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": str(cwd), "TMPDIR": str(cwd)},
            start_new_session=True,
        )
        feeding: Future[None] | None = None
        if process.stdin and stdin is not None and not isinstance(stdin, Path):
            pool = ThreadPoolExecutor(1, thread_name_prefix="untrusted-stdin")
            stack.callback(pool.shutdown, wait=False)
            feeding = pool.submit(_feed, process, process.stdin, stdin)
        try:
            listener = _Listener(process, stdout_limit)
            listener.listen(until=started + limits.seconds)
        finally:
            _kill_group(process)
            process.wait()
            for pipe in (process.stdout, process.stderr):
                if pipe:
                    pipe.close()
        if feeding:
            with contextlib.suppress(TimeoutError):  # still fetching for a tool that is gone: leave it to end by itself
                feeding.result(LINGER)
    stderr = listener.stderr.decode(errors="replace")
    _judge(argv[0], process.returncode, listener, stderr)
    return Completed(bytes(listener.stdout), stderr, time.monotonic() - started)


def _order(limits: Limits) -> str:
    cpu = limits.cpu_seconds if limits.cpu_seconds is not None else int(limits.seconds * 2) + 1
    return json.dumps(
        {
            "cpu_seconds": cpu,
            "memory_bytes": limits.memory_bytes,
            "file_bytes": limits.file_bytes,
            "open_files": limits.open_files,
            "parent": os.getpid(),
        }
    )


def _judge(name: str, code: int, listener: "_Listener", stderr: str) -> None:
    if listener.timed_out:
        raise TimedOut(f"{name} took too long", stderr)
    if listener.flooded:
        raise OutOfBounds(f"{name} wrote too much", stderr)
    if code in {-XCPU, -XFSZ}:
        raise OutOfBounds(f"{name} was stopped by {signal.Signals(-code).name}", stderr)
    if code < 0:
        raise Crashed(f"{name} was ended by signal {-code}", stderr)
    if code > 0 and os.strerror(errno.ENOSPC) in stderr:
        raise DiskFull(f"{name} found no room on the disk", stderr)
    if code > 0:
        raise Failed(f"{name} ended with code {code}", stderr)


def _kill_group(process: "subprocess.Popen[bytes]") -> None:
    # macOS answers EPERM for a group of which only the dead leader is left.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


class _Listener:
    """Collects what a process says until it has ended, its time is up or it says too much."""

    STDERR_KEPT = 16 * 1024

    def __init__(self, process: "subprocess.Popen[bytes]", stdout_limit: int) -> None:
        self.process = process
        self.stdout_limit = stdout_limit
        self.stdout = bytearray()
        self.stderr = bytearray()
        self.timed_out = False
        self.flooded = False

    def listen(self, until: float) -> None:
        with selectors.DefaultSelector() as selector:
            for pipe in (self.process.stdout, self.process.stderr):
                if pipe:
                    selector.register(pipe, selectors.EVENT_READ)
            while selector.get_map() and not self.flooded:
                left = until - time.monotonic()
                if left <= 0:
                    self.timed_out = True
                    return
                ready = selector.select(min(left, LINGER))
                if not ready and self.process.poll() is not None:
                    return  # a child of it holds the pipes
                for key, _events in ready:
                    block = os.read(key.fd, BLOCK)
                    if not block:
                        selector.unregister(key.fileobj)
                    self._take(key.fileobj is self.process.stdout, block)
        self._wait(until)

    def _wait(self, until: float) -> None:
        if self.flooded:
            return
        try:
            self.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.timed_out = True

    def _take(self, is_stdout: bool, block: bytes) -> None:  # noqa: FBT001 (private, one caller)
        if is_stdout:
            self.stdout += block
            self.flooded = len(self.stdout) > self.stdout_limit
        else:
            self.stderr += block
            del self.stderr[: -self.STDERR_KEPT]


def _feed(process: "subprocess.Popen[bytes]", stdin: IO[bytes], blocks: Iterable[bytes]) -> None:
    """Write the blocks as the tool takes them. A tool that stops reading is no error; a failure of the blocks is."""
    fetched = False
    try:
        with contextlib.suppress(BrokenPipeError):
            for block in blocks:
                stdin.write(block)
        fetched = True
    finally:
        if not fetched:  # closing stdin alone would let the tool finish a shorter result and call it good
            _kill_group(process)
        with contextlib.suppress(BrokenPipeError):
            stdin.close()
