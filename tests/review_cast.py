"""An interview handed in, and people with cards on it in every state."""

from typing import Any
from uuid import UUID

import pytest

from hiring.accounts.models import User
from hiring.pipeline.models import Application
from hiring.rubrics import scorecards
from hiring.rubrics.models import QuestionSetVersion, Scorecard
from hiring.rubrics.scorecards import Draft, Note
from interviews import queries, reviewing
from interviews.models import Interview
from tests import factories

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
