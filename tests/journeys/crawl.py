"""A person who opens every page they can reach by links, once per kind of page."""

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Literal
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Page, ViewportSize

from tests.journeys import axe

PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
WIDEST = """() => [...document.querySelectorAll("body *")]
    .reduce((one, other) => other.getBoundingClientRect().right > one.getBoundingClientRect().right ? other : one)
    .outerHTML.slice(0, 160)"""
NOT_OURS = {"api:schema", "api:docs"}  # a file, and what Swagger makes of it
PHONE = ViewportSize(width=360, height=780)
Screen = tuple[Literal["light", "dark"], ViewportSize]
DESK: Screen = ("light", ViewportSize(width=1440, height=900))
NIGHT: Screen = ("dark", PHONE)
SCREENS = (DESK, NIGHT)


def reachable(page: Page, base: str, *starts: str) -> Iterator[str]:
    """Open each page once, breadth first from ``starts``, and yield its route while it is open in ``page``.

    Of pages with one route (two applications) the first is enough. Only what answers with HTML counts as a page.
    """
    waiting, seen = deque(starts), set[str]()
    while waiting:
        path = waiting.popleft()
        route = route_of(path)
        if route is None or route in seen or route in NOT_OURS:
            continue
        seen.add(route)
        answer = page.goto(base + path)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        if answer.status != 200:
            raise AssertionError(f"{path} answered {answer.status}")
        yield route
        links = page.eval_on_selector_all("a[href]:not([download])", "links => links.map(link => link.href)")
        waiting.extend(urlsplit(link).path for link in links if link.startswith(base))


def route_of(path: str) -> str | None:
    """The name of the route behind ``path``, or ``None`` where there is none."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


def complaints(page: Page, screens: Iterable[Screen] = SCREENS) -> list[str]:
    """What would stop somebody on the open page: axe on a large light screen and a dark phone, and what sticks out."""
    found = []
    before = page.viewport_size
    for scheme, screen in screens:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size(screen)
        page.evaluate(PAINTED)
        found += [f"{scheme}: {line}" for line in axe.serious(page)]
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > screen["width"]:
            found.append(f"{width} px wide on a screen of {screen['width']}: {page.evaluate(WIDEST)}")
    if before:
        page.set_viewport_size(before)
    return found
