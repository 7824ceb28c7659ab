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
LONGEST_CURSOR = 200


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows, newest first, and the cursors of the pages beside them (empty where there is none)."""

    rows: list[Row]
    newer: str
    older: str


def page(rows: QuerySet[Row], *, cursor: str = "", size: int = SIZE) -> Page[Row]:
    """At most ``size`` of ``rows``, by ``created_at`` then id, from where ``cursor`` points: one query.

    A cursor nobody gave out means the first page.
    """
    backwards, place = _read(cursor)
    order = ("created_at", "pk") if backwards else ("-created_at", "-pk")
    found = list(_from(rows, place, backwards=backwards).order_by(*order)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page([], "", "")
    return Page(
        found,
        newer=_write(">", found[0]) if (more if backwards else place is not None) else "",
        older=_write("<", found[-1]) if backwards or more else "",
    )


def _from(rows: QuerySet[Row], place: tuple[datetime, UUID] | None, *, backwards: bool) -> QuerySet[Row]:
    if place is None:
        return rows
    at, pk = place
    if backwards:
        return rows.filter(Q(created_at__gt=at) | Q(created_at=at, pk__gt=pk))
    return rows.filter(Q(created_at__lt=at) | Q(created_at=at, pk__lt=pk))


def _write(direction: str, row: Any) -> str:
    return base64.urlsafe_b64encode(f"{direction}{row.created_at.isoformat()}|{row.pk}".encode()).decode()


def _read(cursor: str) -> tuple[bool, tuple[datetime, UUID] | None]:
    if not cursor or len(cursor) > LONGEST_CURSOR:
        return False, None
    try:
        text = base64.urlsafe_b64decode(cursor.encode()).decode()
        at, _separator, pk = text[1:].partition("|")
        moment, row = datetime.fromisoformat(at), UUID(pk)
    except (binascii.Error, ValueError):
        return False, None
    if moment.tzinfo is None:
        return False, None
    return text[0] == ">", (moment, row)
