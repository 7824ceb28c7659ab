"""What is asked again for each of many people is asked once, and only where that was said."""

from collections.abc import Callable

import pytest

from hiring.lib import memo


@pytest.fixture
def asked() -> list[int]:
    return []


@pytest.fixture
def ask(asked: list[int]) -> Callable[[], int]:
    def again() -> int:
        asked.append(len(asked))
        return len(asked)

    return again


def test_outside_everything_is_asked_anew(ask: Callable[[], int]) -> None:
    assert [memo.once("key", ask), memo.once("key", ask)] == [1, 2]


def test_within_once_for_each_key(ask: Callable[[], int]) -> None:
    with memo.remembering():
        said = [memo.once("one", ask), memo.once("one", ask), memo.once("two", ask)]

    assert said == [1, 1, 2]


def test_a_block_in_a_block_shares_its_memory_and_nothing_stays(ask: Callable[[], int]) -> None:
    with memo.remembering():
        memo.once("key", ask)
        with memo.remembering():
            inner = memo.once("key", ask)
        after = memo.once("key", ask)

    assert (inner, after, memo.once("key", ask)) == (1, 1, 2)


def test_nothing_is_kept_of_what_failed(ask: Callable[[], int]) -> None:
    def broken() -> int:
        raise LookupError

    with memo.remembering():
        with pytest.raises(LookupError):
            memo.once("key", broken)
        assert memo.once("key", ask) == 1
