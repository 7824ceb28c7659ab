from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.journey
Run = Callable[..., Any]

JOIN = """
const joiner = new pieces.Joiner();
return argument.map(([size, endMs]) => {
  const { chunks, closed } = joiner.add(new ArrayBuffer(size), endMs);
  return [chunks.map(({ index, piece, bytes }) => [index, piece, bytes.byteLength]), closed];
}).concat([joiner.flush()]);
"""
MIB = 1024 * 1024


def test_chunks_are_joined_to_about_a_second(modules: Run) -> None:
    joined = modules(JOIN, [[10, 250], [10, 500], [10, 750], [10, 1000], [10, 1250]])

    first = [[[[index, 0, 10]], []] for index in range(3)]
    assert joined == [*first, [[[3, 0, 10]], [0]], [[[4, 1, 10]], []], [1]]


def test_a_piece_never_grows_beyond_four_mebibytes(modules: Run) -> None:
    joined = modules(JOIN, [[3 * MIB, 250], [2 * MIB, 500], [9 * MIB, 750]])

    assert joined[0] == [[[0, 0, 3 * MIB]], []]
    assert joined[1] == [[[1, 1, 2 * MIB]], [0]]
    assert joined[2] == [[[2, 2, 4 * MIB], [3, 3, 4 * MIB], [4, 4, MIB]], [1, 2, 3]]
    assert joined[3] == [4]


def test_nothing_recorded_leaves_no_piece(modules: Run) -> None:
    assert modules(JOIN, []) == [[]]


def test_the_digest_is_sha_256(modules: Run) -> None:
    digest = modules(
        "return pieces.sha256(pieces.concatenate([new Uint8Array([97]).buffer, new Uint8Array([98, 99]).buffer]))"
    )

    assert digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


@pytest.mark.parametrize(("failures", "longest"), [(1, 1000), (3, 4000), (4, 8000), (40, 8000)])
def test_pauses_grow_to_eight_seconds_with_full_jitter(modules: Run, failures: int, longest: int) -> None:
    pauses = modules(f"return [uploader.pauseMs({failures}, () => 0), uploader.pauseMs({failures}, () => 1)]")

    assert pauses == [0, longest]
