"""What is done to many: how much it asks of the database, and what becomes of it while others do the same."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from hiring.accounts.models import User
from hiring.mail.models import Message
from hiring.pipeline.models import Application, Batch, Job
from hiring.portals import bulk, plans
from interviews.models import Interview
from tests import factories

INVITE = Batch.Action.INVITE


@pytest.fixture
def three(job: Job) -> list[Application]:
    return [factories.application(job, name) for name in ("Ana Prado", "Bo Lind", "Cem Ak")]


def invited(job: Job, people: Iterable[Application], *, by: User, batch: UUID | None = None) -> Batch:
    rows = bulk.select(bulk.acted_on(job, by, INVITE), [str(one.pk) for one in people]).rows
    return bulk.carry_out(plans.Invitation(), rows, batch=batch or uuid4(), job=job, action=INVITE, by=by)


def test_one_more_costs_few_queries(
    job: Job, three: list[Application], grace: User, django_assert_max_num_queries: Any
) -> None:
    def asked(people: list[Application]) -> tuple[int, int]:
        rows = bulk.select(bulk.acted_on(job, grace, INVITE), [str(one.pk) for one in people]).rows
        with django_assert_max_num_queries(100) as read:
            bulk.rehearse(plans.Invitation(), rows, by=grace)
        with django_assert_max_num_queries(100) as done:
            invited(job, people, by=grace)
        return len(read), len(done)

    one, two = asked(three[:1]), asked(three[1:])

    assert two[0] - one[0] <= 14  # to read what one more would get, and to take it back
    assert two[1] - one[1] <= 17  # to invite one more


@pytest.mark.django_db(transaction=True)
def test_two_who_invite_the_same_people_invite_each_once(
    job: Job, three: list[Application], grace: User, ada: User
) -> None:
    def invite(by: User) -> int:
        try:
            return invited(job, three, by=by).lines.filter(refusal="").count()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        done = list(both.map(invite, [grace, ada]))

    assert sum(done) == 3
    assert (Interview.objects.count(), Message.objects.filter(kind="invitation").count()) == (3, 3)


def test_what_an_interruption_leaves_says_so(
    job: Job, three: list[Application], grace: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = uuid4()

    def interrupted(*_args: object, **_options: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as during:
        during.setattr(bulk, "_do", interrupted)
        with pytest.raises(KeyboardInterrupt):
            invited(job, three, by=grace, batch=batch)
    left = bulk.result(invited(job, three, by=grace, batch=batch))

    assert (left.done, len(left.refused), Interview.objects.count()) == ([], 3, 0)
    assert {line.refusal for line in left.refused} == {"We were interrupted before this one. Choose them again."}


def test_more_than_can_be_read_is_refused(job: Job, grace: User) -> None:
    ticked = [str(uuid4()) for _ in range(bulk.MOST + 1)]

    with pytest.raises(bulk.TooMany, match="You chose 501 people; do it for at most 500 at a time"):
        bulk.select(bulk.acted_on(job, grace, INVITE), ticked)
