from dataclasses import dataclass

import pytest

from hiring.rubrics.estimates import Estimate, estimate


@dataclass(frozen=True)
class Asked:
    think_seconds: int | None = 60
    answer_seconds: int = 120


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ([], Estimate(candidate=0, reviewer=0)),
        ([Asked()] * 4, Estimate(candidate=16, reviewer=9)),
        ([Asked()], Estimate(candidate=10, reviewer=3)),
        ([Asked(think_seconds=None)], Estimate(candidate=11, reviewer=3)),
        ([Asked(think_seconds=0, answer_seconds=30)], Estimate(candidate=9, reviewer=3)),
        ([Asked(answer_seconds=180)] * 8, Estimate(candidate=30, reviewer=22)),
    ],
)
def test_minutes_of_both_sides(asked: list[Asked], expected: Estimate) -> None:
    assert estimate(asked) == expected


def test_more_than_twenty_minutes_is_long() -> None:
    assert not estimate([Asked()] * 6).is_long
    assert estimate([Asked()] * 7).is_long
