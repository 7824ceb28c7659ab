"""What axe finds on a page, as sentences; only what would stop somebody counts."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STOPS_SOMEBODY = ("serious", "critical")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def serious(page: Page) -> list[str]:
    """One line per element of ``page`` that breaks a rule seriously: the rule, what to do, the element."""
    violations = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{violation['id']}: {violation['help']}: {node['html'][:160]}"
        for violation in violations
        if violation["impact"] in STOPS_SOMEBODY
        for node in violation["nodes"]
    ]
