"""Child processes: each in a session of its own, ended with whoever started it, never mistaken for a stranger's."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PR_SET_PDEATHSIG = 1


class ServiceError(Exception):
    """Something could not be started; the text is one sentence for the person at the terminal."""


@dataclass(frozen=True)
class Account:
    """The system user a child runs as; with neither id, whoever starts it."""

    uid: int | None = None
    gid: int | None = None

    @property
    def groups(self) -> tuple[int, ...] | None:
        return None if self.uid is None else ()

    def own(self, path: Path) -> None:
        """Give ``path`` to this user."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


class Child:
    """One process with a log file, a pid file and a polite way to end it.

    ``farewell`` asks it to stop; after ``patience`` seconds its whole session is killed. On Linux the kernel sends the
    same signal when the parent dies first, however that came about; elsewhere ``reclaim`` finds the orphan at the next
    start. Log and pid file are kept in ``folder``.
    """

    def __init__(
        self,
        name: str,
        argv: Sequence[str | Path],
        *,
        folder: Path,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        account: Account | None = None,
        farewell: signal.Signals = signal.SIGTERM,
        patience: float = 3.0,
    ) -> None:
        self.name = name
        self.argv = [str(part) for part in argv]
        self.cwd = cwd
        self.env = env
        self.account = account or Account()
        self.farewell = farewell
        self.patience = patience
        self.log = folder / f"{name}.log"
        self.pid_file = folder / f"{name}.pid"
        self.process: subprocess.Popen[bytes] | None = None
        self.asked = False

    def start(self) -> None:
        """Spawn the process with a fresh log. Raises ``ServiceError`` when the program is not there."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as log:
            try:
                self.process = subprocess.Popen(
                    self.argv,
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    cwd=self.cwd,
                    env=self.env,
                    start_new_session=True,
                    preexec_fn=follow_parent(self.farewell),  # noqa: PLW1509 (the supervisor has one thread)
                    user=self.account.uid,
                    group=self.account.gid,
                    extra_groups=self.account.groups,
                )
            except (FileNotFoundError, PermissionError):
                raise ServiceError(f"{self.name} needs {self.argv[0]}, which cannot be run. Try make setup.") from None
        self.pid_file.write_text(f"{self.process.pid} {birth(self.process.pid)}", encoding="ascii")

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def finish(self) -> int:
        """Wait for a process that ends by itself; its exit code."""
        code = 1 if self.process is None else self.process.wait()
        self.pid_file.unlink(missing_ok=True)
        return code

    def ask_to_stop(self) -> None:
        """Send the farewell and do not wait."""
        if self.process is not None and self.running and not self.asked:
            self.asked = True
            self.process.send_signal(self.farewell)

    def stop(self) -> None:
        """End the process and everything in its session; harmless when it has ended already."""
        if self.process is None:
            return
        self.ask_to_stop()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(self.patience)
        kill_session(self.process.pid)
        self.process.wait()
        self.pid_file.unlink(missing_ok=True)

    def wait_until(self, answers: Callable[[], bool], *, timeout: float) -> None:
        """Ask ``answers`` until it says yes. Raises ``ServiceError`` with the last log lines when it will not."""
        deadline = time.monotonic() + timeout
        while not answers():
            if not self.running:
                raise ServiceError(f"{self.name} ended while starting. Its last words:\n{self.tail()}")
            if time.monotonic() > deadline:
                raise ServiceError(f"{self.name} did not answer within {timeout:.0f} s. Its last words:\n{self.tail()}")
            time.sleep(0.02)

    def tail(self, lines: int = 8) -> str:
        """The last lines of the log, indented."""
        if not self.log.exists():
            return "  (nothing)"
        words = self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:]
        return "\n".join(f"  {line}" for line in words) or "  (nothing)"

    def reclaim(self) -> bool:
        """End what an earlier, interrupted start left running under this name. True when there was something."""
        if not self.pid_file.exists():
            return False
        pid, _, born = self.pid_file.read_text(encoding="ascii").partition(" ")
        self.pid_file.unlink()
        if not pid.isdecimal() or birth(int(pid)) != born or not born:
            return False  # gone, or the number belongs to somebody else by now
        os.kill(int(pid), self.farewell)
        deadline = time.monotonic() + self.patience
        while birth(int(pid)) == born:  # asked as long as it lives: its ports are free only when it is gone
            if time.monotonic() > deadline:
                kill_session(int(pid))
            time.sleep(0.05)
        kill_session(int(pid))
        return True


def follow_parent(farewell: signal.Signals) -> Callable[[], None] | None:
    """What a child calls before it becomes its program, so that the kernel ends it when its parent dies. Linux only."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    parent = os.getpid()

    def follow() -> None:
        libc.prctl(PR_SET_PDEATHSIG, int(farewell))
        if os.getppid() != parent:  # it died between fork and prctl
            os._exit(1)

    return follow


def birth(pid: int) -> str:
    """When the process was started, in the system's own words: with the pid, its identity. Empty when there is none."""
    if Path("/proc/self/stat").exists():
        try:
            stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            return ""
        state, *rest = stat.rpartition(")")[2].split()
        return "" if state == "Z" else rest[18]
    shown = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return shown.stdout.strip()


def kill_session(pid: int) -> None:
    """Kill what is left in the process group that ``pid`` leads."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
