"""Every page there is, taken from the table of who gets where: opened by those who may, its forms filled in badly.

A route nobody thought of here is visited all the same, for the table has to name it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import resolve

from tests.architecture import forms
from tests.architecture.access import TABLE
from tests.architecture.forms import Form
from tests.architecture.routes import every
from tests.architecture.test_pseudo_locale import undone
from tests.architecture.world import World
from tests.journeys.crawl import NOT_OURS

ROUTES = {route.name: route for route in every()}
ALONE = {"anonymous", "candidate"}  # what they may see looks the same to whoever else may
ELSEWHERE = {"reviewer:application-reopening": "told application"}  # where the table's own place has no page
MOST_BUTTONS = 6  # a page of free times has hundreds, all alike
DEPTH = 2  # a form's answer may hold the form that is answered with what would be sent

Filling = tuple[str, dict[str, list[str]]]


@dataclass(frozen=True)
class Seen:
    """An answer in HTML: of ``url``, drawn from ``template``; ``page`` is its text."""

    url: str
    template: str
    page: str

    @property
    def is_refusal(self) -> bool:
        return 'id="errors"' in self.page or 'role="alert"' in self.page


def routes_of(actor: str) -> list[str]:
    """The routes ``actor`` opens: each is opened by the least who may, those of a job by the mightiest as well."""
    return [name for name in TABLE if name in ROUTES and actor in _visitors(name)]


def _visitors(name: str) -> set[str]:
    policy = TABLE[name].methods.get("GET", {})
    may = [actor for actor in ("anonymous", "candidate", "assigned", "admin", "recruiter") if policy.get(actor) == "in"]
    if not may or is_data(name):
        return set()
    if may[0] in ALONE:
        return {may[0]}
    differs = "assigned" in may and policy["outsider"] == "404"
    return {"assigned", "admin"} if differs else {"admin" if "admin" in may else may[-1]}


def is_data(name: str) -> bool:
    """Whether the route ``name`` is for programs, or drawn by somebody else's."""
    return name in NOT_OURS or ROUTES[name].path.startswith("api/")


def pages(world: World, actor: str) -> list[Seen]:
    """What ``actor`` sees at their routes: of those that lead elsewhere or answer with no page, nothing."""
    found = []
    for name in routes_of(actor):
        url = ROUTES[name].url(world.places[ELSEWHERE.get(name, TABLE[name].place)])
        found.append(_seen(url, cast("HttpResponse", world.clients[actor].get(url))))
    return [seen for seen in found if seen]


def answers(client: Client, pages: Iterable[Seen], *, depth: int = DEPTH) -> Iterator[Seen]:
    """What comes back as a page when the forms of ``pages`` are sent: untouched, ticked, empty, with what none takes.

    Once per template, and once more for what is refused. Nothing stays of what was sent.
    """
    known, tried = set[tuple[str, bool]](), set[tuple[str, ...]]()
    waiting = [(seen, depth) for seen in pages]
    while waiting:
        seen, left = waiting.pop(0)
        for form in forms.read(seen.page):
            for answer in _answers(client, seen.url, form, tried):
                kind = (answer.template, answer.is_refusal)
                if kind not in known:
                    known.add(kind)
                    yield answer
                if left > 1:
                    waiting.append((answer, left - 1))


def _answers(client: Client, url: str, form: Form, tried: set[tuple[str, ...]]) -> Iterator[Seen]:
    target = urljoin(url, form.action.partition("#")[0] or url)
    if form.method != "post":
        return
    route = resolve(urlsplit(target).path).view_name
    for said, values in fillings(form):
        if (route, said, *sorted(values)) in tried:
            continue
        tried.add((route, said, *sorted(values)))
        with undone(client):
            answer = _seen(target, cast("HttpResponse", client.post(target, values)))
        if answer is not None:
            yield answer


def fillings(form: Form) -> Iterator[Filling]:
    """By each of its buttons with everything ticked; with nothing in it; and with what no field takes."""
    ticked = dict(form.values)
    for name, value in form.boxes:
        ticked[name] = [*ticked.get(name, []), value]
    for name, value in form.buttons[:MOST_BUTTONS] or [("", "")]:
        yield f"{name}={value}", ticked | {name: [value]}
    for name, _value in form.buttons[:1] or [("", "")]:
        hidden = {key: value for key, value in form.values.items() if key not in form.typed}
        yield "empty", hidden | {name: [""]}
        yield "wrong", hidden | {name: [""]} | {key: ["@"] for key in form.typed}


def _seen(url: str, response: HttpResponse) -> Seen | None:
    if "text/html" not in response.headers.get("Content-Type", "") or b"<html" not in response.content:
        return None
    drawn = [template.name for template in getattr(response, "templates", []) if template.name]
    pages = [name for name in drawn if name.endswith(".html") and not name.startswith("emails/")]
    return Seen(url, pages[0] if pages else "", response.content.decode())
