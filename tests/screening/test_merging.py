"""Comparing two candidates and making them one."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from hiring.accounts.models import User
from hiring.pipeline.models import Application, JobStage
from tests import factories


@pytest.fixture
def recruiter(grace: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(grace)


@pytest.fixture
def again(lovelace: Application, review: JobStage) -> Application:
    """Ada Lovelace, who applied under another address a while ago."""
    lovelace.candidate.applications.update(outcome="withdrawn", closed_at=lovelace.created_at)
    return factories.placed(factories.candidate("Ada  LOVELACE", phone=lovelace.candidate.phone), review)


def compare(one: Application, other: Application) -> str:
    return reverse("reviewer:screening:merge", args=[one.candidate_id, other.candidate_id])


def test_the_queue_says_who_may_be_here_already(
    recruiter: Client, review: JobStage, lovelace: Application, again: Application
) -> None:
    page = recruiter.get(reverse("reviewer:screening:queue", args=[review.pk])).content.decode()

    assert "Perhaps here already" in page
    assert "the same phone number, the same name" in page
    assert compare(again, lovelace) in page


def test_whoever_may_not_manage_sees_it_without_the_way_there(
    katherine: User, signed_in: Callable[[User], Client], review: JobStage, lovelace: Application, again: Application
) -> None:
    page = signed_in(katherine).get(reverse("reviewer:screening:queue", args=[review.pk])).content.decode()

    assert "Perhaps here already" in page
    assert compare(again, lovelace) not in page


def test_both_are_shown_and_one_is_kept(recruiter: Client, lovelace: Application, again: Application) -> None:
    page = recruiter.get(compare(again, lovelace)).content.decode()
    assert "They share: the same phone number, the same name." in page

    answer = recruiter.post(compare(again, lovelace), {"keep": str(lovelace.candidate_id)})

    again.refresh_from_db()
    assert again.candidate_id == lovelace.candidate_id
    assert answer.headers["Location"] == reverse("reviewer:application", args=[again.pk])


def test_neither_chosen_is_asked_again(recruiter: Client, lovelace: Application, again: Application) -> None:
    answer = recruiter.post(compare(again, lovelace), {"keep": "nobody"})

    assert "Select a valid choice" in answer.content.decode()


def test_an_application_elsewhere_needs_an_admin(
    recruiter: Client, lovelace: Application, again: Application, version: object, job: object
) -> None:
    stage = again.job.stages.get(kind="interview")
    foreign = factories.job("Elsewhere", question_set=stage.interview_settings.question_set)
    factories.placed(again.candidate, foreign.stages.get())

    answer = recruiter.post(compare(again, lovelace), {"keep": str(lovelace.candidate_id)}, follow=True)

    again.refresh_from_db()
    assert again.candidate_id != lovelace.candidate_id
    assert "Ask an admin to merge them." in answer.content.decode()
