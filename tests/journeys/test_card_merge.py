"""Two drafts of one card put together, by the page's own module in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route

pytestmark = pytest.mark.journey
ORIGIN = "http://modules.test"
Merge = Callable[..., Any]


@pytest.fixture
def merge(page: Page) -> Merge:
    def serve(route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        if path == "/":
            route.fulfill(body="<!doctype html>", content_type="text/html")
        else:
            route.fulfill(path=settings.BASE_DIR / "static" / path.removeprefix("/"), content_type="text/javascript")

    page.route(f"{ORIGIN}/**", serve)
    page.goto(f"{ORIGIN}/")

    def run(base: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]) -> Any:
        script = "async (three) => (await import('/js/review/card.js')).merge(...three)"
        return page.evaluate(script, [card(**base), card(**mine), card(**theirs)])

    return run


def card(**said: Any) -> dict[str, Any]:
    return {"scores": {}, "notes": [], "recommendation": "", "reason": "", **said}


def note(text: str, at: float | None = 1) -> dict[str, Any]:
    return {"question": "q", "at_seconds": at, "text": text}


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [
        ({}, {}, {}, {}),
        ({}, {"a": 4}, {}, {"a": 4}),
        ({}, {}, {"a": 4}, {"a": 4}),
        ({}, {"a": 4}, {"b": 2}, {"a": 4, "b": 2}),
        ({}, {"a": None}, {"a": None}, {"a": None}),
        ({"a": 3}, {"a": 4}, {"a": 3}, {"a": 4}),
        ({"a": 3}, {"a": 3}, {"a": None}, {"a": None}),
        ({"a": 3}, {}, {"a": 3}, {}),
        ({"a": 3}, {"a": 3}, {}, {}),
    ],
)
def test_scores_one_side_changed_are_taken(
    merge: Merge, base: dict[str, int | None], mine: dict[str, int | None], theirs: dict[str, int | None], merged: Any
) -> None:
    found = merge({"scores": base}, {"scores": mine}, {"scores": theirs})

    assert (found["card"]["scores"], found["conflicts"]) == (merged, [])


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [({}, {"a": 4}, {"a": 2}), ({"a": 3}, {"a": None}, {"a": 5}), ({"a": 1}, {"a": 2}, {"a": 3})],
)
def test_the_same_score_changed_twice_is_asked_and_mine_until_then(
    merge: Merge, base: dict[str, int | None], mine: dict[str, int | None], theirs: dict[str, int | None]
) -> None:
    found = merge({"scores": base}, {"scores": mine}, {"scores": theirs})

    assert found["card"]["scores"] == mine
    assert found["conflicts"] == [{"kind": "score", "key": "a", "mine": mine["a"], "theirs": theirs["a"]}]


def test_notes_of_both_sides_are_kept_and_what_either_removed_is_gone(merge: Merge) -> None:
    kept, mine_gone, theirs_gone = note("kept"), note("removed here"), note("removed there")
    found = merge(
        {"notes": [kept, mine_gone, theirs_gone]},
        {"notes": [kept, theirs_gone, note("added here", None)]},
        {"notes": [kept, mine_gone, note("added there")]},
    )

    assert sorted(line["text"] for line in found["card"]["notes"]) == ["added here", "added there", "kept"]
    assert found["conflicts"] == []


def test_a_reason_written_twice_is_asked(merge: Merge) -> None:
    found = merge({}, {"reason": "Here", "recommendation": "no"}, {"reason": "There"})

    assert (found["card"]["reason"], found["card"]["recommendation"]) == ("Here", "no")
    assert found["conflicts"] == [{"kind": "reason", "key": "", "mine": "Here", "theirs": "There"}]
