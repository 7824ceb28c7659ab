"""A promise that will not be kept: the team hears of it first, then the candidate, before the day is over."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hiring.accounts.models import User
from hiring.mail.models import Message
from hiring.pipeline import lapsing, operations, promises
from hiring.pipeline.models import Application, Obligation


@pytest.fixture
def owed(application: Application) -> Obligation:
    return promises.promise_decision(application, since=timezone.now())


def test_the_team_is_warned_once_a_day_before(owed: Obligation, grace: User) -> None:
    early, late = owed.due_at - timedelta(hours=25), owed.due_at - timedelta(hours=23)

    assert lapsing.warn_due(early) == 0
    assert lapsing.warn_due(late) == 1
    assert lapsing.warn_due(late) == 0

    message = Message.objects.get()
    assert (message.kind, message.to_email) == ("promise_due", grace.email)
    assert f"/review/applications/{owed.application_id}/" in message.text


def test_the_candidate_is_told_before_the_day_is_over_with_a_new_one(owed: Obligation) -> None:
    lapsing.warn_due(owed.due_at - timedelta(hours=23))

    assert lapsing.renew_due(owed.due_at - timedelta(hours=5)) == 0
    assert lapsing.renew_due(owed.due_at - timedelta(hours=4)) == 1
    assert lapsing.renew_due(owed.due_at - timedelta(hours=4)) == 0

    renewed = Obligation.objects.owed().get()
    assert renewed.due_at > owed.due_at
    message = Message.objects.get(kind="still_on_it")
    assert message.to_email == owed.application.candidate.email


def test_a_promise_that_was_kept_warns_nobody(owed: Obligation) -> None:
    promises.keep(owed.application)

    assert lapsing.warn_due(owed.due_at) == 0


def test_nor_does_one_to_somebody_who_withdrew(owed: Obligation) -> None:
    operations.withdraw(owed.application, by=owed.application.candidate)

    assert lapsing.warn_due(owed.due_at) == 0
