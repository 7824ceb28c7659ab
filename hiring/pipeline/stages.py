"""How the pipeline reaches the stages without importing them: by the list ``HIRING_STAGES`` in the settings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, reduce
from operator import or_
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from hiring.accounts.models import User
from hiring.lib.actors import Actor
from hiring.lib.errors import Refusal
from hiring.pipeline.models import Application, JobStage

if TYPE_CHECKING:
    from hiring.pipeline.transitions import Move


class GateClosed(Refusal):
    """Not enough is known to move on; with a reason it can still be done, and everybody can read that it was."""

    code = "gate_closed"


class NotYet(GateClosed):
    """What people would judge has not happened, which tells nothing of anybody's judgement."""


@dataclass(frozen=True)
class Step:
    """What the candidate can do next, as their home page says it."""

    title: str | Promise
    text: str | Promise
    url: str = ""
    action: str | Promise = ""
    due_at: datetime | None = None


@dataclass(frozen=True)
class Material:
    """Something a candidate handed in, for whoever meets them. ``url`` is its page, ``part`` the id of what is shown of
    it in place, looking as ``styles`` (a static file) says."""

    title: str | Promise
    text: str
    url: str
    part: str
    styles: str


class Stage(Protocol):
    """What a slice tells the pipeline about its kind of stage."""

    kind: str
    name: str | Promise  # what a new stage of this kind is called
    is_scored: bool  # whether people hand in scorecards here

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

    def met_by(self, user: User) -> QuerySet[Application]:
        """The open applications whose candidates ``user`` is to meet in a stage of this kind, or has met there."""
        ...

    def materials(self, application: Application) -> list[Material]:
        """What the candidate handed in here that helps to meet them: never what anybody thought of it."""
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


def met_by(user: User) -> QuerySet[Application]:
    """The open applications whose candidates ``user`` meets: they may read what these handed in."""
    met = [Q(pk__in=stage.met_by(user).values("pk")) for stage in all_kinds().values()]
    return Application.objects.filter(reduce(or_, met))


def materials(application: Application) -> list[Material]:
    """What the candidate handed in anywhere, for whoever meets them."""
    return [found for stage in all_kinds().values() for found in stage.materials(application)]


def kinds() -> Iterable[str]:
    return all_kinds().keys()
