import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from hiring.accounts.models import User
from hiring.api import operations
from hiring.api.models import IdempotentRequest
from hiring.pipeline.models import Application, Job

MARY = {"name": "Mary Shelley", "email": "mary@example.test"}


@pytest.fixture
def post(client: Client, job: Job, grace: User) -> Any:
    """Post a body with a key, always with the same token."""
    token = operations.create_token(grace, name="test")

    def send(body: Any, key: str = "k1") -> Any:
        return client.generic(
            "POST",
            f"/api/v1/jobs/{job.pk}/applications/",
            json.dumps(body),
            content_type="application/json",
            headers={"authorization": f"Bearer {token.secret}", "idempotency-key": key},
        )

    return send


def test_the_same_again_is_the_same_answer(post: Callable[..., Any]) -> None:
    first, second = post(MARY), post(MARY)

    assert (second.status_code, second.json()) == (201, first.json())
    assert second.headers["Idempotency-Replayed"] == "true"
    assert Application.objects.count() == 1


def test_another_body_under_the_key_is_422(post: Callable[..., Any]) -> None:
    post(MARY)

    answer = post(MARY | {"name": "Mary S."})

    assert answer.status_code == 422
    assert answer.json()["code"] == "idempotency_key_reused"


def test_one_still_in_flight_is_409(post: Callable[..., Any]) -> None:
    post(MARY)
    IdempotentRequest.objects.update(status=None, response=None)

    answer = post(MARY)

    assert answer.status_code == 409
    assert answer.json()["code"] == "request_in_flight"
    assert answer.headers["Retry-After"] == "1"


def test_one_whose_server_died_is_done_again(post: Callable[..., Any]) -> None:
    post(MARY)
    long_ago = timezone.now() - timedelta(minutes=5)
    IdempotentRequest.objects.update(status=None, response=None, created_at=long_ago)

    assert post(MARY).json()["code"] == "already_in_this_job"


def test_a_refused_request_leaves_the_key_free(post: Callable[..., Any]) -> None:
    assert post({"name": ""}).status_code == 400
    assert post(MARY).status_code == 201


@pytest.mark.parametrize("key", ["x" * 201, "a\x7f"])
def test_a_key_nobody_can_keep_is_400(post: Callable[..., Any], key: str) -> None:
    assert post(MARY, key).status_code == 400


def test_another_token_has_keys_of_its_own(
    api: Callable[..., Any], post: Callable[..., Any], ada: User, job: Job
) -> None:
    post(MARY)

    answer = api(ada, "POST", f"jobs/{job.pk}/applications/", MARY, **{"idempotency-key": "k1"})

    assert answer.json()["code"] == "already_in_this_job"


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_is_done(job: Job, grace: User) -> None:
    token = operations.create_token(grace, name="test")

    def send(_number: int) -> Any:
        try:
            return (
                Client()
                .post(
                    f"/api/v1/jobs/{job.pk}/applications/",
                    MARY,
                    content_type="application/json",
                    headers={"authorization": f"Bearer {token.secret}", "idempotency-key": "k1"},
                )
                .status_code
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(send, range(4)))

    assert 201 in answers
    assert answers <= {201, 409}
    assert Application.objects.count() == 1
