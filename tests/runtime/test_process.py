import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hiring.runtime.services import Child, ServiceError
from hiring.runtime.services.process import birth

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(grandchild.pid, flush=True)
time.sleep(600)
"""


def eventually(condition: Callable[[], bool], *, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
    return True


def test_stopping_ends_the_deaf_and_their_children_too(tmp_path: Path) -> None:
    child = Child("stubborn", [sys.executable, "-c", STUBBORN], folder=tmp_path, patience=0.2)
    child.start()
    child.wait_until(lambda: child.tail().strip().isdecimal(), timeout=10)
    grandchild = int(child.tail())

    child.stop()

    assert not child.running
    assert eventually(lambda: birth(grandchild) == "")
    assert not child.pid_file.exists()


def test_stopping_twice_is_harmless(tmp_path: Path) -> None:
    child = Child("sleeper", SLEEPER, folder=tmp_path)
    child.start()

    child.stop()
    child.stop()

    assert not child.running


def test_a_child_does_not_outlive_a_killed_parent(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from hiring.runtime.services import Child\n"
        f"child = Child('sleeper', {SLEEPER!r}, folder=Path({str(tmp_path)!r}))\n"
        "child.start(); print(child.process.pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        orphan = int(parent.stdout.readline())
        parent.kill()

    if sys.platform != "linux":  # there, the next start ends it
        Child("sleeper", SLEEPER, folder=tmp_path).reclaim()
    assert eventually(lambda: birth(orphan) == "")


def test_what_an_earlier_start_left_is_ended(tmp_path: Path) -> None:
    earlier = Child("sleeper", SLEEPER, folder=tmp_path)
    earlier.start()
    assert earlier.process is not None

    assert Child("sleeper", SLEEPER, folder=tmp_path).reclaim() is True

    assert earlier.process.wait(10) == -signal.SIGTERM
    assert Child("sleeper", SLEEPER, folder=tmp_path).reclaim() is False


def test_a_stranger_with_the_same_number_is_left_alone(tmp_path: Path) -> None:
    with subprocess.Popen(SLEEPER, start_new_session=True) as stranger:
        (tmp_path / "sleeper.pid").write_text(f"{stranger.pid} some other day")

        assert Child("sleeper", SLEEPER, folder=tmp_path).reclaim() is False

        assert stranger.poll() is None
        os.kill(stranger.pid, signal.SIGKILL)


def test_a_missing_program_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ServiceError) as refusal:
        Child("thing", ["/nowhere/thing"], folder=tmp_path).start()

    assert str(refusal.value) == "thing needs /nowhere/thing, which cannot be run. Try make setup."


def test_a_program_that_ends_while_starting_is_quoted(tmp_path: Path) -> None:
    child = Child("brief", [sys.executable, "-c", "print('no room left')"], folder=tmp_path)
    child.start()

    with pytest.raises(ServiceError) as refusal:
        child.wait_until(lambda: False, timeout=10)

    assert str(refusal.value) == "brief ended while starting. Its last words:\n  no room left"


def test_a_program_that_never_answers_is_not_waited_for_forever(tmp_path: Path) -> None:
    child = Child("mute", SLEEPER, folder=tmp_path)
    child.start()

    with pytest.raises(ServiceError) as refusal:
        child.wait_until(lambda: False, timeout=0.1)

    assert str(refusal.value) == "mute did not answer within 0 s. Its last words:\n  (nothing)"
    child.stop()
