"""The journeys in real browsers, timed; how many bytes of recordings went through Django on the way."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.conftest import Report

MAIN_JOB, WHOLE = "tests/journeys/test_main_job.py", "tests/journeys/test_whole_pipeline.py"
LONGEST, LONGEST_WHOLE = 120.0, 180.0  # seconds


def test_the_main_job(tmp_path: Path, report: Report) -> None:
    figures = figures_of(MAIN_JOB, tmp_path)
    through, stored, seconds = figures["through_django"], figures["to_store"], figures["seconds"]
    report("bytes of recordings through Django", through, "bytes", must="0", met=through == 0, figure=f"{through}")
    report("… and straight to the store", stored / 1000, "kB", must="–", met=stored > 0, figure=f"{stored // 1000} kB")
    report(
        "main job in browsers: publish → record → two scorecards", seconds, "s", must="< 120 s", met=seconds < LONGEST
    )


def test_the_whole_journey(tmp_path: Path, report: Report) -> None:
    seconds = figures_of(WHOLE, tmp_path)["seconds"]

    what = "whole journey in browsers: apply → read → record → score → promote → book, a second refused → meet → decide"
    report(what, seconds, "s", must="< 180 s", met=seconds < LONGEST_WHOLE)


def figures_of(journey: str, folder: Path) -> dict[str, float]:
    """What ``journey``, run by itself, left as its figures."""
    kept = folder / "figures.json"
    arguments = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", journey]
    subprocess.run(arguments, env={**os.environ, "JOURNEY_FIGURES": str(kept)}, check=True)
    return dict(json.loads(kept.read_text(encoding="utf-8")))
