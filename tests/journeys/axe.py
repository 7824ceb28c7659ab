"""What axe finds on a page, as sentences; only what would stop somebody counts."""

import json
import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STOPS_SOMEBODY = ("serious", "critical")
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def serious(page: Page) -> list[str]:
    """One line per element of ``page`` that breaks a rule seriously: the rule, what to do, the element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    violations = page.evaluate("async rules => (await axe.run(rules)).violations", RULES)
    found = [
        f"{violation['id']}: {violation['help']}: {node['html'][:160]}"
        for violation in violations
        if violation["impact"] in STOPS_SOMEBODY
        for node in violation["nodes"]
    ]
    leave_figures(url=page.url, serious=len(found))
    return found


def leave_figures(**figures: str | int) -> None:
    """For `make bench`, which names the file: a line for every reading."""
    if kept := os.environ.get("AXE_FIGURES"):
        with Path(kept).open("a", encoding="utf-8") as file:
            file.write(json.dumps(figures) + "\n")
