from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hiring.accounts.models import User
from hiring.api import operations
from hiring.api.models import ApiToken
from hiring.pipeline.models import Application, Job
from hiring.rubrics.models import QuestionSetVersion
from interviews.models import Interview
from tests import factories

MARY = {"name": "Mary Shelley", "email": "mary@example.test"}


def test_jobs_are_those_you_work_on(
    api: Callable[..., Any], job: Job, version: QuestionSetVersion, grace: User, outsider: User
) -> None:
    factories.job("Other", question_set=version.question_set)

    assert [found["title"] for found in api(grace, "GET", "jobs/").json()["results"]] == ["Support lead"]
    assert api(outsider, "GET", "jobs/").json() == {"results": [], "older": None, "newer": None}


def test_one_job(api: Callable[..., Any], job: Job, grace: User, outsider: User) -> None:
    assert api(grace, "GET", f"jobs/{job.pk}/").json()["cards_needed"] == 2
    assert api(outsider, "GET", f"jobs/{job.pk}/").status_code == 404


def test_a_foreign_job_and_a_missing_one_look_the_same(api: Callable[..., Any], job: Job, outsider: User) -> None:
    missing = "00000000-0000-4000-8000-000000000000"

    foreign, absent = api(outsider, "GET", f"jobs/{job.pk}/"), api(outsider, "GET", f"jobs/{missing}/")

    assert (foreign.status_code, foreign.content) == (absent.status_code, absent.content)
    assert foreign.headers["Content-Type"] == "application/problem+json"


def test_applications_come_in_cursor_pages(api: Callable[..., Any], job: Job, grace: User) -> None:
    everybody = [str(factories.application(job, f"Person {number}").pk) for number in range(5)]

    first = api(grace, "GET", f"jobs/{job.pk}/applications/?limit=2").json()
    second = api(grace, "GET", first["older"].split("/api/v1/")[1]).json()
    third = api(grace, "GET", second["older"].split("/api/v1/")[1]).json()

    seen = [row["id"] for page in (first, second, third) for row in page["results"]]
    assert seen == everybody[::-1]
    assert third["older"] is None
    assert api(grace, "GET", second["newer"].split("/api/v1/")[1]).json()["results"] == first["results"]


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "limit=99999", "cursor=%00", "cursor=garbage"])
def test_an_odd_page_is_the_first(
    api: Callable[..., Any], job: Job, grace: User, application: Application, query: str
) -> None:
    answer = api(grace, "GET", f"jobs/{job.pk}/applications/?{query}")

    assert [row["id"] for row in answer.json()["results"]] == [str(application.pk)]


def test_a_list_asks_as_often_for_fifty_as_for_one(
    api: Callable[..., Any], job: Job, version: QuestionSetVersion, grace: User, application: Application
) -> None:
    factories.interview(application, version)
    with CaptureQueriesContext(connection) as one:
        api(grace, "GET", f"jobs/{job.pk}/applications/")
    for number in range(49):
        factories.interview(factories.application(job, f"Person {number}"), version)

    with CaptureQueriesContext(connection) as fifty:
        answer = api(grace, "GET", f"jobs/{job.pk}/applications/")

    assert len(answer.json()["results"]) == 50
    assert len(fifty) == len(one)


def test_an_interviewer_sees_no_applications(
    api: Callable[..., Any], job: Job, alan: User, application: Application
) -> None:
    assert api(alan, "GET", f"jobs/{job.pk}/applications/").json()["results"] == []
    assert api(alan, "GET", f"applications/{application.pk}/").status_code == 404


def test_adding_and_inviting_a_candidate(api: Callable[..., Any], job: Job, grace: User) -> None:
    added = api(grace, "POST", f"jobs/{job.pk}/applications/", MARY)
    invited = api(grace, "POST", f"applications/{added.json()['id']}/invitation/")

    assert (added.status_code, invited.status_code) == (201, 201)
    assert added.json()["interview"] is None
    assert api(grace, "GET", f"applications/{added.json()['id']}/").json()["interview"] == invited.json()
    assert Interview.objects.get().status == invited.json()["status"] == "invited"


