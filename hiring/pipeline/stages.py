"""How the pipeline reaches the stages without importing them: by the list ``HIRING_STAGES`` in the settings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from hiring.pipeline.models import Application


@dataclass(frozen=True)
class Step:
    """What the candidate can do next, as their home page says it."""

    title: str | Promise
    text: str | Promise
    url: str = ""
    action: str | Promise = ""
    due_at: datetime | None = None


class Stage(Protocol):
    """What a slice tells the pipeline about its kind of stage."""

    kind: str

    def next_step(self, application: Application) -> Step | None:
        """What waits for the candidate of ``application`` in this stage, or ``None`` when nothing does."""
        ...


@cache
def all_kinds() -> dict[str, Stage]:
    return {kind: import_string(path)() for kind, path in settings.HIRING_STAGES.items()}


def of(application: Application) -> Stage:
    """The stage object for where ``application`` stands. Raises ``KeyError`` for a kind nobody registered."""
    return all_kinds()[application.stage.kind]


def kinds() -> Iterable[str]:
    return all_kinds().keys()
