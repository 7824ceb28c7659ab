from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews import rules
from interviews.models import Take
from interviews.rules import Bounds, Pass, Piece

TAKE = UUID(int=7)
DIGEST = "ab" * 32


def test_a_pass_survives_its_journey() -> None:
    issued = Pass(TAKE, 3, 1400, 70_000_000)

    assert Pass.read(issued.sign()) == issued


def test_the_bound_is_the_limit_and_twenty_seconds() -> None:
    assert Bounds(120).ceiling == 140
    assert Bounds(120).as_json() == {"seconds": 120, "grace": 15, "max_pieces": 1400, "max_bytes": 70_000_000}


def test_a_key_tells_its_piece() -> None:
    key = Piece(12, 345, DIGEST).key(TAKE, 2)

    assert key == f"takes/{TAKE}/2/v/000012-{DIGEST}"
    assert rules.piece_of(key, 345) == Piece(12, 345, DIGEST)


@pytest.mark.parametrize("key", ["", "takes/x/1/v/12-ab", f"takes/x/1/v/000012-{DIGEST}x", f"takes/x/1/v/-{DIGEST}"])
def test_a_strange_key_is_no_piece(key: str) -> None:
    assert rules.piece_of(key, 1) is None


@given(st.permutations(range(12)), st.integers(0, 12))
def test_pieces_up_to_the_first_gap_are_contiguous(order: list[int], gap: int) -> None:
    pieces = [Piece(index, 1, DIGEST) for index in order if index != gap]

    assert [piece.index for piece in rules.contiguous(pieces)] == list(range(gap))


def test_a_manifest_leads_to_its_keys_in_order() -> None:
    pieces = [Piece(index, index + 1, f"{index:064x}") for index in range(3)]

    kept = rules.manifest(2, pieces)

    assert rules.manifest_keys(TAKE, kept) == [piece.key(TAKE, 2) for piece in pieces]


@given(st.integers(0, 50), st.floats(0, 1, exclude_max=True))
def test_waiting_between_attempts_is_bounded(attempt: int, chance: float) -> None:
    assert timedelta() <= rules.retry_delay(attempt, chance) <= rules.RETRY_LONGEST


def test_every_state_is_an_end_or_somebodys_duty() -> None:
    assert set(rules.DUTIES) | set(rules.ENDS) == set(Take.State)
    assert not set(rules.DUTIES) & set(rules.ENDS)
    assert {state for duty in rules.DUTIES.values() for state in duty.leads_to} <= set(Take.State)