def test_somebody_already_here_is_a_409_in_words(
    api: Callable[..., Any], job: Job, grace: User, application: Application
) -> None:
    answer = api(grace, "POST", f"jobs/{job.pk}/applications/", {"name": "Joan", "email": "JOAN.clarke@example.test"})

    assert answer.status_code == 409
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "already_in_this_job"
    assert answer.json()["application"] == str(application.pk)


@pytest.mark.parametrize("who", ["katherine", "alan"])
def test_adding_is_the_recruiters(
    request: pytest.FixtureRequest, api: Callable[..., Any], job: Job, application: Application, who: str
) -> None:
    user = request.getfixturevalue(who)

    assert api(user, "POST", f"jobs/{job.pk}/applications/", MARY).status_code == 403
    assert not Application.objects.filter(candidate__email=MARY["email"]).exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        (MARY | {"name": ""}, "name"),
        (MARY | {"name": "a\0b"}, "name"),
        (MARY | {"name": "x" * 1_000_000}, "name"),
        (MARY | {"email": "nobody"}, "email"),
        (MARY | {"email": "a\0@example.test"}, "email"),
        (MARY | {"zone": "Mars/Olympus"}, "zone"),
        (MARY | {"zone": "a\0"}, "zone"),
        (MARY | {"stage": "hired"}, "stage"),
        (MARY | {"is_admin": True}, "is_admin"),
        (MARY | {"name": {"a": 1}}, "name"),
    ],
)
def test_a_bad_field_is_named(api: Callable[..., Any], job: Job, grace: User, body: Any, field: str) -> None:
    answer = api(grace, "POST", f"jobs/{job.pk}/applications/", body)

    assert answer.status_code == 400
    assert field in answer.json()["errors"]
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        '"text"',
        "null",
        "\0",
        "[" * 100_000,
        '{"\\ud800": 1}',
        '{"name": "\\udc00"}',
        '{"name": ' + "9" * 5000,
    ],
)
def test_what_is_no_object_is_a_400(client: Client, job: Job, grace: User, body: Any) -> None:
    key = operations.create_token(grace, name="test")

    answer = client.generic(
        "POST",
        f"/api/v1/jobs/{job.pk}/applications/",
        body,
        content_type="application/json",
        headers={"authorization": f"Bearer {key.secret}"},
    )

    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_without_or_with_a_wrong_token_nobody_is_let_in(client: Client, job: Job, grace: User) -> None:
    key = operations.create_token(grace, name="test")
    headers = [{}, {"authorization": "Bearer wrong"}, {"authorization": f"Token {key.secret}"}, {"authorization": "x"}]
    client.force_login(grace)  # a session is no token

    for header in headers:
        answer = client.get("/api/v1/jobs/", headers=header)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("how", ["revoked", "expired", "deactivated"])
def test_an_ended_token_ends_at_once(client: Client, grace: User, how: str) -> None:
    key = operations.create_token(grace, name="test")
    if how == "deactivated":
        grace.is_active = False
        grace.save()
    else:
        field = {"revoked": "revoked_at", "expired": "expires_at"}[how]
        ApiToken.objects.update(**{field: timezone.now() - timedelta(seconds=1)})

    answer = client.get("/api/v1/jobs/", headers={"authorization": f"Bearer {key.secret}"})

    assert answer.status_code == 401


def test_only_the_hash_of_a_token_is_kept(grace: User) -> None:
    key = operations.create_token(grace, name="test")

    assert key.secret not in str(list(ApiToken.objects.values()))
    assert len(key.secret) >= 43


def test_too_much_is_a_429_with_when_to_come_back(job: Job, grace: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hiring.api.throttles.TokenThrottle.rate", "2/min")
    key = operations.create_token(grace, name="test")
    client = Client()

    answers = [client.get("/api/v1/jobs/", headers={"authorization": f"Bearer {key.secret}"}) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert answers[-1].json()["code"] == "throttled"


def test_the_docs_keep_the_csp(client: Client, db: None) -> None:
    page = client.get("/api/v1/docs/")

    assert page.status_code == 200
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert b"<script>" not in page.content
