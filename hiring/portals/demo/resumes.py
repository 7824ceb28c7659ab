"""Résumés of people who do not exist, as the files they would send: a PDF, a Word file, a plain text."""

from __future__ import annotations  # Django's File takes no parameters at run time

from io import BytesIO

from django.core.files.base import ContentFile
from docx import Document

LINE, TOP, LEFT = 18, 780, 60  # points on an A4 page
HEAD, BODY = 20, 11


def text(lines: tuple[str, ...], name: str) -> ContentFile[bytes]:
    return ContentFile("\n".join(lines).encode(), name=f"{name}.txt")


def word(lines: tuple[str, ...], name: str) -> ContentFile[bytes]:
    """The first line is the title; a line in capitals is a heading, one with a dash an item of a list."""
    document, buffer = Document(), BytesIO()
    document.add_heading(lines[0], level=0)
    for line in filter(None, lines[1:]):
        if line.isupper():
            document.add_heading(line.capitalize(), level=1)
        elif line.startswith("- "):
            document.add_paragraph(line[2:], style="List Bullet")
        else:
            document.add_paragraph(line)
    document.save(buffer)
    return ContentFile(buffer.getvalue(), name=f"{name}.docx")


def pdf(lines: tuple[str, ...], name: str) -> ContentFile[bytes]:
    """One page of Helvetica, as plain as the format allows."""
    drawn = [
        f"BT /F1 {BODY if place else HEAD} Tf {LEFT} {TOP - place * LINE} Td ({_escaped(line)}) Tj ET"
        for place, line in enumerate(lines)
    ]
    stream = "\n".join(drawn).encode("cp1252")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return ContentFile(body + end + trailer, name=f"{name}.pdf")


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
