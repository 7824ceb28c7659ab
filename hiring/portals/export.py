"""A list of candidates as CSV (RFC 4180), safe to open in a spreadsheet."""

import csv
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hiring.portals import standings
from hiring.portals.lines import Line

AT_ONCE = 500
MARK = "\ufeff"  # Excel reads a file without it in the encoding of some decades ago
# A cell that begins so is a formula to a spreadsheet, which runs it: typed by a stranger, it reads the reader's data.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "−")
BLANKS = " \u00a0\u2007\u202f\u3000\ufeff"


class Echo:
    """A file that hands back what is written to it, for ``csv`` to write one line at a time."""

    def write(self, line: str) -> str:
        return line


def cell(value: object) -> str:
    """``value`` as text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value).replace("\0", "")
    return f"'{text}" if text.lstrip(BLANKS).startswith(FORMULA) else text


def lines(rows: QuerySet[Any], *, cards_needed: int) -> Iterator[str]:
    """The head and a line for each of ``rows``, newest first, read from the database as they are written."""
    writer = csv.writer(Echo())
    yield MARK + writer.writerow(_head())
    now, told = timezone.now(), standings.described(rows.order_by().values("pk"), cards_needed=cards_needed)
    for row in told.order_by("-created_at", "pk").iterator(chunk_size=AT_ONCE):
        yield writer.writerow([cell(value) for value in _cells(Line(row, now))])


def _head() -> list[str]:
    return [
        *(_("Name"), _("E-mail"), _("Phone"), _("Profile"), _("Stage"), _("Standing"), _("Days in stage")),
        *(_("Scorecards"), _("To notice"), _("Where they found us"), _("Applied on"), _("Closed on")),
    ]


def _cells(line: Line) -> list[object]:
    row, candidate = line.application, line.application.candidate
    return [
        candidate.name,
        candidate.email,
        candidate.phone,
        candidate.profile_url,
        row.stage.name,
        line.standing.words,
        line.days,
        row.cards_in if row.submitted_at else None,
        "; ".join(str(flag.words) for flag in line.flags),
        row.source,
        timezone.localdate(row.created_at),
        timezone.localdate(row.closed_at) if row.closed_at else None,
    ]
