"""Vectors worked out by hand, compared exactly."""

from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.rubrics import composite

CONFLICT, CLARITY, DRIVE = "Handles conflict", "Explains clearly", "Improves things"


def test_one_card_is_the_mean_of_its_competency_means():
    # (4+2)/2 = 3, 5, 2 → (3+5+2)/3 = 10/3, where the mean of all four scores would be 13/4.
    heard = composite.voice({CONFLICT: [4, 2], CLARITY: [5], DRIVE: [2]})

    assert heard.overall == F(10, 3)
    assert heard.competencies == {CONFLICT: F(3), CLARITY: F(5), DRIVE: F(2)}


def test_two_cards_count_the_same_voice_each():
    # Conflict: (3 + 4)/2 = 7/2; clarity: (5 + 2)/2 = 7/2; drive: (2 + 3)/2 = 5/2; overall 19/6.
    # Card means: (3+5+2)/3 = 10/3 and (4+2+3)/3 = 3.
    both = composite.combine(
        [
            {CONFLICT: [4, 2], CLARITY: [5], DRIVE: [2]},
            {CONFLICT: [5, 3], CLARITY: [2], DRIVE: [3]},
        ]
    )

    assert both.overall == F(19, 6)
    assert (both.low, both.high, both.spread) == (F(3), F(10, 3), F(1, 3))
    assert [(line.mean, line.low, line.high) for line in both.lines] == [
        (F(7, 2), F(3), F(4)),
        (F(7, 2), F(2), F(5)),
        (F(5, 2), F(2), F(3)),
    ]


def test_no_evidence_counts_for_nothing_and_not_as_low():
    # Conflict: first card 4 alone, second (5+2)/2 = 7/2 → 15/4; clarity: only the second, 2. Overall (15/4 + 2)/2 = 23/8.
    both = composite.combine([{CONFLICT: [4, None], CLARITY: [None]}, {CONFLICT: [5, 2], CLARITY: [2]}])

    assert both.overall == F(23, 8)
    assert [line.voices for line in both.lines] == [2, 1]
    assert both.without_evidence == ()


def test_what_nobody_found_evidence_for_is_named_and_left_out():
    both = composite.combine([{CONFLICT: [4], DRIVE: [None]}, {CONFLICT: [3], DRIVE: [None]}])

    assert both.overall == F(7, 2)
    assert both.without_evidence == (DRIVE,)


def test_a_competency_without_any_answer_is_named():
    assert composite.combine([{CONFLICT: [4], DRIVE: []}]).without_evidence == (DRIVE,)


@pytest.mark.parametrize("cards", [[], [{}], [{CONFLICT: [None]}]])
def test_without_any_score_there_is_no_composite(cards):
    nothing = composite.combine(cards)

    assert (nothing.overall, nothing.low, nothing.high, nothing.spread) == (None, None, None, 0)


def test_thirds_stay_exact():
    third = composite.combine([{CONFLICT: [1, 2, 2]}, {CONFLICT: [2]}, {CONFLICT: [1, 1, 2]}])

    # (5/3 + 2 + 4/3) / 3 = 5/3
    assert third.overall == F(5, 3)


MARKS = st.dictionaries(
    st.sampled_from([CONFLICT, CLARITY, DRIVE]), st.lists(st.none() | st.integers(1, 5), max_size=4), max_size=3
)


@given(st.lists(MARKS, max_size=4))
def test_it_lies_within_the_scale_and_order_does_not_matter(cards):
    one, other = composite.combine(cards), composite.combine(cards[::-1])

    assert one.overall is None or 1 <= one.overall <= 5
    assert one.overall == other.overall
    assert (one.low, one.high) == (other.low, other.high)


@given(MARKS)
def test_one_card_alone_has_no_spread(card):
    alone = composite.combine([card])

    assert alone.spread == 0
    assert alone.overall == composite.voice(card).overall
