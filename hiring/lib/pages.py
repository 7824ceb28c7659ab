"""Cursor pages: a list cut where the last reader's page ended, so that rows arriving meanwhile move nothing."""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet

Row = TypeVar("Row", bound=models.Model)

SIZE = 50
LONGEST_CURSOR = 1000


@dataclass(frozen=True)
class Order:
    """By what rows are listed: a field of theirs that is never null, a moment unless ``is_text``."""

    field: str = "created_at"
    descending: bool = True
    is_text: bool = False

    def read(self, text: str) -> datetime | str:
        """The value a cursor carries. Raises ``ValueError`` for one nobody wrote."""
        if self.is_text:
            return text
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise ValueError(text)
        return moment

    def value(self, row: Any) -> str:
        for name in self.field.split("__"):
            row = getattr(row, name)
        return row if self.is_text else str(row.isoformat())


NEWEST = Order()


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows in their order, and the cursors of the pages before and after (empty where there is none)."""

    rows: list[Row]
    newer: str
    older: str


def page(rows: QuerySet[Row], *, cursor: str = "", size: int = SIZE, order: Order = NEWEST) -> Page[Row]:
    """At most ``size`` of ``rows``, by ``order`` then id, from where ``cursor`` points: one query.

    A cursor nobody gave out means the first page.
    """
    backwards, place = _read(cursor, order)
    descending = order.descending is not backwards
    sign = "-" if descending else ""
    found = list(_from(rows, place, order, descending=descending).order_by(sign + order.field, f"{sign}pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page([], "", "")
    return Page(
        found,
        newer=_write(">", found[0], order) if (more if backwards else place is not None) else "",
        older=_write("<", found[-1], order) if backwards or more else "",
    )


def _from(
    rows: QuerySet[Row], place: tuple[datetime | str, UUID] | None, order: Order, *, descending: bool
) -> QuerySet[Row]:
    if place is None:
        return rows
    value, pk = place
    beyond = "lt" if descending else "gt"
    at_once = Q(**{order.field: value, f"pk__{beyond}": pk})
    return rows.filter(Q(**{f"{order.field}__{beyond}": value}) | at_once)


def _write(direction: str, row: Any, order: Order) -> str:
    return base64.urlsafe_b64encode(f"{direction}{order.value(row)}|{row.pk}".encode()).decode()


def _read(cursor: str, order: Order) -> tuple[bool, tuple[datetime | str, UUID] | None]:
    if not cursor or len(cursor) > LONGEST_CURSOR:
        return False, None
    try:
        text = base64.urlsafe_b64decode(cursor.encode()).decode()
        value, _separator, pk = text[1:].rpartition("|")
        place = order.read(value), UUID(pk)
    except (binascii.Error, ValueError):
        return False, None
    if "\0" in value:
        return False, None
    return text[0] == ">", place
