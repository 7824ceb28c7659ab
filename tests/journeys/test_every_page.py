"""Every page somebody can reach by links: open, read by axe in both schemes, on a phone, without a blocked script."""

from collections.abc import Callable, Iterable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from hiring.accounts.models import User
from hiring.pipeline import links
from hiring.pipeline.models import Application, Job
from hiring.rubrics.models import QuestionSetVersion
from interviews import operations, reviewing
from tests import factories
from tests.journeys import crawl, doors

pytestmark = [pytest.mark.journey, pytest.mark.axe, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def troubles(page: Page) -> list[str]:
    """What the console says while pages are open: blocked by the policy, missing, thrown."""
    heard: list[str] = []
    page.on("console", lambda line: heard.append(f"{page.url}: {line.text}") if line.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(f"{page.url}: {error}"))
    return heard


def walk(page: Page, base: str, starts: Iterable[str], troubles: list[str]) -> set[str]:
    """The routes that were opened; what is wrong with them goes to ``troubles``."""
    routes = set()
    for route in crawl.reachable(page, base, *starts):
        routes.add(route)
        troubles += [f"{route}: {complaint}" for complaint in crawl.complaints(page)]
    return routes


def test_nobody_in_particular(page: Page, live_server: LiveServer, ada: User, job: Job, troubles: list[str]) -> None:
    factories.screening_stage(factories.published_job(job))
    routes = walk(page, live_server.url, ["/"], troubles)

    assert troubles == []
    assert {"front", "job", "apply", "account_login", "account_reset_password"} <= routes


def test_a_candidate_with_an_invitation(page: Page, live_server: LiveServer, joan: Client, troubles: list[str]) -> None:
    doors.lend(joan, page, live_server.url)

    routes = walk(page, live_server.url, ["/c/"], troubles)

    assert troubles == []
    assert {"candidate:home", "candidate:devices", "candidate:interviews:overview"} <= routes


def test_an_admin_with_a_draft(
    page: Page,
    live_server: LiveServer,
    ada: User,
    signed_in: Callable[[User], Client],
    version: QuestionSetVersion,
    draft: QuestionSetVersion,
    troubles: list[str],
) -> None:
    doors.lend(signed_in(ada), page, live_server.url)

    routes = walk(page, live_server.url, [f"/review/question-sets/{draft.question_set_id}/"], troubles)

    assert troubles == []
    assert {f"reviewer:rubrics:{name}" for name in ("sets", "set", "bank", "competencies", "question")} <= routes
    assert {f"reviewer:{name}" for name in ("company", "letters", "letter", "people")} <= routes


def test_a_candidate_who_handed_in(
    page: Page, live_server: LiveServer, application: Application, version: QuestionSetVersion, troubles: list[str]
) -> None:
    interview = factories.submitted(application, version)
    secret = links.enter(interview.link, label="Firefox on Android").secret
    page.context.add_cookies([{"name": settings.CANDIDATE_COOKIE, "value": secret, "url": live_server.url}])

    routes = walk(page, live_server.url, ["/c/", f"/verify/{interview.receipt}/"], troubles)

    assert troubles == []
    assert {"candidate:home", "candidate:interviews:receipt", "verify"} <= routes


def test_a_recruiter_with_a_candidate(
    page: Page,
    live_server: LiveServer,
    application: Application,
    grace: User,
    alan: User,
    signed_in: Callable[[User], Client],
    troubles: list[str],
) -> None:
    reviewing.assign(operations.invite(application, by=grace), alan, by=grace)
    doors.lend(signed_in(grace), page, live_server.url)

    routes = walk(page, live_server.url, ["/review/"], troubles)

    assert troubles == []
    shown = {"home", "jobs", "job", "job-candidates", "job-members", "job-settings", "application", "message"}
    assert {f"reviewer:{name}" for name in shown} <= routes
