import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hiring.lib import untrusted
from hiring.lib.untrusted import MIB, Limits

SECONDS = Limits(seconds=20)


def python(code: str) -> list[str]:
    return [sys.executable, "-I", "-c", textwrap.dedent(code)]


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_until_gone(pid: int, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while is_alive(pid) and time.monotonic() < end:
        time.sleep(0.02)
    return not is_alive(pid)


def test_what_it_says_comes_back(tmp_path: Path) -> None:
    done = untrusted.run(
        python("import sys; print('out'); print('err', file=sys.stderr)"), limits=SECONDS, cwd=tmp_path
    )

    assert (done.stdout, done.stderr) == (b"out\n", "err\n")
    assert 0 < done.seconds < 20


def test_arguments_are_never_read_by_a_shell(tmp_path: Path) -> None:
    hostile = ["-i", "; touch gone", "$(touch gone)", "a\nb", "*"]

    done = untrusted.run(python("import sys; print(sys.argv[1:])") + hostile, limits=SECONDS, cwd=tmp_path)

    assert done.stdout.decode().strip() == repr(hostile)
    assert list(tmp_path.iterdir()) == []


def test_blocks_are_fed_in_order(tmp_path: Path) -> None:
    blocks = [bytes([n]) * 100_000 for n in range(30)]

    done = untrusted.run(["cat"], limits=SECONDS, cwd=tmp_path, stdin=iter(blocks), stdout_limit=4 * MIB)

    assert done.stdout == b"".join(blocks)


def test_a_file_is_fed(tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(b"words")

    assert untrusted.run(["cat"], limits=SECONDS, cwd=tmp_path, stdin=tmp_path / "in").stdout == b"words"


def test_a_tool_that_stops_reading_is_no_error(tmp_path: Path) -> None:
    endless = (b"x" * 65536 for _ in range(1000))

    assert untrusted.run(["head", "-c", "3"], limits=SECONDS, cwd=tmp_path, stdin=endless).stdout == b"xxx"


def test_blocks_that_fail_fail_the_run(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"first"
        raise ConnectionError("the store went away")

    with pytest.raises(ConnectionError, match="the store went away"):
        untrusted.run(["cat"], limits=SECONDS, cwd=tmp_path, stdin=broken())


def test_its_environment_is_almost_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "do not leak")

    done = untrusted.run(python("import os; print(sorted(os.environ))"), limits=SECONDS, cwd=tmp_path)

    assert done.stdout.decode().strip() in {
        "['HOME', 'LANG', 'PATH', 'TMPDIR']",
        "['HOME', 'LANG', 'PATH', 'TMPDIR', '__CF_USER_TEXT_ENCODING']",  # macOS
    }


def test_an_exit_code_is_a_failure_with_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(untrusted.Failed, match="ended with code 3") as caught:
        untrusted.run(
            python("import sys; print('no good', file=sys.stderr); sys.exit(3)"), limits=SECONDS, cwd=tmp_path
        )

    assert (caught.value.reason, caught.value.stderr) == ("input", "no good\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_full_disk_is_nobodys_fault(tmp_path: Path) -> None:
    with pytest.raises(untrusted.DiskFull) as caught:
        untrusted.run(["tee", "/dev/full"], limits=SECONDS, cwd=tmp_path, stdin=[b"words"])

    assert caught.value.reason == "transient"


def test_a_missing_tool_is_our_fault(tmp_path: Path) -> None:
    with pytest.raises(untrusted.ToolMissing) as caught:
        untrusted.run(["no-such-tool"], limits=SECONDS, cwd=tmp_path)

    assert caught.value.reason == "bug"


def test_a_signal_is_a_crash(tmp_path: Path) -> None:
    with pytest.raises(untrusted.Crashed, match="signal 11"):
        untrusted.run(python("import os; os.kill(os.getpid(), 11)"), limits=SECONDS, cwd=tmp_path)


def test_a_hang_is_killed(tmp_path: Path) -> None:
    started = time.monotonic()

    with pytest.raises(untrusted.TimedOut):
        untrusted.run(["sleep", "1000000"], limits=Limits(seconds=1), cwd=tmp_path)

    assert time.monotonic() - started < 3


def test_a_hang_is_killed_while_its_input_stalls(tmp_path: Path) -> None:
    read_end, write_end = os.pipe()

    def stalled() -> Iterator[bytes]:
        yield os.read(read_end, 1)

    started = time.monotonic()
    try:
        with pytest.raises(untrusted.TimedOut):
            untrusted.run(["cat"], limits=Limits(seconds=1), cwd=tmp_path, stdin=stalled())
        assert time.monotonic() - started < 5
    finally:
        os.close(write_end)


def test_one_that_closes_its_pipes_and_hangs_is_killed(tmp_path: Path) -> None:
    with pytest.raises(untrusted.TimedOut):
        untrusted.run(
            python("import os, time; os.close(1); os.close(2); time.sleep(1000)"),
            limits=Limits(seconds=1),
            cwd=tmp_path,
        )


def test_burning_the_processor_is_stopped(tmp_path: Path) -> None:
    with pytest.raises((untrusted.OutOfBounds, untrusted.Crashed)):
        untrusted.run(python("while True: pass"), limits=Limits(seconds=30, cpu_seconds=1), cwd=tmp_path)


def test_a_flood_of_output_is_stopped(tmp_path: Path) -> None:
    with pytest.raises(untrusted.OutOfBounds, match="wrote too much"):
        untrusted.run(["yes"], limits=SECONDS, cwd=tmp_path)


def test_of_a_flood_of_complaints_the_end_is_kept(tmp_path: Path) -> None:
    done = untrusted.run(
        python("import sys; sys.stderr.write('x' * 5_000_000 + 'the end')"), limits=SECONDS, cwd=tmp_path
    )

    assert len(done.stderr) == 16 * 1024
    assert done.stderr.endswith("xthe end")


def test_a_file_too_long_is_stopped(tmp_path: Path) -> None:
    code = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_DFL); open('big', 'wb').write(bytes(3_000_000))"

    with pytest.raises(untrusted.OutOfBounds):
        untrusted.run(python(code), limits=Limits(seconds=20, file_bytes=MIB), cwd=tmp_path)

    assert (tmp_path / "big").stat().st_size <= MIB


def test_a_tighter_bound_of_the_system_stays(tmp_path: Path) -> None:
    code = f"""
        import resource, sys
        sys.path.insert(0, {str(Path.cwd())!r})
        from pathlib import Path
        from hiring.lib import untrusted
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000_000, 5_000_000))
        done = untrusted.run(
            [sys.executable, "-c", "import resource; print(resource.getrlimit(resource.RLIMIT_FSIZE))"],
            limits=untrusted.Limits(seconds=20), cwd=Path({str(tmp_path)!r}),
        )
        print(done.stdout.decode(), end="")
    """

    said = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, check=True)

    assert said.stdout == b"(5000000, 5000000)\n"


@pytest.mark.skipif(sys.platform != "linux", reason="macOS has no bound on address space")
def test_a_memory_hog_gets_no_more(tmp_path: Path) -> None:
    with pytest.raises(untrusted.Failed) as caught:
        untrusted.run(python("bytearray(2 << 30)"), limits=Limits(seconds=20, memory_bytes=512 * MIB), cwd=tmp_path)

    assert "MemoryError" in caught.value.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_its_children_are_killed_with_it(tmp_path: Path) -> None:
    code = """
        import subprocess
        print(subprocess.Popen(["sleep", "1000"]).pid, flush=True)
    """

    done = untrusted.run(python(code), limits=SECONDS, cwd=tmp_path)

    assert done.seconds < 10
    assert wait_until_gone(int(done.stdout))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
def test_it_dies_with_a_worker_that_is_killed(tmp_path: Path) -> None:
    code = f"""
        import sys
        sys.path.insert(0, {str(Path.cwd())!r})
        from pathlib import Path
        from hiring.lib import untrusted
        untrusted.run(
            ["sh", "-c", "echo $$ > pid; mv pid ready; exec sleep 1000"],
            limits=untrusted.Limits(seconds=900), cwd=Path({str(tmp_path)!r}),
        )
    """
    worker = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)])
    ready = tmp_path / "ready"
    end = time.monotonic() + 30
    while not ready.exists() and time.monotonic() < end:
        time.sleep(0.02)
    tool = int(ready.read_text())
    assert is_alive(tool)

    worker.send_signal(signal.SIGKILL)
    worker.wait()

    assert wait_until_gone(tool)


@pytest.mark.skipif(sys.platform != "linux", reason="network namespaces are Linux's")
def test_it_sees_no_network_where_that_is_permitted(tmp_path: Path) -> None:
    if subprocess.run(["unshare", "-Urn", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system forbids network namespaces")
    with socket.create_server(("127.0.0.1", 0)) as server:
        code = f"import socket; socket.create_connection(('127.0.0.1', {server.getsockname()[1]}), timeout=5)"

        with pytest.raises(untrusted.Failed) as caught:
            untrusted.run(python(code), limits=SECONDS, cwd=tmp_path)

    assert "OSError: [Errno 101] Network is unreachable" in caught.value.stderr
