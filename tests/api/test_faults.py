"""What Django answers by itself is a problem for programs, and stays a page for people."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from hiring.accounts.models import User
from hiring.api import operations
from hiring.pipeline.models import Job

MEDIA_TYPE = "application/problem+json"


def told(answer: Any) -> tuple[int, str, str]:
    return answer.status_code, answer.headers["Content-Type"], answer.json()["code"]


@pytest.mark.parametrize("path", ["jobs/x/", "jobs/%00/", "nothing/", "jobs/a%2Fb/", "applications/../", "jobs//"])
def test_an_address_that_is_none_is_a_problem(api: Callable[..., Any], grace: User, path: str) -> None:
    assert told(api(grace, "GET", path)) == (404, MEDIA_TYPE, "not_found")


def test_people_get_a_page(client: Client, job: Job) -> None:
    answer = client.get("/jobs/nothing/")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("headers", [{}, {"idempotency-key": "k"}])
@pytest.mark.parametrize("size", [settings.DATA_UPLOAD_MAX_MEMORY_SIZE, settings.LARGEST_BODY])
def test_a_body_beyond_reading_is_a_413(
    api: Callable[..., Any], job: Job, grace: User, headers: dict[str, str], size: int
) -> None:
    answer = api(grace, "POST", f"jobs/{job.pk}/applications/", {"name": "x" * size}, **headers)

    assert told(answer) == (413, MEDIA_TYPE, "too_large")


def test_a_host_that_is_not_ours_is_a_problem(client: Client, job: Job) -> None:
    assert told(client.get("/api/v1/jobs/", headers={"host": "evil.test"})) == (400, MEDIA_TYPE, "bad_request")


def test_what_breaks_is_a_problem(grace: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hiring.api.throttles.TokenThrottle.rate", "nonsense")
    key = operations.create_token(grace, name="test")
    client = Client(raise_request_exception=False, headers={"authorization": f"Bearer {key.secret}"})

    assert told(client.get("/api/v1/jobs/")) == (500, MEDIA_TYPE, "server_error")
