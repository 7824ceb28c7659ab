"""`manage.py dev` really run: what it starts, what it leaves, and what it says when it cannot."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import httpx
import pytest

from hiring.runtime import layout
from hiring.runtime.management.commands.dev import given
from hiring.runtime.processes import PROCESSES
from hiring.runtime.services import ServiceError, ports

ROOT = Path(__file__).resolve().parent.parent.parent
SERVICES = ("S3_ENDPOINT_URL", "S3_ACCESS_KEY", "S3_SECRET_KEY", "S3_BUCKET", "REDIS_URL", "DATABASE_URL")
NAMES = sorted([*(process.name for process in PROCESSES), "postgres", "s3", "valkey"])


def environment(folder: Path, **extra: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in SERVICES}
    return {**kept, "DJANGO_SETTINGS_MODULE": "hiring.settings.dev", "LOCAL_FOLDER": str(folder), **extra}


def block_of_ports() -> int:
    """A port that is free together with the ones after it."""
    for start in range(20_000 + os.getpid() % 1000 * 20, 60_000, 20):
        if all(ports.is_free(port) for port in range(start, start + layout.TAKES)):
            return start
    raise AssertionError("no free ports")


@contextmanager
def dev(folder: Path, port: int, *options: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "manage.py", "dev", *options],
        cwd=ROOT,
        env=environment(folder, PORT=str(port)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()


def read_until(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += str(line)
        if words in line:
            return said
    raise AssertionError(f"it ended without saying {words!r}:\n{said}")


def refusal(folder: Path, **extra: str) -> str:
    """What `manage.py dev` says when it cannot start."""
    done = subprocess.run(
        [sys.executable, "manage.py", "dev"],
        cwd=ROOT,
        env=environment(folder, **extra),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return str(done.stderr)


def pids(folder: Path) -> dict[str, int]:
    return {path.stem: int(path.read_text().split()[0]) for path in (folder / "log").glob("*.pid")}


def left_behind(folder: Path) -> list[str]:
    """The processes that have to do with ``folder``: by their arguments, environment or working folder."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
            words += bytes((process / "cwd").readlink())
        except (FileNotFoundError, PermissionError, ProcessLookupError):
            continue
        if bytes(folder) in words and int(process.name) != os.getpid():
            found.append((process / "cmdline").read_bytes().replace(b"\0", b" ").decode())
    return found


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_everything_runs_and_sigterm_leaves_nothing(tmp_path: Path) -> None:
    port = block_of_ports()
    with dev(tmp_path, port) as process:
        said = read_until(process, "ctrl-C stops everything")

        assert f"http://localhost:{port}/review/" in said
        assert re.search(r"^ +\S.* Recruiter +\S+@\S+ +\S+$", said, re.MULTILINE)
        link = re.search(rf"http://localhost:{port}/c/\S+/", said)
        assert link
        assert httpx.get(link[0], timeout=10).status_code == 200
        assert sorted(pids(tmp_path)) == NAMES
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=10) as answer:
            assert answer.status == 200
        doctor = subprocess.run(
            [sys.executable, "manage.py", "doctor"],
            cwd=ROOT,
            env=environment(tmp_path),
            capture_output=True,
            text=True,
            check=False,
        )
        assert (doctor.returncode, "RED" in doctor.stdout) == (0, False), doctor.stdout
        assert refusal(tmp_path, PORT=str(port)) == (
            f"Callback runs here already (process {process.pid}, http://localhost:{port}). "
            "Press ctrl-C where it was started.\n"
        )

        process.send_signal(signal.SIGTERM)

        assert process.wait(60) == 0
    assert left_behind(tmp_path) == []
    assert not list((tmp_path / "log").glob("*.pid"))
    assert not (tmp_path / "env").exists()


@pytest.mark.slow
def test_a_killed_start_is_cleared_away_and_a_dead_worker_stops_the_rest(tmp_path: Path) -> None:
    port = block_of_ports()
    with dev(tmp_path, port, "--without-demo") as process:
        read_until(process, "ctrl-C stops everything")
        process.kill()
    (tmp_path / "seeding").touch()  # as if it had been killed while seeding

    with dev(tmp_path, port, "--without-demo") as process:
        said = read_until(process, "ctrl-C stops everything")
        assert "An earlier start was interrupted while it made the demo company; it starts over." in said
        os.kill(pids(tmp_path)["worker-media"], signal.SIGKILL)
        rest, _ = process.communicate(timeout=60)

    assert process.returncode == 1
    assert "worker-media ended by itself. Its last words:" in rest
    assert "Traceback" not in rest
    assert left_behind(tmp_path) == []


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    port = block_of_ports()
    with socket.create_server(("127.0.0.1", port + 2)):
        said = refusal(tmp_path, PORT=str(port))

    assert said == (
        f"Port {port + 2}, which valkey needs, is taken by another program. "
        "Stop that one, or choose other ports: PORT=8100 make run\n"
    )


def test_a_missing_tool_is_named_with_the_way_to_get_it(tmp_path: Path) -> None:
    said = refusal(tmp_path, PATH="/nowhere")

    assert re.fullmatch(r"ffmpeg is missing; recordings cannot be made playable without it\. Try: .*ffmpeg\n", said)


@pytest.mark.parametrize("word", ["http", "80", "65530", ""])
def test_a_port_that_is_none_is_refused(tmp_path: Path, word: str) -> None:
    with pytest.raises(ServiceError) as refused:
        layout.read_port(word)

    assert str(refused.value) == f"PORT must be a number from 1024 to 65500, not {word!r}."


def test_a_folder_nobody_can_write_to_is_named() -> None:
    assert refusal(Path("/proc/callback")).startswith("Nothing can be written below /proc/callback: ")


def test_a_full_disk_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        ServiceError, match=r"^The disk is nearly full: [\d,]+ MB left for .*, 1,000,000,000 MB needed\.$"
    ):
        layout.require_room(tmp_path, room=10**15)


def test_a_service_that_is_given_but_not_there_is_named(tmp_path: Path) -> None:
    port = block_of_ports()
    nowhere = f"postgresql://me@127.0.0.1:{port + 1}/callback"

    said = refusal(tmp_path, PORT=str(port), DATABASE_URL=nowhere)

    assert "Is PostgreSQL running? DATABASE_URL says where it should be." in said
    assert left_behind(tmp_path) == []


def test_only_what_a_person_set_counts_as_given(tmp_path: Path) -> None:
    addresses = tmp_path / "env"
    addresses.write_text("REDIS_URL=redis://127.0.0.1:8002/0\nDATABASE_URL=postgresql://old\n")

    found = given(addresses, {"REDIS_URL": "redis://127.0.0.1:8002/0", "DATABASE_URL": "postgresql://mine"})

    assert found == {"DATABASE_URL": "postgresql://mine"}


def test_ctrl_c_while_django_still_loads_is_no_traceback(tmp_path: Path) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs inherit that it is ignored
    with subprocess.Popen(
        [sys.executable, "-X", "importtime", "manage.py", "dev"],
        cwd=ROOT,
        env=environment(tmp_path),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "django.utils" in line:  # importtime tells how far it got
                process.send_signal(signal.SIGINT)
                break
        rest = process.stderr.read()

    assert process.returncode == 130
    assert "Traceback" not in rest
