"""What was measured: a row for people at once, JSON to compare with the last time."""

import json
import os
import platform
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Row:
    """One line of the table in README."""

    what: str
    measured: str
    must: str
    holds: bool

    def __str__(self) -> str:
        return f"| {self.what} | {self.measured} | {self.must} | {'yes' if self.holds else 'NO'} |"


def keep(name: str, figures: dict[str, object], *, rows: list[Row]) -> None:
    """Print ``rows`` and write ``figures`` to ``results/<name>.json``, with the figures of the time before."""
    path = FOLDER / f"{name}.json"
    before = json.loads(path.read_text(encoding="utf-8")).get("figures") if path.exists() else None
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    FOLDER.mkdir(exist_ok=True)
    written = {"figures": figures, "before": before, "machine": machine, "rows": [str(row) for row in rows]}
    path.write_text(json.dumps(written, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    for row in rows:
        print(row)  # noqa: T201 (this is what a bench is for)
