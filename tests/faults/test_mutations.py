"""Damaged recordings (FLT-B7): made playable or refused, never a crash, a hang, or another file opened."""

import random
from collections import Counter
from pathlib import Path

import pytest

from hiring.lib import untrusted
from interviews import ffmpeg
from tests.clips import Clips, pieces

SEED = 20_261_121
EACH = 8


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The recording with a few bytes flipped, cut out, repeated or filled with noise."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(changed))
        length = chance.choice([1, 1, 4, 64, 4096])
        kind = chance.randrange(4)
        if kind == 0:
            changed[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del changed[at : at + length]
        elif kind == 2:
            changed[at:at] = changed[at : at + length]
        else:
            changed[at : at + length] = chance.randbytes(length)
    return bytes(changed[: chance.randrange(len(changed) // 4, len(changed) + 1)])


def outcome(data: bytes, folder: Path) -> str:
    """What becomes of the bytes. Lets a crash, a hang or anything unforeseen through."""
    video = folder / "video"
    try:
        streams = ffmpeg.identify(data[:256_000], cwd=folder)
        copy = ffmpeg.copy_to_mp4 if ffmpeg.is_h264(streams) else ffmpeg.copy_to_webm
        copy(iter(pieces(data)), video, streams, at_most=20)
        found = ffmpeg.packets(video, cwd=folder)
        ffmpeg.analyse(video, seconds=found.seconds, cwd=folder)
    except (ffmpeg.UnreadableError, untrusted.Failed, untrusted.OutOfBounds):
        return "refused"
    return "made"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["chromium.mp4", "vp8.webm", "safari.mp4"])
def test_mutated_recordings_are_made_or_refused(clips: Clips, tmp_path: Path, name: str) -> None:
    data = clips.bytes(name)
    outcomes: Counter[str] = Counter()
    for number in range(EACH):
        seed = f"{SEED}-{name}-{number}"
        chance = random.Random(seed)  # noqa: S311 (replayable, not secret)
        try:
            outcomes[outcome(mutated(data, chance), tmp_path)] += 1
        except (untrusted.UntrustedError, ValueError, ArithmeticError) as error:
            pytest.fail(f"seed {seed}: {error!r}")

    assert sum(outcomes.values()) == EACH
    assert outcomes["made"] > 0
