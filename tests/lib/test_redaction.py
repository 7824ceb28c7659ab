"""The secret of a candidate's link stays out of the logs, whatever goes wrong with it."""

import io
import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from hiring.lib.redaction import Secrets
from hiring.pipeline import links
from hiring.pipeline.models import CandidateLink
from interviews.models import Interview


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the configured handler writes."""
    streams = [handler for handler in logging.getLogger().handlers if isinstance(handler, logging.StreamHandler)]
    (handler,) = [stream for stream in streams if any(isinstance(filtering, Secrets) for filtering in stream.filters)]
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


def test_no_answer_puts_the_secret_into_a_log(interview: Interview, log: io.StringIO) -> None:
    secret = links.secret_of(interview.link)
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(f"/c/{secret}/").status_code == 403
    assert strict.post(f"/c/{secret}/new-link/").status_code == 403
    assert strict.put(f"/c/{secret}/").status_code == 403
    assert strict.get(f"/c/{secret}/nowhere/").status_code == 404
    CandidateLink.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert strict.get(f"/c/{secret}/").status_code == 404

    assert secret not in log.getvalue()
    assert "Not Found: /c/…/" in log.getvalue()
    assert "/c/…/new-link/" in log.getvalue()


def test_only_djangos_own_handlers_are_gone() -> None:
    assert logging.getLogger("django").handlers == []
    assert logging.getLogger("django").propagate


@pytest.mark.parametrize(
    ("message", "written"),
    [
        ("Not Found: /c/%s/", "Not Found: /c/…/"),
        ("GET http://localhost/c/%s/new-link/?x=1", "GET http://localhost/c/…/new-link/?x=1"),
        ("/c/interviews/ stays", "/c/interviews/ stays"),
        ("100%% of /c/ stays %s", "100% of /c/ stays AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
    ],
)
def test_only_the_secret_is_cut(message: str, written: str) -> None:
    record = logging.makeLogRecord({"msg": message, "args": ("A" * 43,) if "%s" in message else None})

    assert Secrets().filter(record)

    assert record.getMessage() == written
