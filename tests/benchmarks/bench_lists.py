"""Queries of every list page with one row and with fifty."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hiring.accounts.models import User
from hiring.api.operations import create_token
from hiring.pipeline.models import Job
from hiring.rubrics.models import QuestionSetVersion
from interviews import reviewing
from tests import factories
from tests.benchmarks.conftest import Report

ROWS = 50
LISTS = {
    "home": "Today",
    "jobs": "jobs",
    "job": "candidates of a job",
    "people": "people",
    "tokens": "API tokens",
    "interviews:mine": "my reviews",
    "rubrics:sets": "question sets",
    "rubrics:bank": "question bank",
    "rubrics:competencies": "competencies",
}


def one_more(number: int, job: Job, version: QuestionSetVersion, admin: User) -> None:
    """Another row in every list: a candidate handed in and to be scored, a job, a colleague, a set, a question."""
    interview = factories.submitted(factories.application(job, f"Person {number}"), version)
    reviewing.assign(interview, admin, by=admin)
    factories.job(f"Job {number}", question_set=version.question_set, recruiter=admin)
    create_token(factories.user(f"Colleague{number}"), name=f"Program {number}")
    factories.published(f"Set {number}", ("Why?", f"Competency {number}"), by=admin)
    factories.question(None, f"Question {number}?", f"Competency {number}")


@pytest.mark.django_db
def test_queries_do_not_grow_with_rows(
    job: Job, version: QuestionSetVersion, ada: User, signed_in: Callable[[User], Client], report: Report
) -> None:
    browser = signed_in(ada)

    def queries(name: str) -> int:
        url = reverse(f"reviewer:{name}", args=[job.pk] if name == "job" else [])
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(url).status_code == 200
        return len(asked)

    one_more(1, job, version, ada)
    for name in LISTS:
        queries(name)  # what is asked once and kept
    with_one = {name: queries(name) for name in LISTS}
    for number in range(2, ROWS + 1):
        one_more(number, job, version, ada)
    with_fifty = {name: queries(name) for name in LISTS}

    for name, words in LISTS.items():
        one, fifty = with_one[name], with_fifty[name]
        report(f"queries: {words}", fifty, "", must="equal", met=one == fifty, figure=f"{one} → {fifty}")
