"""Plain text: paragraphs where there are empty lines, lists where lines begin with a bullet."""

import re
from collections.abc import Iterator
from pathlib import Path

from screening.reader import blocks, kinds
from screening.reader.blocks import Block
from screening.reader.flaws import Flawed

BULLET = re.compile(r"^\s*[-*•‣◦–]\s+(?=\S)")


def check(path: Path) -> None:
    """Raises ``Flawed`` when there is not one word in it."""
    if not kinds.decoded(path.read_bytes()).strip():
        raise Flawed("blank")


def blocks_of(path: Path) -> list[Block]:
    """What is written in it. Raises ``Flawed``."""
    return blocks.gathered(_found(blocks.clean(kinds.decoded(path.read_bytes()))))


def _found(text: str) -> Iterator[Block]:
    lines: list[str] = []
    for line in text.split("\n"):
        bullet = BULLET.match(line)
        if line.strip() and not bullet:
            lines.append(line.strip())
            continue
        if lines:
            yield blocks.paragraph("\n".join(lines))
            lines = []
        if bullet:
            yield blocks.item(line[bullet.end() :].strip())
    if lines:
        yield blocks.paragraph("\n".join(lines))
