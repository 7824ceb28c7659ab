"""A program with a token."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

if TYPE_CHECKING:
    from hiring.accounts.models import User
    from hiring.pipeline.models import Job
    from scheduling.models import Booking, LiveRound, Offer


@pytest.fixture
def api(client: Client) -> Callable[..., Any]:
    """Call it with a user, a method, a path below /api/v1/ and a body; each call has a fresh token."""
    from hiring.api import operations  # noqa: PLC0415 (after pytest has set Django up)

    def call(user: "User", method: str, path: str, body: object = None, **headers: str) -> Any:
        key = operations.create_token(user, name="test")
        return client.generic(
            method,
            f"/api/v1/{path}",
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers={"authorization": f"Bearer {key.secret}", **headers},
        )

    return call


@pytest.fixture
def booking(offered: "Offer") -> "Booking":
    """Joan's, on Tuesday at ten."""
    from scheduling import operations  # noqa: PLC0415 (after pytest has set Django up)
    from tests import live_cast  # noqa: PLC0415

    start = live_cast.utc(24, 10)
    return operations.confirm(offered, start, phone=live_cast.CANDIDATE_PHONE, by=offered.application.candidate)


@pytest.fixture
def rival(offered: "Offer", live: "LiveRound", job: "Job") -> "Offer":
    """Mary may choose a time of the same round."""
    from tests import factories, live_cast  # noqa: PLC0415

    return live_cast.offer(factories.application(job, "Mary Shelley"), live)
