"""How long the last whole run of the tests took on this machine, kept for ``make bench``."""

import json
import os
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest
from _pytest.terminal import TerminalReporter

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".local" / "last-test-run.json"
NARROWED = ("keyword", "markexpr", "lf", "deselect", "ignore", "ignore_glob", "maxfail", "collectonly")
STARTED = pytest.StashKey[float]()


@dataclass(frozen=True)
class Run:
    """``seconds`` from the first line to the last; the commit it ran on, with a plus where files were changed."""

    seconds: float
    passed: int
    failed: int
    skipped: int
    workers: int
    commit: str


def last() -> Run | None:
    """The last run of everything; ``None`` where there was none yet."""
    return Run(**json.loads(KEPT.read_text(encoding="utf-8"))) if KEPT.exists() else None


def pytest_configure(config: pytest.Config) -> None:
    config.stash[STARTED] = time.monotonic()


def pytest_terminal_summary(terminalreporter: TerminalReporter, exitstatus: int, config: pytest.Config) -> None:
    if "PYTEST_XDIST_WORKER" in os.environ or exitstatus not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
        return
    if config.args != config.getini("testpaths") or any(config.getoption(name) for name in NARROWED):
        return  # a part of them
    count = {name: len(terminalreporter.getreports(name)) for name in ("passed", "failed", "error", "skipped")}
    run = Run(
        seconds=round(time.monotonic() - config.stash[STARTED], 1),
        passed=count["passed"],
        failed=count["failed"] + count["error"],
        skipped=count["skipped"],
        workers=config.getoption("numprocesses", None) or 1,
        commit=commit(),
    )
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(asdict(run)) + "\n", encoding="utf-8")


def commit() -> str:
    described = ["git", "describe", "--always", "--exclude=*", "--dirty=+"]
    told = subprocess.run(described, cwd=ROOT, capture_output=True, text=True, check=False)
    return told.stdout.strip() or "no git here"
