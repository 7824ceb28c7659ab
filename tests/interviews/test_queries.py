from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from hiring.accounts.models import User
from hiring.pipeline.models import Job, Obligation
from hiring.rubrics.models import Assessment, QuestionSetVersion, Scorecard
from interviews import queries, reviewing
from interviews.models import Interview, Take
from tests import factories


def part_with(handed_in: Interview, **fields: Any) -> queries.Part:
    """The first part, its chosen take changed to ``fields``."""
    Take.objects.filter(chosen_for__interview=handed_in, chosen_for__question__position=1).update(**fields)
    return queries.parts(handed_in)[0]


def test_before_it_is_handed_in_nothing_shows(interview: Interview) -> None:
    factories.playable(interview.answers.get(question__position=1))

    first = queries.parts(interview)[0]

    assert (first.state, first.take, first.is_scoreable) == ("waiting", None, False)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({}, "playable"),
        ({"state": "recording"}, "preparing"),
        ({"state": "abandoned"}, "preparing"),
        ({"state": "received"}, "preparing"),
        ({"state": "failed", "failure": "input", "failure_text": "The recording could not be read."}, "failed"),
    ],
)
def test_the_state_of_an_answer(handed_in: Interview, fields: dict[str, str], state: str) -> None:
    assert part_with(handed_in, **fields).state == state


def test_an_optional_answer_left_out(handed_in: Interview) -> None:
    handed_in.answers.update(chosen_take=None)

    assert queries.parts(handed_in)[0].state == "skipped"


@pytest.mark.parametrize(
    ("fields", "cut"),
    [
        ({"seconds": 60.0, "claimed_seconds": 60.4}, ""),
        ({"seconds": 94.2, "claimed_seconds": 120.0}, "0:00–1:34 of about 2:00"),
        ({"seconds": 94.2, "claimed_seconds": None, "interrupted": True}, "0:00–1:34, then it broke off"),
        ({"seconds": 94.2, "claimed_seconds": None}, ""),
    ],
)
def test_what_is_not_whole_says_so(handed_in: Interview, fields: dict[str, Any], cut: str) -> None:
    assert part_with(handed_in, **fields).cut == cut


@pytest.mark.parametrize(
    ("fields", "remarks"),
    [
        ({}, []),
        ({"silent": True}, ["No sound was found in this recording."]),
        ({"black": True}, ["The picture is dark; the sound is what there is."]),
        ({"seconds": 3.0}, ["A very short recording."]),
    ],
)
def test_what_to_know_before_judging(handed_in: Interview, fields: dict[str, Any], remarks: list[str]) -> None:
    assert part_with(handed_in, **fields).remarks == remarks


def test_speech_is_told_and_drawn(handed_in: Interview) -> None:
    part = part_with(handed_in, seconds=120.0, analysed_at=timezone.now(), speech=[[0, 60], [90.0, 102.0]])

    assert part.speech == "1:12 of speech in 2:00"
    assert part.speech_bars == [("0.0", "500.0"), ("750.0", "100.0")]


def test_a_pseudonym_stays_and_tells_nothing(version: QuestionSetVersion) -> None:
    names = {
        queries.pseudonym(Assessment.objects.create(kind=Assessment.Kind.INTERVIEW, version=version)) for _ in range(30)
    }
    one = Assessment.objects.first()
    assert one is not None

    assert queries.pseudonym(one) == queries.pseudonym(one)
    assert len(names) > 20


def test_my_reviews_come_due_first(job: Job, version: QuestionSetVersion, alan: User, grace: User) -> None:
    made = {}
    for name, days in (("Ida Rhodes", 5), ("Mary Shaw", 1), ("Jean Bartik", None)):
        interview = factories.submitted(factories.application(job, name), version)
        reviewing.assign(interview, alan, by=grace)
        if days:
            due = timezone.now() + timedelta(days=days)
            Obligation.objects.create(application=interview.application, kind=Obligation.Kind.DECISION, due_at=due)
        made[interview.pk] = name
    waiting = factories.interview(factories.application(job, "Kathleen Booth"), version)
    reviewing.assign(waiting, alan, by=grace)
    made[waiting.pk] = "Kathleen Booth"

    reviews = queries.my_reviews(alan)

    names = [(made[review.interview.pk], review.state, review.scored, review.total) for review in reviews]
    assert names == [
        ("Mary Shaw", "due", 0, 3),
        ("Ida Rhodes", "due", 0, 3),
        ("Jean Bartik", "due", 0, 3),
        ("Kathleen Booth", "waiting", 0, 0),
    ]
    assert [review.name for review in reviews if review.name in made.values()] == []


def test_my_reviews_hold_only_mine(handed_in: Interview, alans_card: Scorecard, alan: User, grace: User) -> None:
    mine = queries.my_reviews(alan)

    assert [(review.state, review.scored, review.name) for review in mine] == [("in", 3, "Joan Clarke")]
    assert queries.my_reviews(grace) == []


def test_released_is_off_the_list(handed_in: Interview, alan: User, grace: User) -> None:
    reviewing.assign(handed_in, alan, by=grace)
    reviewing.release(handed_in, alan, by=grace)

    assert queries.my_reviews(alan) == []


@pytest.mark.parametrize("rows", [1, 50])
def test_my_reviews_cost_the_same_however_many(
    job: Job,
    version: QuestionSetVersion,
    alan: User,
    grace: User,
    rows: int,
    django_assert_num_queries: Callable[[int], AbstractContextManager[object]],
) -> None:
    for place in range(rows):
        interview = factories.submitted(factories.application(job, f"Candidate {place}"), version)
        factories.assignment(interview, alan)

    with django_assert_num_queries(3):
        assert len(queries.my_reviews(alan)) == rows
