"""The world that the tests of all routes walk through."""

import pytest

from hiring.accounts.models import User
from hiring.pipeline.models import Application
from hiring.rubrics.models import QuestionSetVersion
from tests import factories
from tests.architecture.world import World, build


@pytest.fixture
def world(
    ada: User,
    grace: User,
    katherine: User,
    alan: User,
    outsider: User,
    version: QuestionSetVersion,
    application: Application,
) -> World:
    asked = factories.user("Dorothy")
    application.job.members.create(user=asked, role="interviewer")
    mine = factories.submitted(application, version)
    factories.assignment(mine, asked)
    people = {
        "outsider": outsider,
        "interviewer": alan,
        "assigned": asked,
        "hiring_manager": katherine,
        "recruiter": grace,
        "admin": ada,
    }
    fresh = factories.application(application.job, "Emmy Noether")
    draft = factories.drafted("Draft", ("Why this job?", "Reasons"))
    return build(people, mine, fresh, draft)
