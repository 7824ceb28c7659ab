"""ODT: its ``content.xml``, walked. The archive has been checked (`archives`)."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from screening.reader import blocks
from screening.reader.blocks import Block
from screening.reader.flaws import Flawed

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
DEEPEST = 40
SKIPPED = {f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{TEXT}note"}


def blocks_of(path: Path) -> list[Block]:
    """What is written in it, in order. Raises ``Flawed``."""
    try:
        with zipfile.ZipFile(path) as archive:
            root = defusedxml.ElementTree.fromstring(archive.read("content.xml"), forbid_dtd=True)
    except DefusedXmlException as error:
        raise Flawed("entities") from error
    except (ParseError, KeyError, zipfile.BadZipFile) as error:
        raise Flawed("damaged") from error
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise Flawed("damaged")
    return blocks.gathered(_found(body, depth=0))


def _found(parent: Element, *, depth: int) -> Iterator[Block]:
    if depth > DEEPEST:
        return
    for element in parent:
        if element.tag in SKIPPED:
            continue
        if element.tag == f"{TEXT}h":
            level = element.get(f"{TEXT}outline-level", "1")
            yield blocks.heading(int(level) if level.isdecimal() else 1, _text(element))
        elif element.tag == f"{TEXT}p":
            yield blocks.paragraph(_text(element))
        elif element.tag == f"{TEXT}list":
            for item in element.iter(f"{TEXT}list-item"):
                yield blocks.item("\n".join(_text(part) for part in item if part.tag in {f"{TEXT}p", f"{TEXT}h"}))
        elif element.tag == f"{TABLE}table":
            yield blocks.table([_row(row) for row in element.iter(f"{TABLE}table-row")])
        else:
            yield from _found(element, depth=depth + 1)


def _row(row: Element) -> list[str]:
    cells = [cell for cell in row if cell.tag == f"{TABLE}table-cell"]
    return ["\n".join(_text(part) for part in cell.iter() if part.tag in {f"{TEXT}p", f"{TEXT}h"}) for cell in cells]


def _text(element: Element) -> str:
    return blocks.tidy("".join(_pieces(element, depth=0)))


def _pieces(element: Element, *, depth: int) -> Iterator[str]:
    if element.text:
        yield element.text
    for part in element:
        if part.tag == f"{TEXT}s":
            yield " "
        elif part.tag == f"{TEXT}tab":
            yield "\t"
        elif part.tag == f"{TEXT}line-break":
            yield "\n"
        elif part.tag not in SKIPPED and depth < DEEPEST:
            if part.tag == f"{TEXT}p":  # of a text box within the line
                yield "\n"
            yield from _pieces(part, depth=depth + 1)
        if part.tail:
            yield part.tail
