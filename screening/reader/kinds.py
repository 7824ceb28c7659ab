"""What a file is, told by its bytes alone: what it is called says nothing."""

import codecs
from pathlib import Path

import puremagic

from screening.reader import archives
from screening.reader.flaws import Flawed

PDF, DOCX, ODT, TXT, PNG, JPEG, WEBP = "pdf", "docx", "odt", "txt", "png", "jpeg", "webp"
IMAGES = (PNG, JPEG, WEBP)

HEAD_BYTES = 8192
MARKUP = {
    b"<!doctype": "web_page",
    b"<html": "web_page",
    b"<svg": "drawing",
    b"<?php": "program",
    b"<?xml": "markup",
    b"<script": "web_page",
    b"#!": "program",
    b"{\\rtf": "rtf",
    b"%!ps": "drawing",
    b"%pdf": "damaged_pdf",
}
OTHERS = {
    b"MZ": "program",
    b"\x7fELF": "program",
    b"\xcf\xfa\xed\xfe": "program",
    b"\xca\xfe\xba\xbe": "program",
    b"Rar!": "archive",
    b"7z\xbc\xaf": "archive",
    b"\x1f\x8b": "archive",
    b"GIF8": "picture",
    b"II*\x00": "picture",
    b"MM\x00*": "picture",
}
HEIC = {b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_OFFICE = "EncryptedPackage".encode("utf-16-le")
# What a text file may hold besides letters: tab, newline, form feed, carriage return.
CONTROLS = {*range(0x20), 0x7F} - {0x09, 0x0A, 0x0C, 0x0D}


def kind_of(path: Path) -> str:
    """One of the kinds above. Raises ``Flawed``: ``type`` with ``found``, a word for what it seems to be instead."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head.startswith(b"PK"):
        return archives.kind_of(path)
    if head.startswith(OLE):
        raise _office(path)
    found = _other(head)
    if found:
        raise Flawed("type", found=found)
    decoded(path.read_bytes())
    return TXT


def decoded(data: bytes) -> str:
    """The text of a plain file, in whatever encoding people's computers write. Raises ``Flawed`` when it is none."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _decoded(data, encoding)
    if CONTROLS.intersection(data):
        raise Flawed("type", found=_guess(data[:HEAD_BYTES]))
    try:
        return _decoded(data, "utf-8")
    except Flawed:
        return data.decode("cp1252", errors="replace")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Flawed("damaged") from error


def _office(path: Path) -> Flawed:
    """An Office file of before 2007, or a newer one behind a password: both come in the same container."""
    if ENCRYPTED_OFFICE in path.read_bytes():
        return Flawed("encrypted", found="office")
    return Flawed("type", found="old_office")


def _other(head: bytes) -> str:
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in HEIC else "video"
    beginning = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for mark, found in (*OTHERS.items(), *MARKUP.items()):
        if (head if mark in OTHERS else beginning).startswith(mark):
            return found
    return ""


def _guess(head: bytes) -> str:
    """A word for what nobody here reads: video, audio, picture, or nothing."""
    try:
        guesses = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return ""
    family = guesses[0].mime_type.partition("/")[0] if guesses else ""
    return {"video": "video", "audio": "audio", "image": "picture"}.get(family, "")
