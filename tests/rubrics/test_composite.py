"""Vectors worked out by hand, compared exactly."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.rubrics import composite
from hiring.rubrics.composite import Marks

CONFLICT, CLARITY, DRIVE = "Handles conflict", "Explains clearly", "Improves things"


def test_one_card_is_the_mean_of_its_competency_means() -> None:
    # (4+2)/2 = 3, 5, 2 → (3+5+2)/3 = 10/3, where the mean of all four scores would be 13/4.
    heard = composite.voice({CONFLICT: [4, 2], CLARITY: [5], DRIVE: [2]})

    assert heard.overall == Fraction(10, 3)
    assert heard.competencies == {CONFLICT: Fraction(3), CLARITY: Fraction(5), DRIVE: Fraction(2)}


def test_two_cards_count_the_same_voice_each() -> None:
    # Conflict: (3 + 4)/2 = 7/2; clarity: (5 + 2)/2 = 7/2; drive: (2 + 3)/2 = 5/2; overall 19/6.
    # Card means: (3+5+2)/3 = 10/3 and (4+2+3)/3 = 3.
    both = composite.combine(
        [
            {CONFLICT: [4, 2], CLARITY: [5], DRIVE: [2]},
            {CONFLICT: [5, 3], CLARITY: [2], DRIVE: [3]},
        ]
    )

    assert both.overall == Fraction(19, 6)
    assert (both.low, both.high, both.spread) == (Fraction(3), Fraction(10, 3), Fraction(1, 3))
    assert [(line.mean, line.low, line.high) for line in both.lines] == [
        (Fraction(7, 2), Fraction(3), Fraction(4)),
        (Fraction(7, 2), Fraction(2), Fraction(5)),
        (Fraction(5, 2), Fraction(2), Fraction(3)),
    ]


def test_no_evidence_counts_for_nothing_and_not_as_low() -> None:
    # Conflict: first card 4 alone, second (5+2)/2 = 7/2 → 15/4; clarity: only the second, 2.
    # Overall (15/4 + 2)/2 = 23/8.
    both = composite.combine([{CONFLICT: [4, None], CLARITY: [None]}, {CONFLICT: [5, 2], CLARITY: [2]}])

    assert both.overall == Fraction(23, 8)
    assert [line.voices for line in both.lines] == [2, 1]
    assert both.without_evidence == ()


def test_what_nobody_found_evidence_for_is_named_and_left_out() -> None:
    both = composite.combine([{CONFLICT: [4], DRIVE: [None]}, {CONFLICT: [3], DRIVE: [None]}])

    assert both.overall == Fraction(7, 2)
    assert both.without_evidence == (DRIVE,)


def test_a_competency_without_any_answer_is_named() -> None:
    assert composite.combine([{CONFLICT: [4], DRIVE: []}]).without_evidence == (DRIVE,)


@pytest.mark.parametrize("cards", [[], [{}], [{CONFLICT: [None]}]])
def test_without_any_score_there_is_no_composite(cards: list[Marks]) -> None:
    nothing = composite.combine(cards)

    assert [nothing.overall, nothing.low, nothing.high] == [None, None, None]


def test_thirds_stay_exact() -> None:
    third = composite.combine([{CONFLICT: [1, 2, 2]}, {CONFLICT: [2]}, {CONFLICT: [1, 1, 2]}])

    # (5/3 + 2 + 4/3) / 3 = 5/3
    assert third.overall == Fraction(5, 3)


MARKS = st.dictionaries(
    st.sampled_from([CONFLICT, CLARITY, DRIVE]), st.lists(st.none() | st.integers(1, 5), max_size=4), max_size=3
)


@given(st.lists(MARKS, max_size=4))
def test_it_lies_within_the_scale_and_order_does_not_matter(cards: list[Marks]) -> None:
    one, other = composite.combine(cards), composite.combine(cards[::-1])

    assert one.overall is None or 1 <= one.overall <= 5
    assert one.overall == other.overall
    assert (one.low, one.high) == (other.low, other.high)


@given(MARKS)
def test_one_card_alone_has_no_spread(card: Marks) -> None:
    alone = composite.combine([card])

    assert alone.spread == 0
    assert alone.overall == composite.voice(card).overall
