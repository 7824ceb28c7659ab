"""The main job in real browsers, timed; how many bytes of recordings went through Django on the way."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.conftest import Report

JOURNEY = "tests/journeys/test_main_job.py"
LONGEST = 120.0  # seconds


def test_the_main_job(tmp_path: Path, report: Report) -> None:
    kept = tmp_path / "figures.json"
    arguments = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", JOURNEY]
    subprocess.run(arguments, env={**os.environ, "JOURNEY_FIGURES": str(kept)}, check=True)

    figures = json.loads(kept.read_text(encoding="utf-8"))
    through, stored, seconds = figures["through_django"], figures["to_store"], figures["seconds"]
    report("bytes of recordings through Django", through, "bytes", must="0", met=through == 0, figure=f"{through}")
    report("… and straight to the store", stored / 1000, "kB", must="–", met=stored > 0, figure=f"{stored // 1000} kB")
    report(
        "main job in browsers: publish → record → two scorecards", seconds, "s", must="< 120 s", met=seconds < LONGEST
    )
