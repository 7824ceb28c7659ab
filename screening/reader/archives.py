"""DOCX and ODT are ZIP archives of XML: what must hold before anything in one is unpacked."""

import stat
import zipfile
import zlib
from pathlib import Path
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import defusedxml.sax
from defusedxml import DefusedXmlException

from screening.reader import limits
from screening.reader.flaws import Flawed

CONTENT_TYPES = "[Content_Types].xml"
WORD = b"wordprocessingml.document.main+xml"
MACROS = b"macroEnabled"
ODT_MIME = b"application/vnd.oasis.opendocument.text"
ENCRYPTED_FLAG = 0x1
XML_SUFFIXES = (".xml", ".rels")


def kind_of(path: Path) -> str:
    """``docx`` or ``odt``, checked. Raises ``Flawed``."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(archive, path.stat().st_size)
            kind = _kind(archive)
            _check_markup(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise Flawed("damaged") from error
    return kind


def _check_sizes(archive: zipfile.ZipFile, size: int) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    is_bomb = (
        len(entries) > limits.ENTRIES
        or unpacked > limits.UNPACKED_BYTES
        or packed > size  # entries that overlap
        or any(_is_dense(entry) for entry in entries)
    )
    if is_bomb:
        raise Flawed("bomb")
    if any(stat.S_ISLNK(entry.external_attr >> 16) or _leads_out(entry.filename) for entry in entries):
        raise Flawed("damaged")
    if any(entry.flag_bits & ENCRYPTED_FLAG for entry in entries):
        raise Flawed("encrypted", found="archive")


def _is_dense(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > limits.RATIO_FROM_BYTES and entry.file_size > limits.RATIO * max(entry.compress_size, 1)


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name


def _kind(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if CONTENT_TYPES in names:
        types = archive.read(CONTENT_TYPES)
        if MACROS in types or any(name.endswith("vbaProject.bin") for name in names):
            raise Flawed("macros")
        if WORD in types:
            return "docx"
    if "mimetype" in names and "content.xml" in names and archive.read("mimetype").strip() == ODT_MIME:
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise Flawed("encrypted", found="odt")
        return "odt"
    raise Flawed("type", found=_other(names))


def _other(names: set[str]) -> str:
    folders = {name.partition("/")[0] for name in names}
    known = (("xl", "spreadsheet"), ("ppt", "presentation"), ("Index", "pages"), ("Index.zip", "pages"))
    return next((found for folder, found in known if folder in folders), "archive")


def _check_markup(archive: zipfile.ZipFile) -> None:
    """Every piece of XML is well formed and declares nothing: no entities, no pointer to another file."""
    read = 0
    for entry in archive.infolist():
        if not entry.filename.endswith(XML_SUFFIXES):
            continue
        read += entry.file_size
        if read > limits.XML_BYTES:
            raise Flawed("bomb")
        try:
            defusedxml.sax.parseString(archive.read(entry), ContentHandler(), forbid_dtd=True)
        except DefusedXmlException as error:
            raise Flawed("entities") from error
        except SAXException as error:
            raise Flawed("damaged") from error
