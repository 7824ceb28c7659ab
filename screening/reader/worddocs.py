"""DOCX by python-docx: headings, paragraphs, lists, tables, and what stands in text boxes and page heads.

The archive has been checked (`archives`): sizes, well-formed XML, no entities.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml.etree import LxmlError

from screening.reader import blocks, limits
from screening.reader.blocks import Block
from screening.reader.flaws import Flawed

HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
# What a file can make python-docx say, which promises nothing about bad ones.
FAILURES = (PackageNotFoundError, LxmlError, KeyError, ValueError, AttributeError, IndexError, OSError)


def blocks_of(path: Path) -> list[Block]:
    """What is written in it, in order. Raises ``Flawed``."""
    try:
        document = docx.Document(str(path))
        return blocks.gathered(_found(document))
    except FAILURES as error:
        raise Flawed("damaged") from error


def _found(document: Document) -> Iterator[Block]:
    for section in document.sections[:1]:  # where many put their name and how to reach them
        for paragraph in section.header.paragraphs:
            yield from _paragraph(paragraph)
    for part in document.iter_inner_content():
        yield from _table(part) if isinstance(part, Table) else _paragraph(part)


def _paragraph(paragraph: Paragraph) -> Iterator[Block]:
    text = blocks.tidy(paragraph.text)
    style = (paragraph.style.name if paragraph.style else "") or ""
    level = HEADING.match(style)
    if level or style == "Title":
        yield blocks.heading(int(level[1]) if level else 1, text)
    elif style.startswith("List") or _is_numbered(paragraph):
        yield blocks.item(text)
    else:
        yield blocks.paragraph(text)
    yield from _boxes(paragraph)


def _is_numbered(paragraph: Paragraph) -> bool:
    properties = paragraph._p.pPr  # noqa: SLF001 (python-docx has no other way to ask)
    return properties is not None and properties.numPr is not None


def _boxes(paragraph: Paragraph) -> Iterator[Block]:
    """Text boxes float outside the text; older Word gets a second copy, which nobody needs twice."""
    element: Any = paragraph._p  # noqa: SLF001
    for box in element.iter(qn("w:txbxContent")):
        if any(parent.tag.endswith("}Fallback") for parent in box.iterancestors()):
            continue
        for inner in box.iter(qn("w:p")):
            yield blocks.paragraph(blocks.tidy(Paragraph(inner, paragraph).text))


def _table(table: Table) -> Iterator[Block]:
    """One column or one row is somebody's layout, not a table: what stands in it is read as text."""
    rows = [_cells(row.cells) for row in table.rows[: limits.CELLS]]
    if len(rows) > 1 and max((len(row) for row in rows), default=0) > 1:
        yield blocks.table([[_cell_text(cell) for cell in row] for row in rows])
        return
    for row in rows:
        for cell in row:
            for part in cell.iter_inner_content():
                yield from _table(part) if isinstance(part, Table) else _paragraph(part)


def _cells(cells: tuple[_Cell, ...]) -> list[_Cell]:
    """The cells of a row once each: a merged one is named for every column it covers."""
    seen: list[_Cell] = []
    for cell in cells:
        if not seen or cell._tc is not seen[-1]._tc:  # noqa: SLF001
            seen.append(cell)
    return seen


def _cell_text(cell: _Cell) -> str:
    parts: list[str] = []
    for part in cell.iter_inner_content():
        if isinstance(part, Table):
            parts.extend(_cell_text(inner) for row in part.rows for inner in _cells(row.cells))
        else:
            parts.append(part.text)
    return blocks.tidy("\n".join(parts))
