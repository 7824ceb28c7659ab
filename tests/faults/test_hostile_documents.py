"""Files nobody should send as a résumé (FLT-G1…G6): refused in words, nothing opened, nothing run, nothing hung."""

import io
import random
import stat
import time
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hiring.lib import untrusted
from screening import documents, reading, refusals
from tests import papers
from tests.faults.test_disguised import Listener

SEED = 20_261_122
EACH = 8
CANARY = "another candidate's words"
DTD = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY canary SYSTEM "{address}">]>'
LAUGHS = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
WORD = papers.docx_file("Joan Clarke")


def refusal(data: bytes, name: str = "resume.pdf") -> str:
    with pytest.raises(refusals.DocumentRefused) as refused:
        documents.check(SimpleUploadedFile(name, data))
    return str(refused.value)


def dense_archive() -> bytes:
    return papers.altered(WORD, {"word/media/zeros.bin": bytes(60_000_000)})


def crowded_archive() -> bytes:
    return papers.altered(WORD, {f"word/{number}.bin": b"" for number in range(3000)})


def archive_with(name: str, mode: int = 0) -> bytes:
    out = io.BytesIO(WORD)
    with zipfile.ZipFile(out, "a") as packed:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = mode << 16
        packed.writestr(entry, "/etc/passwd")
    return out.getvalue()


def word_xml(head: str, body: str) -> bytes:
    return papers.altered(WORD, {"word/document.xml": f"{head}<x>{body}</x>"})


