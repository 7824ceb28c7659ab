"""The world that the tests of all routes, and of all the API's operations, walk through."""

import pytest

from hiring.accounts.models import User
from hiring.pipeline.models import Application
from hiring.rubrics.models import QuestionSetVersion
from tests import factories
from tests.architecture.world import World, build


@pytest.fixture
def people(
    ada: User, grace: User, katherine: User, alan: User, outsider: User, application: Application
) -> dict[str, User]:
    """Everybody on the staff, by where they stand; Dorothy is asked to score."""
    asked = factories.user("Dorothy")
    application.job.members.create(user=asked, role="interviewer")
    return {
        "outsider": outsider,
        "interviewer": alan,
        "assigned": asked,
        "hiring_manager": katherine,
        "recruiter": grace,
        "admin": ada,
    }


@pytest.fixture
def world(people: dict[str, User], version: QuestionSetVersion, application: Application) -> World:
    mine = factories.submitted(application, version)
    factories.assignment(mine, people["assigned"])
    fresh = factories.application(application.job, "Emmy Noether")
    draft = factories.drafted("Draft", ("Why this job?", "Reasons"))
    return build(people, mine, fresh, draft)
