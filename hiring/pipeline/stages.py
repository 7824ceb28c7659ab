"""How the pipeline reaches the stages without importing them: by the list ``HIRING_STAGES`` in the settings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from hiring.lib.actors import Actor
from hiring.lib.errors import Refusal
from hiring.pipeline.models import Application, JobStage

if TYPE_CHECKING:
    from hiring.pipeline.transitions import Move


class GateClosed(Refusal):
    """Not enough is known to move on; with a reason it can still be done, and everybody can read that it was."""

    code = "gate_closed"


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
    name: str | Promise  # what a new stage of this kind is called

    def open(self, application: Application, *, by: Actor, note: str = "") -> None:
        """Let ``application``, which has just come in, begin here. ``note`` is a personal word to the candidate.

        Raises a ``Refusal`` where it cannot begin; then it does not come in.
        """
        ...

    def check(self, application: Application) -> None:
        """The gate: raises ``GateClosed`` while something is missing for ``application`` to move on, or to be hired.

        Changes nothing.
        """
        ...

    def close(self, application: Application, step: Move, *, by: Actor) -> None:
        """End what goes on here, since ``application`` leaves by ``step``."""
        ...

    def next_step(self, application: Application) -> Step | None:
        """What waits for the candidate of ``application`` in this stage, or ``None`` when nothing does."""
        ...

    def promise(self, stage: JobStage) -> str:
        """What candidates can expect of ``stage``, in a line, as a job's page tells it."""
        ...


@cache
def all_kinds() -> dict[str, Stage]:
    return {kind: import_string(path)() for kind, path in settings.HIRING_STAGES.items()}


def of(application: Application) -> Stage:
    """The stage object for where ``application`` stands. Raises ``KeyError`` for a kind nobody registered."""
    return all_kinds()[application.stage.kind]


def promise(stage: JobStage) -> str:
    """What candidates can expect of ``stage``, in a line."""
    return all_kinds()[stage.kind].promise(stage)


def kinds() -> Iterable[str]:
    return all_kinds().keys()
