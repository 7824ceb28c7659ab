"""The two things done with a stranger's file: look whether it can be taken, and make it readable."""

import json
from pathlib import Path
from typing import Any

from screening.reader import images, kinds, opendocs, pdfs, plain, worddocs

CONTENT = "content.json"


def check(path: Path) -> dict[str, Any]:
    """``{"kind", "pages"}`` of a file that can be taken; pages are 0 where they are not known. Raises ``Flawed``."""
    kind = kinds.kind_of(path)
    if kind == kinds.PDF:
        return {"kind": kind, "pages": pdfs.count(path)}
    if kind in kinds.IMAGES:
        images.check(path)
        return {"kind": kind, "pages": 1}
    if kind == kinds.TXT:
        plain.check(path)
    return {"kind": kind, "pages": 0}


def render(path: Path, folder: Path) -> dict[str, Any]:
    """Write the page images (``page-001.webp``, …) and ``content.json`` into ``folder``; ``{"kind", "pages"}``.

    The file is judged anew: nothing said about it earlier is believed. Raises ``Flawed``.
    """
    kind = kinds.kind_of(path)
    content: list[dict[str, Any]]
    pages = 0
    if kind == kinds.PDF:
        content = pdfs.render(path, folder)
        pages = len(content)
    elif kind in kinds.IMAGES:
        content = images.render(path, folder)
        pages = len(content)
    elif kind == kinds.DOCX:
        content = worddocs.blocks_of(path)
    elif kind == kinds.ODT:
        content = opendocs.blocks_of(path)
    else:
        content = plain.blocks_of(path)
    (folder / CONTENT).write_text(json.dumps(content), encoding="utf-8")
    return {"kind": kind, "pages": pages}
