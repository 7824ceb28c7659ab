"""Somebody who has no mouse: every control is reached by Tab, and where one stands can always be seen."""

import re

from playwright.sync_api import Locator, Page, expect

MOST = 60  # nobody presses Tab more often than this for one thing
# What holds the focus and does not show it, or is covered where it stands. A hidden field is shown by its label.
UNSEEN = """() => {
  const focused = document.activeElement;
  const label = focused.closest("label") ?? focused.labels?.[0];
  const shown = [focused, label, focused.closest("fieldset, .field")].filter(Boolean);
  const rings = shown.map((part) => getComputedStyle(part));
  const isRinged = rings.some((ring) => ring.outlineStyle !== "none" && parseFloat(ring.outlineWidth) > 1);
  const part = focused.getBoundingClientRect().width > 2 || !label ? focused : label;
  const { x, y, width, height } = part.getBoundingClientRect();
  const at = document.elementFromPoint(x + width / 2, y + Math.min(height, innerHeight - y) / 2);
  const isCovered = !at || !(part.contains(at) || at.contains(part) || label?.contains(at));
  const said = part.outerHTML.replace(/\\s+/g, " ").slice(0, 160);
  return [...(isRinged ? [] : [`no ring: ${said}`]), ...(isCovered ? [`covered: ${said}`] : [])];
}"""


def tab_to(page: Page, goal: Locator, *, most: int = MOST) -> None:
    """Press Tab until ``goal`` has the focus. Fails if it never has, or if any stop on the way cannot be seen."""
    expect(goal.first).to_be_visible()
    wanted = goal.and_(page.locator(":focus"))
    for _press in range(most):
        if wanted.count():
            assert page.evaluate(UNSEEN) == [], page.url
            return
        page.keyboard.press("Tab")
        if not page.evaluate("document.activeElement === document.body"):
            assert page.evaluate(UNSEEN) == [], page.url
    raise AssertionError(f"{goal} is not within {most} Tabs on {page.url}")


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """Open the link ``name`` with Enter."""
    tab_to(page, page.get_by_role("link", name=name))
    page.keyboard.press("Enter")


def press(page: Page, name: str | re.Pattern[str]) -> None:
    """Press the button ``name`` with Enter."""
    tab_to(page, page.get_by_role("button", name=name))
    page.keyboard.press("Enter")


def write(page: Page, label: str | re.Pattern[str], text: str) -> None:
    """Type ``text`` into the field ``label``."""
    tab_to(page, page.get_by_label(label))
    page.keyboard.type(text)


def tick(page: Page, name: str | re.Pattern[str]) -> None:
    """Tick the box ``name`` with Space."""
    box = page.get_by_role("checkbox", name=name)
    tab_to(page, box)
    page.keyboard.press("Space")
    expect(box).to_be_checked()


def choose(page: Page, name: str) -> None:
    """Choose the radio button ``name``: Tab leads to its group, the arrows to it."""
    wanted = page.get_by_role("radio", name=name, exact=True)
    group = wanted.get_attribute("name")
    tab_to(page, page.locator(f"input[name={group}]"))
    page.keyboard.press("Space")
    for _press in range(page.locator(f"input[name={group}]").count()):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    expect(wanted).to_be_checked()


def skip_to_content(page: Page) -> None:
    """The first Tab on a page shows the way past its menu."""
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    expect(page.get_by_role("link", name="Skip to the content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
