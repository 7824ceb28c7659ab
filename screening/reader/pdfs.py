"""PDF by pdfium: how many pages, their text, and a picture of each. Nothing active in it is ever run."""

from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from screening.reader import blocks, limits
from screening.reader.blocks import Block
from screening.reader.flaws import Flawed

QUALITY = 80
SOFT_HYPHENS = ("\ufffe\n", "\x02\n", "\ufffe", "\x02")  # how pdfium says that a word goes on in the next line


def count(path: Path) -> int:
    """The number of pages. Raises ``Flawed``: ``encrypted``, ``damaged``, ``blank`` or ``pages``."""
    with _opened(path) as document:
        return _checked(document)


def render(path: Path, folder: Path) -> list[Block]:
    """Write ``page-001.webp`` and so on into ``folder``; the text of each page. Raises ``Flawed``."""
    with _opened(path) as document:
        left = limits.CHARACTERS
        pages: list[Block] = []
        for number in range(1, _checked(document) + 1):
            try:
                page = document[number - 1]
                _picture(page, folder / f"page-{number:03}.webp")
                text = _text(page)[:left]
                page.close()
            except pdfium.PdfiumError as error:
                raise Flawed("damaged", page=number) from error
            left -= len(text)
            pages.append({"page": number, "text": text})
        return pages


def _opened(path: Path) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if pdfium_c.FPDF_GetLastError() == pdfium_c.FPDF_ERR_PASSWORD:
            raise Flawed("encrypted", found="pdf") from error
        raise Flawed("damaged") from error


def _checked(document: pdfium.PdfDocument) -> int:
    pages = len(document)
    if pages == 0:
        raise Flawed("blank")
    if pages > limits.PAGES:
        raise Flawed("pages", pages=pages, limit=limits.PAGES)
    return pages


def _picture(page: pdfium.PdfPage, target: Path) -> None:
    width, height = page.get_size()
    if width <= 0 or height <= 0:
        raise Flawed("damaged")
    scale = min(limits.PAGE_WIDTH / width, limits.PAGE_HEIGHT / height, limits.LARGEST_SCALE)
    bitmap = page.render(scale=scale, may_draw_forms=False)
    bitmap.to_pil().convert("RGB").save(target, "WEBP", quality=QUALITY, method=2)
    bitmap.close()


def _text(page: pdfium.PdfPage) -> str:
    content = page.get_textpage()
    text = content.get_text_bounded().replace("\r\n", "\n")
    content.close()
    for hyphen in SOFT_HYPHENS:
        text = text.replace(hyphen, "")
    return blocks.tidy(text)
