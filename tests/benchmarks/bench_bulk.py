"""Five hundred invitations in one action: read, queued, each sent once."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from hiring.accounts.models import User
from hiring.mail import delivery
from hiring.mail.models import Message
from hiring.pipeline.models import Batch, Job
from tests import factories
from tests.benchmarks.conftest import Report
from tests.mail import sink as smtp

PEOPLE = 500
SECONDS = 10


@contextmanager
def counting() -> Iterator[Counter[str]]:
    """What the database is asked, but for BEGIN and COMMIT: counted, not kept, so that it costs no time."""
    asked: Counter[str] = Counter()

    def count(execute: Callable[..., Any], sql: str, *arguments: object) -> Any:
        asked[sql.split(" ", 1)[0]] += 1
        return execute(sql, *arguments)

    with connection.execute_wrapper(count):
        yield asked


@pytest.mark.timeout(900)
@pytest.mark.django_db(transaction=True)
def test_five_hundred_invitations_in_one_action(
    job: Job, ada: User, signed_in: Callable[[User], Client], settings: Settings, report: Report
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    people = [factories.application(job, f"Person {number:03}") for number in range(PEOPLE)]
    browser, where = signed_in(ada), reverse("reviewer:job-selection", args=[job.pk])
    with smtp.listening() as sink:
        settings.EMAIL_URL, settings.EMAIL_HOST, settings.EMAIL_PORT = "smtp://sink", "127.0.0.1", sink.port
        begun = perf_counter()
        with counting() as to_read:
            page = browser.post(where, {"action": "invite", "application": [str(one.pk) for one in people]})
        read = perf_counter() - begun
        attempt, form = page.context["attempt"], page.context["form"]
        sent = {"action": "invite", "batch": str(attempt.batch), "chosen": attempt.selection.tokens, "send": ""}
        begun = perf_counter()
        with counting() as to_queue:
            browser.post(where, {**sent, "going": attempt.going_tokens, "read": form["read"].value()})
        queued = perf_counter() - begun
        waiting = Message.objects.filter(kind="invitation", state=Message.State.QUEUED).count()
        delivery.deliver_due(seconds=600)
    told = Counter(address for recipients in sink.recipients for address in recipients)

    queries = f"{to_read.total() / PEOPLE:.1f} queries a person to read, {to_queue.total() / PEOPLE:.1f} to queue"
    print(f"{queries}; page of {len(page.content) / 1e6:.1f} MB")  # noqa: T201
    report("500 messages read before they go", read, "s", must=f"< {SECONDS} s", met=read < SECONDS)
    report("500 invitations in one action, queued", queued, "s", must=f"< {SECONDS} s", met=queued < SECONDS)
    once = waiting == PEOPLE and len(told) == PEOPLE and set(told.values()) == {1}
    report("… each sent once", len(told), "", must="500", met=once, figure=f"{len(told)}")
    assert Batch.objects.get().lines.filter(refusal="").count() == PEOPLE
