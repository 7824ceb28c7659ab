"""Documents for tests, made from nothing: good ones, and the ones nobody should send."""

import hashlib
import io
import struct
import zipfile
from collections.abc import Iterable

import docx
from PIL import Image

A4 = (595, 842)
PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
ODT_MIME = "application/vnd.oasis.opendocument.text"
ODT_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:text>'
)
ODT_TAIL = "</office:text></office:body></office:document-content>"


def pdf(*pages: Iterable[str], size: tuple[int, int] = A4, extra: str = "", trailer: str = "") -> bytes:
    """A PDF whose ``pages`` are lines of text. ``extra`` goes into its catalog, ``trailer`` into its trailer."""
    streams = [_page_stream(lines) for lines in pages]
    return _assembled(streams, size=size, extra=extra, trailer=trailer)


def locked_pdf(*pages: Iterable[str]) -> bytes:
    """One that asks for a password to be opened."""
    never = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'ab' * 32}> /U <{'cd' * 32}> >> /ID [<00><00>]"
    return pdf(*pages, trailer=never)


def protected_pdf(*pages: Iterable[str]) -> bytes:
    """One that opens without a password, though its owner set one against changing it."""
    identity, owner, permissions = bytes(16), b"\xab" * 32, -4
    key = hashlib.md5(PADDING + owner + struct.pack("<i", permissions) + identity).digest()[:5]  # noqa: S324
    user = _rc4(key, PADDING)
    streams = [_page_stream(lines) for lines in pages]
    sealed = [_rc4(_object_key(key, _content_number(place, len(streams))), data) for place, data in enumerate(streams)]
    names = f"<{identity.hex()}>"
    encrypt = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P {permissions} /O <{owner.hex()}> /U <{user.hex()}> >>"
    return _assembled(sealed, size=A4, extra="", trailer=f"{encrypt} /ID [{names}{names}]")


def docx_file(*paragraphs: str) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def saved(document: "docx.document.Document") -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def odt(body: str, *, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    return archive({"mimetype": ODT_MIME, "content.xml": f"{head}{ODT_HEAD}{body}{ODT_TAIL}"})


def archive(entries: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in entries.items():
            packed.writestr(name, data)
    return out.getvalue()


def altered(data: bytes, entries: dict[str, str | bytes]) -> bytes:
    """The archive with some entries replaced or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        kept = {name: packed.read(name) for name in packed.namelist()}
    return archive({**kept, **entries})


def picture(kind: str = "PNG", *, size: tuple[int, int] = (600, 800), color: str = "white", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, kind, **options)
    return out.getvalue()


def _page_stream(lines: Iterable[str]) -> bytes:
    shown = "".join(f"({line.replace('(', '').replace(')', '')}) Tj 0 -18 Td\n" for line in lines)
    return f"BT /F1 14 Tf 60 780 Td\n{shown}ET".encode("latin-1")


def _content_number(place: int, pages: int) -> int:
    return 4 + pages + place


def _assembled(streams: list[bytes], *, size: tuple[int, int], extra: str, trailer: str) -> bytes:
    """Objects: 1 catalog, 2 pages, 3 font, then the pages, then what is on them."""
    count = len(streams)
    kids = " ".join(f"{4 + place} 0 R" for place in range(count))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {extra} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    objects += [
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Resources << /Font << /F1 3 0 R >> >> "
        f"/Contents {_content_number(place, count)} 0 R >>".encode()
        for place in range(count)
    ]
    objects += [b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data) for data in streams]
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _object_key(key: bytes, number: int) -> bytes:
    return hashlib.md5(key + struct.pack("<I", number)[:3] + bytes(2)).digest()[:10]  # noqa: S324


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