HOSTILE = {
    "an empty file": (b"", "This file is empty"),
    "10 MB and one byte": (papers.pdf(["x"]) + b"\n" * refusals.LARGEST, "larger than 10 MB"),
    "a program called .pdf": (b"MZ\x90\x00" + bytes(4000), "a program rather than a document"),
    "a Linux program": (b"\x7fELF" + bytes(100), "a program rather than a document"),
    "a script": (b"#!/bin/sh\nrm -rf /\n", "a program rather than a document"),
    "PHP": (b"<?php system($_GET['x']); ?>", "a program rather than a document"),
    "a web page": (b"\n<!DOCTYPE html><script>alert(1)</script>", "This is a web page"),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "This is a drawing"),
    "XML": (b'<?xml version="1.0"?><x/>', "a file for programs"),
    "RTF": (b"{\\rtf1 Joan}", "This is an RTF file"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "older Office format"),
    "DOCX behind a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "asks for a password",
    ),
    "HEIC": (b"\x00\x00\x00\x18ftypheic" + bytes(100), "This is a HEIC photo"),
    "a video": (b"\x00\x00\x00\x18ftypisom" + bytes(100), "This is a video"),
    "GIF": (b"GIF89a" + bytes(100), "a kind of picture we can’t show"),
    "an archive": (papers.archive({"resume.pdf": papers.pdf(["Joan"])}), "an archive with files in it"),
    "a spreadsheet": (papers.archive({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}), "a spreadsheet"),
    "a Pages document": (papers.archive({"Index/Document.iwa": "x"}), "This is a Pages document"),
    "noise": (bytes(range(256)) * 40, "can’t read this kind of file"),
    "a broken PDF": (b"%PDF-1.7\n" + bytes(500), "could not open this file"),
    "half a PDF": (papers.pdf(["Joan"])[:100], "could not open this file"),
    "a PDF of 200 pages": (papers.pdf(*[["x"]] * 200), "has 200 pages; we read up to 30"),
    "a PDF without pages": (papers.pdf(), "could not open this file"),
    "an encrypted PDF": (papers.locked_pdf(["Joan"]), "choose Print, then “Save as PDF”"),
    "a text of nothing": (b" \n \n", "nothing to read"),
    "a broken picture": (papers.picture("PNG")[:20], "could not open this file"),
    "a picture of 100 megapixels": (papers.picture("PNG", size=(10_000, 10_000)), "larger than we can show"),
    "a DOCX bomb": (dense_archive(), "unpacks to far more"),
    "a DOCX of 3,000 entries": (crowded_archive(), "unpacks to far more"),
    "a DOCX with a link to elsewhere": (archive_with("word/link", stat.S_IFLNK | 0o777), "could not open this file"),
    "a DOCX that climbs out": (archive_with("../../evil"), "could not open this file"),
    "half a DOCX": (WORD[: len(WORD) // 2], "could not open this file"),
    "a DOCX that is no XML": (papers.altered(WORD, {"word/document.xml": "<w"}), "could not open this file"),
    "a DOCX with macros": (papers.altered(WORD, {"word/vbaProject.bin": b"x"}), "macros in this file"),
    "a DOCX with entities": (word_xml(DTD.format(address="file:///etc/passwd"), "&canary;"), "points at other files"),
    "a DOCX of laughs": (word_xml(LAUGHS, "&c;"), "points at other files"),
    "an ODT with entities": (
        papers.odt("<text:p>&canary;</text:p>", head=DTD.format(address="file:///etc/passwd")),
        "points at other files",
    ),
    "an ODT behind a password": (
        papers.altered(papers.odt(""), {"META-INF/manifest.xml": "<m><manifest:encryption-data/></m>"}),
        "asks for a password",
    ),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_it_is_refused_in_words_that_help(what: str) -> None:
    data, sentence = HOSTILE[what]

    assert sentence in refusal(data)


@pytest.mark.parametrize("scheme", ["file", "http"])
@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_nothing_a_document_names_is_opened(scheme: str, kind: str, tmp_path: Path) -> None:
    listener = Listener()
    canary = tmp_path / "canary"
    canary.write_text(CANARY)
    address = f"http://127.0.0.1:{listener.port}/x" if scheme == "http" else canary.as_uri()
    head = DTD.format(address=address)
    data = word_xml(head, "&canary;") if kind == "docx" else papers.odt("<text:p>&canary;</text:p>", head=head)

    said = refusal(data)

    listener.close()
    assert listener.visits == 0
    assert CANARY not in said


def test_what_a_pdf_would_run_is_only_looked_at(tmp_path: Path) -> None:
    listener = Listener()
    address = f"http://127.0.0.1:{listener.port}/x"
    launch = (
        f"/OpenAction << /S /JavaScript /JS (app.launchURL\\('{address}'\\)) >> "
        f"/AA << /WC << /S /URI /URI ({address}) >> >>"
    )
    source = tmp_path / "source"
    source.write_bytes(papers.pdf(["Joan Clarke"], extra=launch))
    (tmp_path / "rendered").mkdir()

    made = reading.render(source, tmp_path / "rendered")

    listener.close()
    assert listener.visits == 0
    assert made.content == [{"page": 1, "text": "Joan Clarke"}]


def test_a_bomb_is_refused_quickly() -> None:
    started = time.monotonic()

    refusal(dense_archive())

    assert time.monotonic() - started < 10


NAMES = {
    "../../etc/passwd": "passwd",
    "C:\\Users\\Joan\\CV.pdf": "CV.pdf",
    "cv\x00.pdf": "cv.pdf",
    "cv\u202efdp.exe": "cvfdp.exe",
    "cv\r\nContent-Type: text/html.pdf": "cvContent-Type: text/html.pdf".rpartition("/")[2],
    "CON": "CON",
    "résumé 🎉.pdf": "résumé 🎉.pdf",
    "   spaced   out .pdf ": "spaced out .pdf",
    "..": "document",
    "/": "document",
    "\ud800.pdf": "pdf",
    "x" * 4096 + ".pdf": "x" * 156 + ".pdf",
    "x." + "y" * 4096: "x." + "y" * 11,
}


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_name_is_only_ever_shown(name: str) -> None:
    assert documents.shown_name(name) == NAMES[name]


def mutated(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at, length = chance.randrange(len(changed)), chance.choice([1, 1, 4, 64])
        kind = chance.randrange(4)
        if kind == 0:
            changed[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del changed[at : at + length]
        elif kind == 2:
            changed[at:at] = changed[at : at + length]
        else:
            changed[at : at + length] = chance.randbytes(length)
    return bytes(changed)


SOUND = {
    "pdf": papers.pdf(["Joan Clarke"], ["Support lead"]),
    "docx": WORD,
    "odt": papers.odt("<text:p>Joan</text:p>"),
    "jpeg": papers.picture("JPEG"),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", SOUND)
def test_damaged_documents_are_read_or_refused(kind: str, tmp_path: Path) -> None:
    outcomes: Counter[str] = Counter()
    for number in range(EACH):
        seed = f"{SEED}-{kind}-{number}"
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "source").write_bytes(mutated(SOUND[kind], random.Random(seed)))  # noqa: S311 (replayable)
        try:
            reading.render(folder / "source", folder)
            outcomes["read"] += 1
        except reading.FlawedError:
            outcomes["refused"] += 1
        except untrusted.UntrustedError as error:
            pytest.fail(f"seed {seed}: {error!r} {error.stderr}")

    assert sum(outcomes.values()) == EACH
