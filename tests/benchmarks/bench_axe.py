"""What axe finds on every page that a journey opens for it: the same walks as in `make test`."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.benchmarks.conftest import Report
from tests.journeys import crawl


@pytest.mark.timeout(1800)
def test_every_page(tmp_path: Path, report: Report) -> None:
    kept = tmp_path / "axe.jsonl"
    arguments = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "axe", "tests/journeys"]
    walked = subprocess.run(arguments, env={**os.environ, "AXE_FIGURES": str(kept)}, check=False)

    found: Counter[str] = Counter()
    for line in kept.read_text(encoding="utf-8").splitlines():
        reading = json.loads(line)
        path = urlsplit(reading["url"]).path
        found[crawl.route_of(path) or path] += reading["serious"]
    pages, serious = len(found), found.total()
    report("pages read by axe, light and dark", pages, "", must="–", met=walked.returncode == 0, figure=f"{pages}")
    report("… serious or critical findings on them", serious, "", must="0", met=serious == 0, figure=f"{serious}")
