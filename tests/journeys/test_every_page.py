"""Every page of the table of routes, and every answer to its forms, read by axe: light and large, dark on a phone.

Without a script the policy blocks, without a link that leads nowhere.
"""

import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.architecture.access import TABLE
from tests.architecture.world import World
from tests.journeys import crawl, doors, visits
from tests.journeys.visits import Seen

pytestmark = [
    pytest.mark.journey,
    pytest.mark.axe,
    pytest.mark.slow,
    pytest.mark.timeout(600),  # an admin has some seventy pages, and a busy machine is no failure
    pytest.mark.django_db(transaction=True),
]

LINK = re.compile(r'<a\b[^>]*\bhref="([^"#?]+)')
VISITORS = ("anonymous", "candidate", "assigned", "admin")

# What answers these people with no page, or leads on. What it has for others is looked at by the test named beside it.
NO_PAGES: dict[str, set[str]] = {
    "anonymous": {"feed", "healthz", "readyz", "account_logout"}
    | {"welcome", "account_reset_password_from_key"},  # test_ways_in
    "candidate": {"candidate:scheduling:calendar", "candidate:interviews:take-media"}
    | {f"candidate:interviews:{name}" for name in ("overview", "answers")}  # test_candidate_pages
    | {f"candidate:interviews:{name}" for name in ("check", "practice", "record")},  # recorder/
    "assigned": {"reviewer:interviews:media"},
    "admin": {"reviewer:job-export", "reviewer:screening:original", "reviewer:interviews:media"}
    | {"reviewer:rubrics:estimate", "reviewer:job-selection", "reviewer:letter-preview", "reviewer:letter-test"}
    | {"mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_generate_recovery_codes"}  # test_ways_in
    | {"account_set_password"},
}


@pytest.fixture
def troubles(page: Page) -> list[str]:
    """What the console says while pages are open: blocked by the policy, missing, thrown."""
    heard: list[str] = []
    page.on("console", lambda line: heard.append(f"{page.url}: {line.text}") if line.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(f"{page.url}: {error}"))
    return heard


@pytest.fixture
def sight(page: Page, live_server: LiveServer) -> Page:
    """A browser for which the store has everything, and all of it is empty: what these people said is not there."""
    asked = f"{settings.S3_PUBLIC_URL}/**"
    page.route(asked, lambda route: route.fulfill(status=200, headers={"Access-Control-Allow-Origin": "*"}))
    return page


@pytest.mark.parametrize("actor", VISITORS)
def test_every_page(actor: str, world: World, sight: Page, live_server: LiveServer, troubles: list[str]) -> None:
    client = world.clients[actor]
    doors.lend(client, sight, live_server.url)
    seen = visits.pages(world, actor)

    for answer in seen:
        sight.goto(live_server.url + answer.url)
        troubles += [f"{answer.template}: {complaint}" for complaint in crawl.complaints(sight)]

    assert troubles == []
    assert sorted(leads_nowhere(client, seen)) == []
    assert set(visits.routes_of(actor)) - {crawl.route_of(answer.url) for answer in seen} == NO_PAGES[actor]


@pytest.mark.parametrize("actor", VISITORS)
def test_every_answer_to_a_form(
    actor: str, world: World, sight: Page, live_server: LiveServer, troubles: list[str]
) -> None:
    client = world.clients[actor]
    doors.lend(client, sight, live_server.url)
    read = 0

    for answer in visits.answers(client, visits.pages(world, actor)):
        draw(sight, live_server.url, answer)
        found = crawl.complaints(sight, [crawl.NIGHT])
        troubles += [f"{answer.template}, sent to {answer.url}: {complaint}" for complaint in found]
        read += 1

    assert troubles == []
    assert read > 0


def draw(page: Page, base: str, answer: Seen) -> None:
    """Show what came back to a form: the page is the answer itself, what it asks for comes from the server."""
    url = base + answer.url
    page.route(url, lambda route: route.fulfill(content_type="text/html; charset=utf-8", body=answer.page))
    page.goto(url)
    page.unroute(url)


def leads_nowhere(client: Client, pages: Iterable[Seen]) -> set[str]:
    """Where a link on ``pages`` leads that answers with no page: by route, the first of each."""
    found, known = set(), set()
    for seen in pages:
        for link in LINK.findall(seen.page):
            where = urlsplit(urljoin(seen.url, link))
            route = crawl.route_of(where.path)
            if where.netloc or where.scheme or route in known:
                continue
            known.add(route)
            if route is None or client.get(where.path).status_code >= 400:
                found.add(f"{seen.url} leads to {where.path}")
    return found


def test_somebody_visits_every_route() -> None:
    visited = {name for actor in VISITORS for name in visits.routes_of(actor)}
    asked = {name for name, row in TABLE.items() if "GET" in row.methods and not visits.is_data(name)}

    assert asked - visited == {"mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes"}
