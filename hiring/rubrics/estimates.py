"""How long a question set takes, for both sides. Pure arithmetic on seconds; knows no database.

The rule: people use about half of a limited thinking time and three quarters of the longest answer. A candidate also
needs 8 minutes to read what to expect, try the camera, practise and hand in; retakes come on top. A reviewer watches
at 1.25×, spends 45 seconds scoring each question and one minute on the whole. Four questions of the default lengths
come to 16 minutes for the candidate and 9 for each reviewer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Protocol

THOUGHT = 0.5  # share of a limited thinking time people use
THOUGHT_UNLIMITED = 60  # seconds, when nothing limits it
SPOKEN = 0.75  # share of the longest answer people use
AROUND = 8 * 60  # reading, camera check, practice, handing in
SPEED = 1.25  # at which reviewers watch
SCORING = 45  # per question
WHOLE = 60  # per interview
LONG = 20  # minutes of a candidate's time that need a good reason


class Timed(Protocol):
    """Whatever has the two limits of a question."""

    @property
    def think_seconds(self) -> int | None: ...

    @property
    def answer_seconds(self) -> int: ...


@dataclass(frozen=True)
class Estimate:
    """Whole minutes, rounded up: nobody is promised less than it takes."""

    candidate: int
    reviewer: int

    @property
    def is_long(self) -> bool:
        return self.candidate > LONG


def estimate(questions: Iterable[Timed]) -> Estimate:
    """The minutes ``questions`` cost one candidate, and each reviewer of them; nothing for no questions."""
    asked = list(questions)
    if not asked:
        return Estimate(candidate=0, reviewer=0)
    candidate = AROUND + sum(thinking(question) + SPOKEN * question.answer_seconds for question in asked)
    reviewer = WHOLE + sum(SPOKEN * question.answer_seconds / SPEED + SCORING for question in asked)
    return Estimate(candidate=ceil(candidate / 60), reviewer=ceil(reviewer / 60))


def thinking(question: Timed) -> float:
    """Seconds people are expected to think before they record."""
    return THOUGHT_UNLIMITED if question.think_seconds is None else THOUGHT * question.think_seconds
