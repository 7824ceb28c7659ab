from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from hiring.accounts.models import User
from hiring.pipeline import decisions, events, operations
from hiring.pipeline.models import Application, Decision, Job, Stay
from hiring.portals import figures
from hiring.rubrics.models import QuestionSetVersion
from interviews import operations as interviewing
from tests import factories


def url(job: Job) -> str:
    return reverse("reviewer:job-figures", args=[job.pk])


def counted(job: Job) -> dict[str, int]:
    return {str(step.name): step.count for step in figures.steps(job)}


def test_each_step_counts_who_came_so_far(
    job: Job, version: QuestionSetVersion, grace: User, katherine: User, ada: User
) -> None:
    factories.stage(job, "screening", "Second look")
    people = [factories.application(job, f"Person {number}") for number in range(5)]
    for application in people[:4]:
        interviewing.invite(application, by=grace)
    for application in people[:3]:
        events.record(application, "link_entered", by=application.candidate)
    for application in people[:2]:
        events.record(application, "interview_started", by=application.candidate)
    events.record(people[0], "interview_submitted", by=people[0].candidate)
    events.record(people[0], "scorecard_submitted", by=katherine)
    operations.skip(people[0], by=grace, reason="Known to us")
    decisions.release(decisions.decide(people[0], Decision.Outcome.HIRED, by=grace))

    assert counted(job) == {
        "Applied": 5,
        "Read": 1,
        "Invited": 4,
        "Opened it": 3,
        "Began": 2,
        "Handed in": 1,
        "Reviewed": 1,
        "Promoted": 1,
        "Hired": 1,
    }


def test_a_step_the_job_does_not_have_is_not_told(job: Job) -> None:
    assert not {"Read", "Booked", "Met"} & counted(job).keys()

    factories.stage(job, "live")

    assert {"Booked", "Met"} <= counted(job).keys()


def test_whoever_withdrew_unread_was_not_read(job: Job) -> None:
    review = factories.stage(job, "screening")
    someone = factories.placed(factories.candidate("Joan"), review)

    operations.withdraw(someone, by=someone.candidate)

    assert counted(job)["Read"] == 0


@pytest.mark.parametrize(
    ("count", "before", "said"),
    [
        (9, 12, "75% of the step before"),
        (3, 9, "3 of 9: too few for a share"),
        (13, 12, "some came here another way"),
        (5, None, ""),
    ],
)
def test_a_share_is_told_only_where_it_says_something(count: int, before: int | None, said: str) -> None:
    assert figures.Step("x", "y", count, 20, before).share == said


def test_the_median_and_nine_of_ten_are_those_of_the_stays_that_ended(job: Job) -> None:
    now = timezone.now()
    for days in range(1, 12):
        application = factories.application(job, f"Person {days}")
        Stay.objects.filter(application=application).update(entered_at=now - timedelta(days=days), left_at=now)
        Application.objects.filter(pk=application.pk).update(outcome="withdrawn", closed_at=now)
    waits = factories.application(job, "Waits")
    Stay.objects.filter(application=waits).update(entered_at=now - timedelta(days=30))

    pace = figures.paces(job, now)[0]

    assert (pace.left, pace.median, pace.nine_of_ten) == (11, timedelta(days=6), timedelta(days=10))
    assert (pace.standing, pace.median_so_far) == (1, timedelta(days=30))
    assert (pace.median_at, pace.nine_of_ten_at, pace.is_few) == ("60.0", "100.0", False)


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (None, "–"),
        (timedelta(minutes=9), "under an hour"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(days=2), "2 days"),
        (timedelta(days=30, hours=13), "31 days"),
    ],
)
def test_a_length_is_said_in_hours_then_in_days(span: timedelta | None, said: str) -> None:
    assert figures.length(span) == said


def test_the_page_names_small_numbers_and_has_an_empty_state(
    job: Job, grace: User, signed_in: Callable[[User], Client]
) -> None:
    browser = signed_in(grace)
    assert "Nothing to count yet" in browser.get(url(job)).content.decode()

    factories.application(job, "Joan Clarke")
    page = browser.get(url(job)).content.decode()

    assert "Few candidates so far" in page
    assert 'aria-hidden="true"><rect' in page
    assert "Joan" not in page


def test_the_figures_ask_the_database_as_often_for_fifty_as_for_one(
    job: Job,
    version: QuestionSetVersion,
    grace: User,
    signed_in: Callable[[User], Client],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = signed_in(grace)
    factories.submitted(factories.application(job, "Person 0"), version)
    browser.get(url(job))
    with CaptureQueriesContext(connection) as one:
        browser.get(url(job))
    for number in range(1, 50):
        factories.submitted(factories.application(job, f"Person {number}"), version)

    with django_assert_num_queries(len(one)):
        browser.get(url(job))
