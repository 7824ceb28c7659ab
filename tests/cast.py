"""The people of the tests. Northwind hires a support lead; Joan applies."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from hiring.accounts.models import Company, User
from hiring.pipeline import links
from hiring.pipeline.models import Application, Job
from hiring.rubrics.models import QuestionSetVersion
from interviews.models import Interview
from tests import factories


@pytest.fixture
def company(db: None) -> Company:
    return Company.objects.create(
        name="Northwind",
        reply_to="people@northwind.test",
        privacy_contact="privacy@northwind.test",
        zone="Europe/Paris",
    )


@pytest.fixture
def ada(company: Company) -> User:
    """The admin."""
    return factories.user("Ada", is_admin=True)


@pytest.fixture
def grace(company: Company) -> User:
    """The job's recruiter."""
    return factories.user("Grace")


@pytest.fixture
def katherine(company: Company) -> User:
    """The job's hiring manager."""
    return factories.user("Katherine")


@pytest.fixture
def alan(company: Company) -> User:
    """An interviewer on the job: sees only what is assigned to him."""
    return factories.user("Alan")


@pytest.fixture
def outsider(company: Company) -> User:
    """Staff, but not on the job."""
    return factories.user("Edgar")


@pytest.fixture
def version(ada: User) -> QuestionSetVersion:
    """Two questions; the first scores two competencies, the second one."""
    return factories.published(
        "Support lead",
        ("Tell us about a difficult customer.", "Handles conflict", "Explains clearly"),
        ("Walk us through a process you improved.", "Improves things"),
        by=ada,
    )


@pytest.fixture
def draft(company: Company) -> QuestionSetVersion:
    """The same two questions in a set nobody has published yet."""
    return factories.drafted(
        "Support lead, next year",
        ("Tell us about a difficult customer.", "Handles conflict", "Explains clearly"),
        ("Walk us through a process you improved.", "Improves things"),
    )


@pytest.fixture
def job(version: QuestionSetVersion, grace: User, katherine: User, alan: User) -> Job:
    return factories.job(
        "Support lead", question_set=version.question_set, recruiter=grace, hiring_manager=katherine, interviewer=alan
    )


@pytest.fixture
def application(job: Job) -> Application:
    return factories.application(job, "Joan Clarke")


@pytest.fixture
def interview(application: Application, version: QuestionSetVersion) -> Interview:
    """Joan's, invited, nothing recorded."""
    return factories.interview(application, version)


@pytest.fixture
def joan(interview: Interview) -> Client:
    """Joan's browser, already let in through her link."""
    client = Client()
    client.cookies[settings.CANDIDATE_COOKIE] = links.enter(interview.link, label="Firefox on Android").secret
    return client


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """Call it with a user to get their browser."""
    return _sign_in


def _sign_in(who: User) -> Client:
    client = Client()
    client.force_login(who)
    return client


@pytest.fixture
def admin(ada: User) -> Client:
    """Ada's browser."""
    return _sign_in(ada)


@pytest.fixture
def reader(alan: User) -> Client:
    """The browser of somebody who may read and not change."""
    return _sign_in(alan)
