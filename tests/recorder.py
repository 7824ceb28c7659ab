"""A recorder without a browser: cuts, asks, puts and completes as the page's does, over HTTP."""

import hashlib
import json
from typing import Any
from uuid import UUID

import httpx
import pytest
from django.test import Client

from hiring.celery import app
from hiring.lib import tokens
from interviews import notice, recording
from interviews.models import Answer, Consent, Interview, Take
from tests import factories
from tests.clips import pieces


def described(index: int, data: bytes) -> dict[str, Any]:
    return {"index": index, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}


class Recorder:
    """One recorder run of a take, holding what it recorded as numbered pieces."""

    def __init__(self, take: Take, data: bytes = b"", *, piece_size: int = 60_000) -> None:
        self.take: UUID = take.pk
        self.epoch = take.epoch
        self.token = recording.pass_for(take).sign()
        self.pieces = pieces(data, piece_size)
        self.client = Client()

    def call(self, method: str, path: str, body: Any = None, *, token: str | None = None) -> Any:
        address = f"/api/v1/takes/{self.take}/{path}/"
        authorization = f"Take {token or self.token}"
        sent = "" if body is None else json.dumps(body)
        return self.client.generic(
            method, address, sent, content_type="application/json", headers={"authorization": authorization}
        )

    def ask(self, *indexes: int, **changes: Any) -> Any:
        """Where to put the pieces with these indexes."""
        wanted = [described(index, self.pieces[index]) for index in indexes]
        return self.call("POST", "chunks", {"epoch": self.epoch, "track": "v", "pieces": wanted, **changes})

    def put(self, *indexes: int) -> list[int]:
        """Ask and put; the store's status for each piece."""
        statuses = []
        for start in range(0, len(indexes), 20):
            batch = indexes[start : start + 20]
            for upload in self.ask(*batch).json()["uploads"]:
                data = self.pieces[upload["index"]]
                statuses.append(httpx.put(upload["url"], content=data, headers=upload["headers"]).status_code)
        return statuses

    def put_all(self) -> None:
        assert set(self.put(*range(len(self.pieces)))) == {200}

    def manifest(self, *, seconds: float = 6.0, **changes: Any) -> dict[str, Any]:
        content = [described(index, data) for index, data in enumerate(self.pieces)]
        listed = [{"size": piece["size"], "sha256": piece["sha256"]} for piece in content]
        mime = "video/mp4;codecs=avc1.64001f,opus"
        return {
            "epoch": self.epoch,
            "mime": mime,
            "seconds": seconds,
            "interrupted": False,
            "pieces": listed,
            **changes,
        }

    def complete(self, **changes: Any) -> Any:
        return self.call("POST", "completion", self.manifest(**changes))


def received(take: Take, data: bytes, **changes: Any) -> Take:
    """Put and complete ``data`` as this take."""
    recorder = Recorder(take, data)
    recorder.put_all()
    answer = recorder.complete(**changes)
    assert answer.status_code == 200, answer.content
    take.refresh_from_db()
    return take


@pytest.fixture
def answer(interview: Interview) -> Answer:
    """Joan's first answer: she agreed, and recorded nothing yet."""
    Consent.objects.create(
        interview=interview,
        notice_version=notice.VERSION,
        text_sha256=tokens.fingerprint("the notice"),
        retention_days=180,
        locale="en",
    )
    return interview.answers.all()[0]


@pytest.fixture
def take(answer: Answer) -> Take:
    return factories.take(answer)


@pytest.fixture
def broken_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The queue's address leads nowhere."""
    monkeypatch.setitem(app.conf, "broker_url", "redis://127.0.0.1:9/0")
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
