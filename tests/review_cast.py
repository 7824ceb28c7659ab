"""An interview handed in, with a real clip where one is watched, and people with cards on it in every state."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from hiring.accounts.models import User
from hiring.lib import storage
from hiring.pipeline.models import Application
from hiring.rubrics import scorecards
from hiring.rubrics.models import QuestionSetVersion, Scorecard
from hiring.rubrics.scorecards import Draft, Note
from interviews import queries, reviewing, rules
from interviews.models import Interview, Take
from tests import factories
from tests.clips import Clips

SECONDS = 6.0
SPEECH = [[0.0, 2.0], [3.0, 5.0]]
SECRETS = ("Blamed the customer twice", "Too quick to blame", "moment-of-alan")


@pytest.fixture
def handed_in(application: Application, version: QuestionSetVersion) -> Interview:
    """Joan's, handed in and playable."""
    return factories.submitted(application, version)


@pytest.fixture
def pairs(handed_in: Interview) -> list[UUID]:
    """The three pairs that can be scored, in order."""
    return [item.pair for part in queries.parts(handed_in) for item in part.items]


@pytest.fixture
def alans_card(handed_in: Interview, pairs: list[UUID], grace: User, alan: User) -> Scorecard:
    """Alan was asked by Grace and has handed in: a 2, no evidence, a 5, two notes, a no with its reason."""
    reviewing.assign(handed_in, alan, by=grace)
    return hand_in(handed_in, alan, full(handed_in, pairs, values=(2, None, 5)))


@pytest.fixture
def watchable(handed_in: Interview, clips: Clips, live_server: LiveServer, tmp_path: Path) -> Interview:
    """Joan's answers with a real clip, its waveform and its poster in the store."""
    storage.ensure_bucket([live_server.url])
    peaks = tmp_path / "peaks.json"
    peaks.write_text(json.dumps({"per_second": 20, "peaks": [0.1 + place % 7 / 10 for place in range(120)]}))
    for take in Take.objects.filter(answer__interview=handed_in):
        folder = rules.media_prefix(take.pk, take.revision)
        storage.put_file(f"{folder}video.mp4", clips.path("whole.mp4"), content_type="video/mp4")
        storage.put_file(f"{folder}peaks.json", peaks, content_type="application/json")
        storage.put_file(f"{folder}poster.jpg", clips.path("poster.jpg"), content_type="image/jpeg")
    Take.objects.filter(answer__interview=handed_in).update(seconds=SECONDS, analysed_at=timezone.now(), speech=SPEECH)
    return handed_in


def full(interview: Interview, pairs: list[UUID], *, values: tuple[int | None, ...], **more: Any) -> Draft:
    asked = interview.version.questions.get(position=1)
    said = {
        "notes": (Note(asked.pk, 7.3, SECRETS[0]), Note(asked.pk, 9.0, SECRETS[2])),
        "recommendation": "no",
        "reason": SECRETS[1],
    }
    return Draft(dict(zip(pairs, values, strict=True)), **{**said, **more})


def hand_in(interview: Interview, reviewer: User, draft: Draft) -> Scorecard:
    own = scorecards.own(interview.assessment, reviewer)
    card = reviewing.save_draft(interview, draft, version=own.version if own else 0, by=reviewer)
    return reviewing.submit(interview, version=card.version, by=reviewer)
