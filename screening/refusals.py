"""Why a file was not taken, in words that help: what it is, and what to send instead. Nobody is blamed."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hiring.lib.errors import Refusal

MEGABYTES = 10
LARGEST = MEGABYTES * 1024 * 1024


class DocumentRefused(Refusal):
    """This file cannot be taken. ``detail["flaw"]`` is a key of ``SENTENCES``."""

    code = "document_refused"


class NotStored(Refusal):
    """The store was away for a moment; nothing was kept."""

    code = "document_not_stored"


class EnoughDocuments(Refusal):
    code = "enough_documents"


SENTENCES: dict[str, str | Promise] = {
    "empty": _("This file is empty: there is nothing in it yet. Please choose it again, or save it once more."),
    "large": _("This file is larger than %(limit)d MB. Saving it as a PDF, or with smaller pictures, usually helps."),
    "type": _(
        "We can’t read this kind of file. Please send a PDF, DOCX, ODT or TXT file, or a PNG, JPEG or WebP picture."
    ),
    "encrypted": _(
        "This file asks for a password, so nobody here could read it. Open it, choose Print, then “Save as PDF”: "
        "the copy opens without a password."
    ),
    "damaged": _("We could not open this file; it may not have been saved completely. Please save it again as a PDF."),
    "slow": _("Opening this file took too long. Please save it as a PDF, or try once more in a minute."),
    "blank": _("We found nothing to read in this file. Please look whether it is the right one."),
    "pages": _("This file has %(pages)d pages; we read up to %(limit)d. Please send the pages that matter most."),
    "bomb": _("This file unpacks to far more than a résumé needs. Please open it and save it as a PDF."),
    "entities": _("This file points at other files, which we never open. Please open it and save it as a PDF."),
    "macros": _(
        "There are macros in this file, which we never run. Please save it as a PDF, or as DOCX without macros."
    ),
    "pixels": _("This picture is larger than we can show. Please send a smaller copy, or a PDF."),
}
# What a file of the wrong type seems to be instead, where that tells what to do.
INSTEAD: dict[str, str | Promise] = {
    "program": _("This is a program rather than a document, whatever it is called. Please send your résumé as a PDF."),
    "web_page": _("This is a web page. Open it, choose Print, then “Save as PDF”, and send that."),
    "markup": _("This is a file for programs to read. Please send your résumé as a PDF."),
    "drawing": _("This is a drawing. Please export it as a PDF, and send that."),
    "rtf": _("This is an RTF file. Please save it as PDF or DOCX, and send that."),
    "old_office": _("This is a file in an older Office format. Please save it as PDF or DOCX, and send that."),
    "damaged_pdf": _(
        "We could not open this file; it may not have been saved completely. Please save it again as a PDF."
    ),
    "heic": _(
        "This is a HEIC photo, as iPhones take them. Please send it as JPEG: in Photos, choose Share, then Options."
    ),
    "picture": _("This is a kind of picture we can’t show. Please send it as PNG or JPEG, or as a PDF."),
    "video": _("This is a video. Please send your résumé as a document; the video part comes later."),
    "audio": _("This is a sound recording. Please send your résumé as a document."),
    "spreadsheet": _("This is a spreadsheet. Please save it as a PDF, and send that."),
    "presentation": _("This is a presentation. Please save it as a PDF, and send that."),
    "pages": _("This is a Pages document. In Pages, choose File, Export To, PDF, and send that."),
    "archive": _("This is an archive with files in it. Please send your résumé itself, as a PDF for example."),
}


def of(flaw: str, **facts: Any) -> DocumentRefused:
    """The refusal for ``flaw``, with its sentence filled in."""
    sentence = INSTEAD.get(facts.get("found", ""), SENTENCES[flaw]) if flaw == "type" else SENTENCES[flaw]
    return DocumentRefused(str(sentence) % facts if "%(" in str(sentence) else sentence, flaw=flaw)
