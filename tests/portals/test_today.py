from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from hiring.accounts.models import User
from hiring.mail.models import Message
from hiring.pipeline.models import Application, Obligation
from hiring.portals import today
from hiring.rubrics.models import QuestionSetVersion
from interviews import operations as interviewing
from interviews import reviewing, waiting
from tests import factories


def test_a_card_waits_for_whoever_is_asked_and_nobody_else(
    application: Application, version: QuestionSetVersion, ada: User, alan: User, katherine: User
) -> None:
    interview = factories.submitted(application, version)
    reviewing.assign(interview, alan, by=ada)

    assert today.waiting_for(alan).cards == [interview]
    assert today.waiting_for(katherine).cards == []


def test_a_card_handed_in_no_longer_waits(
    application: Application, version: QuestionSetVersion, ada: User, alan: User
) -> None:
    interview = factories.submitted(application, version)
    reviewing.assign(interview, alan, by=ada)
    interview.assessment.scorecards.create(reviewer=alan, submitted_at=timezone.now())

    assert not today.waiting_for(alan)


def test_an_interview_nobody_is_asked_to_score_waits_for_who_assigns(
    application: Application, version: QuestionSetVersion, grace: User, katherine: User, alan: User
) -> None:
    interview = factories.submitted(application, version)

    assert today.waiting_for(grace).unassigned == [interview]
    assert today.waiting_for(katherine).unassigned == [interview]
    assert today.waiting_for(alan).unassigned == []


def test_a_bounced_invitation_waits_for_the_recruiter_until_one_arrives(
    application: Application, grace: User, katherine: User
) -> None:
    interviewing.invite(application, by=grace)
    Message.objects.update(state=Message.State.BOUNCED)
    assert today.waiting_for(grace).bounced == [application]
    assert today.waiting_for(katherine).bounced == []

    waiting.renew_link(application.interviews.get(), by=grace)

    assert today.waiting_for(grace).bounced == []


@pytest.mark.parametrize(("days", "told"), [(-1, True), (1, True), (5, False)])
def test_a_promise_soon_or_late_is_told(application: Application, grace: User, days: int, told: bool) -> None:
    promise = Obligation.objects.create(
        application=application, kind=Obligation.Kind.DECISION, due_at=timezone.now() + timedelta(days=days)
    )

    assert today.waiting_for(grace).promises == ([promise] if told else [])


def test_an_outsider_has_nothing(
    application: Application, version: QuestionSetVersion, outsider: User, signed_in: Callable[[User], Client]
) -> None:
    factories.submitted(application, version)

    page = signed_in(outsider).get(reverse("reviewer:home")).content.decode()

    assert not today.waiting_for(outsider)
    assert "All done" in page
    assert "Joan" not in page


def test_the_checklist_shrinks_and_goes(ada: User, settings: Settings) -> None:
    done = [errand.is_done for errand in today.checklist()]
    assert done == [False] * 5

    version = factories.published("Set", ("Why?", "Reasons"), by=ada)
    job = factories.job("Job", question_set=version.question_set, recruiter=factories.user("Grace"))
    factories.interview(factories.application(job, "Joan"), version)
    settings.EMAIL_URL = "smtp://localhost"

    assert all(errand.is_done for errand in today.checklist())


def test_only_admins_see_the_checklist(ada: User, grace: User, signed_in: Callable[[User], Client]) -> None:
    assert "Getting ready" in signed_in(ada).get("/review/").content.decode()
    assert "Getting ready" not in signed_in(grace).get("/review/").content.decode()
