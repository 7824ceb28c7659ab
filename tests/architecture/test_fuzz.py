"""A few cases of every operation in everybody's name; `make bench` asks 5,000."""

import pytest
from rest_framework.response import Response

from hiring.accounts.models import User
from hiring.rubrics.models import QuestionSetVersion
from tests.architecture.world import World

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("role", ["admin", "recruiter", "hiring_manager", "assigned"])
def test_nothing_breaks_and_every_answer_is_described(
    role: str, world: World, people: dict[str, User], version: QuestionSetVersion
) -> None:
    from tests.architecture import fuzz  # noqa: PLC0415 (it loads schemathesis, over a second for every worker)

    known = fuzz.furnish(world, people, version)

    tally = fuzz.ask_everything(people[role], known, examples=3)

    assert tally.faults == []
    assert tally.undocumented == []
    assert tally.statuses[200] + tally.statuses[201] > 0


def test_what_breaks_or_is_not_described_is_counted(
    world: World, people: dict[str, User], version: QuestionSetVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.architecture import fuzz  # noqa: PLC0415 (the same)

    known = fuzz.furnish(world, people, version)
    monkeypatch.setattr("hiring.api.throttles.WriteThrottle.rate", "nonsense")
    monkeypatch.setattr("hiring.api.pagination.CursorPages.get_paginated_response", lambda _pages, rows: Response(rows))

    tally = fuzz.ask_everything(people["admin"], known, examples=3)

    assert any("500" in fault for fault in tally.faults)
    assert any("GET /api/v1/jobs/" in answer for answer in tally.undocumented)
