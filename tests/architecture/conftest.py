"""The world that the tests of all routes walk through."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from hiring.accounts.models import User
    from hiring.pipeline.models import Application
    from hiring.rubrics.models import QuestionSetVersion
    from tests.architecture.world import World


@pytest.fixture
def world(
    ada: "User",
    grace: "User",
    katherine: "User",
    alan: "User",
    outsider: "User",
    version: "QuestionSetVersion",
    application: "Application",
) -> "World":
    from tests import factories  # noqa: PLC0415 (after pytest has set Django up)
    from tests.architecture.world import build  # noqa: PLC0415 (the same)

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
