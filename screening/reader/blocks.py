"""The shapes of what was read, and what keeps them small and storable.

``{"kind": "heading", "level": 1–3, "text"}`` · ``{"kind": "paragraph", "text"}`` · ``{"kind": "list", "items": […]}`` ·
``{"kind": "table", "rows": [[…], …]}`` · for a page image ``{"page": 1, "text"}``.
"""

import re
from collections.abc import Iterable
from typing import Any

from screening.reader import limits

Block = dict[str, Any]

_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_SPACES = re.compile(r"[ \t\u00a0]+")
_GAPS = re.compile(r"\n{3,}")
LEVELS = 3


def clean(text: str) -> str:
    """``text`` without what no database or page can hold, with ordinary line ends."""
    return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def tidy(text: str) -> str:
    """The same, with runs of spaces and empty lines made single."""
    lines = (_SPACES.sub(" ", line).strip() for line in clean(text).split("\n"))
    return _GAPS.sub("\n\n", "\n".join(lines)).strip()


def heading(level: int, text: str) -> Block:
    return {"kind": "heading", "level": max(1, min(level, LEVELS)), "text": text}


def paragraph(text: str) -> Block:
    return {"kind": "paragraph", "text": text}


def item(text: str) -> Block:
    return {"kind": "list", "items": [text]}


def table(rows: list[list[str]]) -> Block:
    return {"kind": "table", "rows": rows}


def gathered(found: Iterable[Block]) -> list[Block]:
    """The blocks in order without the empty ones, list items that follow each other joined, cut off at the limits."""
    kept: list[Block] = []
    left = limits.CHARACTERS
    for block in found:
        size = _size(block)
        if not size:
            continue
        if size > left or len(kept) >= limits.BLOCKS:
            break
        left -= size
        if block["kind"] == "list" and kept and kept[-1]["kind"] == "list":
            kept[-1]["items"].extend(block["items"])
        else:
            kept.append(block)
    return kept


def _size(block: Block) -> int:
    texts = block.get("items") or [cell for row in block.get("rows", []) for cell in row] or [block.get("text", "")]
    return sum(len(text) for text in texts)
