from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from hiring.accounts.models import User
from hiring.mail.models import Message
from hiring.pipeline import decisions, links, operations
from hiring.pipeline.models import Application, Decision, Job, Obligation
from hiring.portals import today
from hiring.rubrics.models import QuestionSetVersion
from interviews import operations as interviewing
from interviews import reviewing
from interviews import waiting as extending
from scheduling.models import Offer
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

    extending.renew_link(application.interviews.get(), by=grace)

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


def waiting(user: User) -> dict[str, list[str]]:
    return {section.key: [item.text for item in section.items] for section in today.waiting_for(user).sections}


def test_resumes_wait_by_stage_without_those_held_or_decided(job: Job, grace: User, alan: User) -> None:
    review = factories.stage(job, "screening", "Résumé review")
    unread, held, decided = (factories.placed(factories.candidate(name), review) for name in ("A", "B", "C"))
    held.stays.update(held_at=timezone.now())
    decisions.decide(decided, Decision.Outcome.REJECTED, by=grace, reason=factories.reason())

    assert waiting(grace) == {"to-read": ["1 application"], "untold": ["C"]}
    assert waiting(alan) == {}
    operations.withdraw(unread, by=unread.candidate)
    assert "to-read" not in waiting(grace)


def test_whom_enough_people_scored_waits_for_who_decides(
    application: Application, version: QuestionSetVersion, grace: User, katherine: User, ada: User
) -> None:
    interview = factories.submitted(application, version)
    factories.card(interview, katherine)
    assert "ready" not in waiting(grace)

    factories.card(interview, ada)

    assert waiting(grace)["ready"] == waiting(katherine)["ready"] == ["1 candidate"]


def test_whoever_chose_no_time_for_two_days_waits_for_the_recruiter(job: Job, grace: User, katherine: User) -> None:
    someone = factories.placed(factories.candidate("Joan"), factories.stage(job, "live", "Meet the team"))
    made = Offer.objects.create(
        application=someone,
        stage=someone.stage,
        link=links.issue(someone, expires_at=timezone.now() + timedelta(days=9)),
        note="Come and meet us.",
        created_at=timezone.now() - timedelta(days=1),
        expires_at=timezone.now() + timedelta(days=7),
    )
    assert waiting(grace) == {}

    Offer.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(days=3))

    assert waiting(grace) == {"unbooked": ["Joan"]}
    assert waiting(katherine) == {}


def test_without_a_mail_server_messages_are_to_be_passed_on(
    application: Application, version: QuestionSetVersion, grace: User, settings: Settings
) -> None:
    interviewing.invite(application, by=grace)
    Message.objects.update(state=Message.State.ON_SCREEN)
    assert waiting(grace) == {"pass-on": ["Joan Clarke"]}

    settings.EMAIL_URL = "smtp://localhost"

    assert waiting(grace) == {}
