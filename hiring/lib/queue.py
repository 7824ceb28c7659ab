"""The queue is a hint: the row says what is due, a sweep finds whatever a lost hint leaves lying."""

from __future__ import annotations  # Celery's Task takes no parameters at run time

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

if TYPE_CHECKING:
    from celery import Task


def hint(task: Task[Any, Any], row: UUID) -> None:
    """Once this transaction commits, tell a worker about ``row``. A broker that is away is logged, never raised."""

    def enqueue() -> None:  # not a partial: Django logs the name of a callback that failed, and a partial has none
        task.apply_async((str(row),))

    transaction.on_commit(enqueue, robust=True)
