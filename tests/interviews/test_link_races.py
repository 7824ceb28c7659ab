"""Somebody replaces the link while another verb waits for the same interview, in real transactions."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from hiring.accounts.models import User
from hiring.pipeline.models import Application
from hiring.rubrics.models import QuestionSetVersion
from interviews import operations, waiting
from interviews.models import Interview
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def during(change: Callable[[], object], verb: Callable[[], object]) -> object:
    """What ``verb`` returns when it asks for the row ``change`` has and has not committed yet."""

    def ask() -> object:
        try:
            return verb()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            change()
            answer: Future[object] = other.submit(ask)
            deadline = time.monotonic() + 20
            while not somebody_waits() and not answer.done() and time.monotonic() < deadline:
                time.sleep(0.01)
            assert not answer.done()
        return answer.result(timeout=20)


@pytest.fixture
def invited(application: Application, version: QuestionSetVersion, grace: User) -> Interview:
    return operations.invite(application, by=grace)


@pytest.mark.parametrize("verb", ["renew", "remind", "extend", "submit"])
def test_a_verb_that_waited_for_a_new_link_finds_it(invited: Interview, grace: User, verb: str) -> None:
    for answer in invited.answers.all():
        factories.playable(answer)
    verbs: dict[str, Callable[[], object]] = {
        "renew": lambda: waiting.renew_link(Interview.objects.get(), by=grace),
        "remind": lambda: waiting.remind(invited, by=grace),
        "extend": lambda: waiting.extend(invited, until=timezone.now().date() + timedelta(days=30), by=grace),
        "submit": lambda: operations.submit(invited, by=invited.application.candidate),
    }
    old = invited.link_id

    assert during(lambda: waiting.renew_link(Interview.objects.get(), by=grace), verbs[verb])

    assert Interview.objects.get().link_id != old


def test_a_zone_learnt_meanwhile_moves_the_deadline(invited: Interview, grace: User) -> None:
    application = Application.objects.select_related("candidate").get()

    during(
        lambda: waiting.renew_link(Interview.objects.get(), by=grace),
        lambda: waiting.learn_zone(application, "America/Los_Angeles"),
    )

    assert Interview.objects.get().deadline_at > invited.deadline_at
