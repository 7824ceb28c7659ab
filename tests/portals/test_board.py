from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from hiring.accounts.models import User
from hiring.mail.models import Message
from hiring.pipeline import decisions, operations
from hiring.pipeline.models import Application, Decision, Job, JobStage, Obligation, Stay
from hiring.portals import board
from hiring.rubrics.models import QuestionSetVersion
from interviews.models import Interview
from scheduling.models import Offer
from screening.models import KnockoutQuestion
from tests import factories


@pytest.fixture
def review(job: Job) -> JobStage:
    return factories.stage(job, "screening", "Résumé review")


@pytest.fixture
def live(job: Job, review: JobStage) -> JobStage:
    return factories.stage(job, "live", "Meet the team")


def url(job: Job) -> str:
    return reverse("reviewer:job-board", args=[job.pk])


def lines(job: Job) -> dict[str, list[Any]]:
    return {column.stage.name: column.lines for column in board.board(job).columns}


def test_everybody_stands_in_their_stage_the_longest_there_first(job: Job, live: JobStage) -> None:
    young, old = (factories.application(job, name) for name in ("Young", "Old"))
    Stay.objects.filter(application=old).update(entered_at=timezone.now() - timedelta(days=3, hours=1))
    factories.placed(factories.candidate("Near"), live)

    columns = board.board(job).columns

    assert [(column.stage.name, column.count, column.oldest) for column in columns] == [
        ("One-way interview", 2, 3),
        ("Résumé review", 0, None),
        ("Meet the team", 1, 0),
    ]
    assert [line.application for line in columns[0].lines] == [old, young]


def test_a_card_says_what_it_waits_for_in_the_words_of_its_stage(
    job: Job, version: QuestionSetVersion, review: JobStage, live: JobStage
) -> None:
    factories.application(job, "Not yet invited")
    factories.interview(factories.application(job, "Invited"), version)
    factories.submitted(factories.application(job, "In"), version)
    held = factories.placed(factories.candidate("Held"), review)
    held.stays.update(held_at=timezone.now())
    factories.placed(factories.candidate("Unread"), review)
    offered(factories.placed(factories.candidate("Offered"), live))
    factories.placed(factories.candidate("Unasked"), live)

    said = {line.application.candidate.name: line.standing.key for column in lines(job).values() for line in column}

    assert said == {
        "Not yet invited": "to_invite",
        "Invited": "invited",
        "In": "submitted",
        "Held": "held",
        "Unread": "to_read",
        "Offered": "offered",
        "Unasked": "to_offer",
    }


def offered(application: Application) -> Offer:
    interview_link = application.links.create(
        fingerprint=f"f-{application.pk}", expires_at=timezone.now() + timedelta(days=9)
    )
    return Offer.objects.create(
        application=application,
        stage=application.stage,
        link=interview_link,
        note="Come and meet us.",
        expires_at=timezone.now() + timedelta(days=7),
    )


def test_a_card_is_flagged_for_what_somebody_should_notice(
    application: Application, interview: Interview, grace: User
) -> None:
    assert lines(application.job)["One-way interview"][0].flags == []

    Obligation.objects.create(
        application=application, kind=Obligation.Kind.DECISION, due_at=timezone.now() - timedelta(hours=1)
    )
    decisions.decide(application, Decision.Outcome.REJECTED, by=grace, reason=factories.reason())
    question = KnockoutQuestion.objects.create(stage=application.stage, text="May you work here?", flags_when=["no"])
    question.answers.create(application=application, asked=question.text, value="no", is_flagged=True)
    Message.objects.create(
        kind="invitation",
        dedupe_key="lost",
        about=application.pk,
        to_email=application.candidate.email,
        subject="Your interview",
        text="Come in",
        state=Message.State.BOUNCED,
    )

    line = lines(application.job)["One-way interview"][0]
    assert [flag.key for flag in line.flags] == ["is_late", "is_cut_off", "is_pending", "is_flagged"]
    assert line.standing.key == "bounced"


def test_a_column_shows_the_first_and_leads_to_the_rest(
    job: Job, grace: User, signed_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(board, "SHOWN", 2)
    for number in range(5):
        factories.application(job, f"Person {number}")

    page = signed_in(grace).get(url(job)).content.decode()

    assert page.count('name="application"') == 2
    assert f'href="{reverse("reviewer:job", args=[job.pk])}?stage={job.stages.get().pk}&amp;sort=waiting"' in page
    assert "and 3 more" in page


def test_those_closed_are_counted_and_stand_nowhere(application: Application, job: Job) -> None:
    operations.withdraw(application, by=application.candidate)

    shown = board.board(job)

    assert [(standing.key, number) for standing, number in shown.ended] == [("withdrawn", 1)]
    assert shown.columns[0].lines == []
    assert shown.total == 1


def test_an_interviewer_has_no_board(job: Job, alan: User, signed_in: Callable[[User], Client]) -> None:
    assert signed_in(alan).get(url(job)).status_code == 404


def test_the_board_asks_the_database_as_often_for_fifty_as_for_one(
    job: Job,
    live: JobStage,
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
        factories.placed(factories.candidate(f"Live {number}"), live)

    with django_assert_num_queries(len(one)):
        browser.get(url(job))
