"""Each portal serves its own views only: what is below ``/c/`` never answers to a staff session, and the reverse."""

import pytest

from tests.architecture import routes


@pytest.mark.parametrize(("prefix", "audience"), [("c/", "candidate"), ("review/", "reviewer")])
def test_each_portal_serves_only_its_own_views(prefix: str, audience: str) -> None:
    below = [route for route in routes.every() if route.path.startswith(prefix)]

    strangers = [(route.path, route.module) for route in below if audience not in route.module.split(".")]

    assert below
    assert strangers == []


@pytest.mark.parametrize(("prefix", "audience"), [("c/", "candidate"), ("review/", "reviewer")])
def test_no_view_of_a_portal_answers_anywhere_else(prefix: str, audience: str) -> None:
    elsewhere = [route for route in routes.every() if not route.path.startswith(prefix)]

    assert [(route.path, route.module) for route in elsewhere if audience in route.module.split(".")] == []


def test_every_route_has_a_name() -> None:
    assert [route.path for route in routes.every() if not route.name or route.name.endswith(":")] == []
