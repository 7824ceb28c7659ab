"""The reader as two functions: each a process of its own, killable, with limits. Knows files; knows nothing of Django.

Nobody else starts it, and nobody parses a stranger's document in the process that asks.
"""

import json
import logging
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hiring.lib import untrusted
from hiring.lib.untrusted import MIB, Limits

SCRIPT = Path(__file__).resolve().parent / "reader" / "run.py"
CHECK = Limits(seconds=10, memory_bytes=512 * MIB, file_bytes=1 * MIB)
RENDER = Limits(seconds=60, memory_bytes=512 * MIB, file_bytes=32 * MIB)
CONTENT = "content.json"  # written beside the page images
# A reader that gives up, breaks or overreaches on one file says something about the file.
BROKEN_OFF = (untrusted.Failed, untrusted.Crashed, untrusted.OutOfBounds)

logger = logging.getLogger(__name__)


class FlawedError(Exception):
    """The file cannot be taken. ``flaw`` and ``facts`` are as in `screening.reader.flaws`."""

    def __init__(self, flaw: str, **facts: Any) -> None:
        super().__init__(flaw)
        self.flaw = flaw
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Found:
    """What a file is by its bytes: ``kind`` as in `screening.reader.kinds`, pages where they can be counted."""

    kind: str
    pages: int


@dataclass(frozen=True, slots=True)
class Rendered:
    """What was made of it: page images in order, and what is written on them or, without any, the blocks."""

    kind: str
    pages: list[Path]
    content: list[dict[str, Any]]


def check(path: Path, *, cwd: Path) -> Found:
    """Whether the file can be taken. Raises ``FlawedError``, or ``UntrustedError`` when the moment was bad."""
    try:
        answer = _ask("check", path, limits=CHECK, cwd=cwd)
    except untrusted.TimedOut as error:
        raise FlawedError("slow") from error
    return Found(answer["kind"], answer["pages"])


def render(path: Path, folder: Path) -> Rendered:
    """Write page images into ``folder`` and read the text. Raises ``FlawedError`` and ``UntrustedError``."""
    answer = _ask("render", path, str(folder), limits=RENDER, cwd=folder)
    pages = [folder / f"page-{number:03}.webp" for number in range(1, answer["pages"] + 1)]
    content = json.loads((folder / CONTENT).read_text(encoding="utf-8"))
    return Rendered(answer["kind"], pages, content)


def _ask(command: str, path: Path, *rest: str, limits: Limits, cwd: Path) -> dict[str, Any]:
    argv = [sys.executable, "-I", str(SCRIPT), command, str(path), *rest]
    try:
        done = untrusted.run(argv, limits=limits, cwd=cwd)
    except BROKEN_OFF as error:
        logger.warning("the reader gave up on a document: %s: %s", error, error.stderr[-500:])
        raise FlawedError("damaged") from error
    answer: dict[str, Any] = json.loads(done.stdout)
    if "flaw" in answer:
        raise FlawedError(answer.pop("flaw"), **answer)
    return answer
