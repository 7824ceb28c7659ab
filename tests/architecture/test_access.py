"""Every URL × method × role against the reviewed table; a route nobody classified fails."""

from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from typing import cast

import pytest
from django.db import transaction
from django.http import HttpResponse

from tests.architecture import routes
from tests.architecture.access import TABLE
from tests.architecture.world import MISSING, World

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
MIGHTIEST = ("candidate", "admin", "token")  # a method nobody may use is tried by those who may most
ROUTES = {route.name: route for route in routes.every()}
CLASSIFIED = sorted(TABLE.keys() & ROUTES.keys())
AREAS: dict[str, list[str]] = defaultdict(list)
for _name in CLASSIFIED:
    AREAS[ROUTES[_name].path.split("/")[0] or "front"].append(_name)


def outcome(response: HttpResponse) -> str:
    """How the table says what ``response`` did."""
    if response.status_code == 302 and response.headers["Location"].split("?")[0] == "/accounts/login/":
        return "login"
    return str(response.status_code) if response.status_code in {401, 403, 404, 405} else "in"


def ask(world: World, actor: str, method: str, url: str) -> HttpResponse:
    """One request that leaves nothing behind: no row, no cookie."""
    client = world.clients[actor]
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        response = cast("HttpResponse", client.generic(method, url))
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def test_every_route_is_classified() -> None:
    assert sorted(ROUTES.keys() - TABLE.keys()) == []


@pytest.mark.parametrize("area", AREAS)
def test_each_method_lets_in_whom_the_table_says(area: str, world: World) -> None:
    wrong = {}

    for name in AREAS[area]:
        row = TABLE[name]
        url = ROUTES[name].url(world.places[row.place])
        for method in METHODS:
            expected = row.methods.get(method, {})
            found = {actor: outcome(ask(world, actor, method, url)) for actor in expected or MIGHTIEST}
            differs = {actor: said for actor, said in found.items() if not _as_expected(said, expected.get(actor))}
            if differs:
                wrong[f"{method} {name}"] = differs

    assert wrong == {}, "\n".join(f"{what}: {said}" for what, said in wrong.items())


def _as_expected(said: str, expected: str | None) -> bool:
    return said != "in" if expected is None else said == expected


def guarded(area: str) -> Iterator[tuple[str, str, str]]:
    """Routes, methods and actors turned away with a 404."""
    for name in AREAS[area]:
        for method, policy in TABLE[name].methods.items():
            yield from ((name, method, actor) for actor, said in policy.items() if said == "404")


@pytest.mark.parametrize("area", [area for area in AREAS if any(guarded(area))])
def test_what_is_not_yours_looks_like_what_is_not_there(area: str, world: World) -> None:
    differs = []

    for name, method, actor in guarded(area):
        here = world.places[TABLE[name].place]
        foreign = ask(world, actor, method, ROUTES[name].url(here))
        missing = ask(world, actor, method, ROUTES[name].url(dict.fromkeys(here, MISSING)))
        if (foreign.status_code, _plain(foreign)) != (missing.status_code, _plain(missing)):
            differs.append((name, method, actor))

    assert differs == []


def _plain(response: HttpResponse) -> bytes:
    """The body without what differs from answer to answer: the form token of the sign-out button."""
    lines = response.content.splitlines()
    return b"\n".join(line for line in lines if b"csrf" not in line.lower())
