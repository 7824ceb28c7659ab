"""Somebody looked for across jobs: found where the reader oversees them, and nowhere else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from hiring.accounts.models import User
from hiring.lib import pages
from hiring.pipeline.models import Application, Candidate, Job
from hiring.rubrics.models import QuestionSetVersion
from tests import factories


@pytest.fixture
def other(version: QuestionSetVersion, ada: User) -> Job:
    """A job Grace does not work on."""
    return factories.job("Night nurse", question_set=version.question_set, recruiter=ada)


@pytest.fixture
def browser(grace: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(grace)


def find(browser: Client, **asked: str) -> Any:
    return browser.get(reverse("reviewer:candidates"), asked)


def names(page: Any) -> list[str]:
    return [row.candidate.name for row in page.context["found"].rows]


@pytest.mark.parametrize("q", ["clar", "JOAN", "joan.clarke@", "  Clarke "])
def test_a_part_of_the_name_or_address_is_enough(application: Application, browser: Client, q: str) -> None:
    assert names(find(browser, q=q)) == ["Joan Clarke"]


def test_in_every_job_one_looks_after_and_in_no_other(
    application: Application, job: Job, other: Job, grace: User, ada: User, signed_in: Callable[[User], Client]
) -> None:
    factories.application(other, "Joan Clarke")

    mine, all_of_them = find(signed_in(grace), q="joan"), find(signed_in(ada), q="joan")

    assert [row.job for row in mine.context["found"].rows] == [job]
    assert {row.job for row in all_of_them.context["found"].rows} == {job, other}
    assert "Night nurse" not in mine.content.decode()


def test_whoever_oversees_nobody_finds_nobody(
    application: Application, alan: User, signed_in: Callable[[User], Client]
) -> None:
    page = find(signed_in(alan), q="joan")

    assert names(page) == []
    assert "Nobody found" in page.content.decode()
    assert 'id="find"' not in signed_in(alan).get(reverse("reviewer:jobs")).content.decode()


def test_the_second_address_of_somebody_finds_them(application: Application, browser: Client) -> None:
    Candidate.objects.create(name="J. C.", email="murray@example.test", merged_into=application.candidate)

    assert names(find(browser, q="murray")) == ["Joan Clarke"]


def test_how_it_ended_is_said(application: Application, browser: Client) -> None:
    Application.objects.update(outcome="withdrawn", closed_at=application.created_at)

    assert "Withdrawn" in find(browser, q="joan").content.decode()


@pytest.mark.parametrize(
    ("q", "sentence"),
    [
        ("", "Write a part of the name or of the address."),
        ("j", "Write at least two letters"),
        ("x" * 101, "Ensure this value has at most 100 characters"),
        ("a\0b", "Null characters are not allowed."),
    ],
)
def test_what_cannot_be_looked_for_is_said(application: Application, browser: Client, q: str, sentence: str) -> None:
    page = find(browser, q=q)

    assert (page.status_code, page.context["found"]) == (200, None)
    assert sentence in page.content.decode()


def test_what_is_typed_is_no_pattern_and_no_markup(application: Application, browser: Client) -> None:
    assert names(find(browser, q="%_")) == []
    assert "&lt;b&gt;" in find(browser, q="<b>").content.decode()


def test_before_anybody_is_looked_for_nobody_is_shown(application: Application, browser: Client) -> None:
    page = find(browser).content.decode()

    assert "Joan Clarke" not in page
    assert "Write a part" not in page


def test_pages_meet_without_gap_or_overlap(job: Job, browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(pages.SIZE + 3):
        factories.application(job, f"Person {number:02}")

    first = find(browser, q="person")
    rest = browser.get(reverse("reviewer:candidates") + first.context["older_url"])

    assert (len(names(first)), len(names(rest))) == (pages.SIZE, 3)
    assert len({*names(first), *names(rest)}) == pages.SIZE + 3
    assert names(find(browser, q="person", cursor="nonsense")) == names(first)


def test_as_many_questions_for_fifty_as_for_one(
    job: Job, browser: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    factories.application(job, "Person 0")
    find(browser, q="person")
    with CaptureQueriesContext(connection) as one:
        find(browser, q="person")
    for number in range(1, 50):
        factories.application(job, f"Person {number}")

    with django_assert_num_queries(len(one)):
        find(browser, q="person")


def test_the_jobs_lead_there(application: Application, browser: Client) -> None:
    assert reverse("reviewer:candidates") in browser.get(reverse("reviewer:jobs")).content.decode()
