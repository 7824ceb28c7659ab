"""Where the measures are collected, compared with the last run, printed and kept."""

import json
import platform
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

RESULTS = Path(__file__).parent / "results"
LATEST = RESULTS / "latest.json"


@dataclass(frozen=True)
class Measure:
    """One line of the table: what was measured, the figure as people read it, what it must be, whether it is."""

    what: str
    figure: str
    must: str
    met: bool
    value: float
    unit: str = ""


Report = Callable[..., None]
MEASURED = pytest.StashKey[list[Measure]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[MEASURED] = []


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Iterator[Report]:
    """Call it with a measure's words, its value, unit and bound; the test fails in the end when one is not met."""
    missed: list[str] = []

    def add(what: str, value: float, unit: str, *, must: str, met: bool, figure: str = "") -> None:
        measure = Measure(what, figure or f"{value:.2f} {unit}".strip(), must, met, value, unit)
        request.config.stash[MEASURED].append(measure)
        if not met:
            missed.append(f"{what}: {measure.figure}, must be {must}")

    yield add
    assert missed == []


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    measured = config.stash[MEASURED]
    if not measured:
        return
    before = _before()
    rows = [
        (measure.what, measure.figure, before.get(measure.what, "–"), measure.must, "yes" if measure.met else "NO")
        for measure in measured
    ]
    header = ("what", "now", "before", "must be", "met")
    widths = [max(len(row[column]) for row in [header, *rows]) for column in range(len(header))]
    terminalreporter.section("measures")
    for row in [header, tuple("-" * width for width in widths), *rows]:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        terminalreporter.write_line(f"| {' | '.join(cells)} |")
    _keep(measured)


def _before() -> dict[str, str]:
    if not LATEST.exists():
        return {}
    kept = json.loads(LATEST.read_text(encoding="utf-8"))
    return {measure["what"]: measure["figure"] for measure in kept["measures"]}


def _keep(measured: list[Measure]) -> None:
    """Replace what was measured again; a run of a part keeps the figures of the rest."""
    kept = json.loads(LATEST.read_text(encoding="utf-8"))["measures"] if LATEST.exists() else []
    new = {measure.what: asdict(measure) for measure in measured}
    rest = [measure for measure in kept if measure["what"] not in new]
    RESULTS.mkdir(exist_ok=True)
    found = {
        "measured_at": datetime.now(tz=UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "measures": [*rest, *new.values()],
    }
    LATEST.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
