"""Valkey refuses every connection: people sign in, pages open, a recording arrives, and guessing is still counted."""

import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from hiring.accounts.models import User
from hiring.api import operations as tokens
from hiring.lib.cache import SteadyCache
from hiring.pipeline import links
from hiring.pipeline.models import Application, Job
from hiring.runtime.services import ports
from interviews.models import Interview, Take
from tests import factories
from tests.recorder import received

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def valkey_away(broken_broker: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Neither the cache nor the queue: their addresses lead nowhere."""
    nowhere = f"redis://127.0.0.1:{ports.free(1)[0]}/0"
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": nowhere}}
    monkeypatch.setattr(SteadyCache, "_away_until", 0.0)
    yield
    cache.clear()


def sign_in(user: User, password: str = factories.PASSWORD) -> tuple[Client, Any]:
    browser = Client()
    return browser, browser.post(reverse("account_login"), {"login": user.email, "password": password})


def test_people_sign_in_and_their_pages_open(ada: User, job: Job) -> None:
    browser, answer = sign_in(ada)

    assert answer.headers["Location"] == "/review/"
    pages = [reverse("reviewer:home"), reverse("reviewer:jobs"), reverse("reviewer:job", args=[job.pk])]
    assert [browser.get(page).status_code for page in pages] == [200, 200, 200]


def test_a_second_factor_is_still_asked_for_and_its_code_taken_once(ada: User) -> None:
    secret = factories.second_factor(ada)
    (first, _), (second, _) = sign_in(ada), sign_in(ada)
    code = factories.one_time_code(secret)  # good for half a minute at most, and signing in takes its time

    assert first.post(reverse("mfa_authenticate"), {"code": code}).headers["Location"] == "/review/"
    assert second.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200
    assert second.get(reverse("reviewer:home")).status_code == 302


def test_guessing_passwords_is_still_slowed_down(grace: User) -> None:
    pages = [sign_in(grace, f"wrong {number}")[1] for number in range(20)]

    assert any(page.status_code == 429 or "Too many" in page.content.decode() for page in pages)
    assert all(page.status_code < 500 for page in pages)


def test_a_program_works_on_and_is_still_counted(job: Job, grace: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hiring.api.throttles.TokenThrottle.rate", "2/min")
    key = {"authorization": f"Bearer {tokens.create_token(grace, name='test').secret}"}

    answers = [Client().get("/api/v1/jobs/", headers=key).status_code for _ in range(3)]

    assert answers == [200, 200, 429]


def test_a_candidate_is_invited_comes_in_and_is_written_down(application: Application, grace: User) -> None:
    browser, _ = sign_in(grace)
    browser.post(reverse("reviewer:application-invitation", args=[application.pk]))
    interview = Interview.objects.get()
    candidate = Client()

    candidate.post(reverse("candidate:enter", args=[links.secret_of(interview.link)]))

    assert candidate.get(reverse("candidate:home")).status_code == 200
    assert candidate.get(reverse("candidate:interviews:overview", args=[interview.pk])).status_code == 200


def test_a_recording_arrives_and_the_sweep_finds_it_later(take: Take) -> None:
    received(take, b"what Joan said" * 10_000)

    assert take.state == Take.State.RECEIVED
    assert take.next_attempt_at is not None
    assert take.next_attempt_at < timezone.now() + timedelta(minutes=2)


def test_a_server_that_is_away_is_not_asked_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.set("counted", 1)
    begun = time.monotonic()

    assert [cache.get("counted") for _ in range(200)] == [1] * 200
    assert time.monotonic() - begun < 1
    assert SteadyCache._away_until > begun


def test_it_is_asked_again_once_it_is_back(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.set("counted", "in memory")
    running = settings.REDIS_URL

    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": running}}
    assert cache.get("counted") == "in memory"
    monkeypatch.setattr(SteadyCache, "_away_until", time.monotonic())

    assert cache.get("counted") is None
