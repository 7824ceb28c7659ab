"""Who did it: a user, a candidate or the system, stored as kind and id."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


class Actor(Protocol):
    """Anything that can be named as the doer of an operation: ``User``, ``Candidate`` and ``SYSTEM``."""

    @property
    def actor_kind(self) -> str: ...

    @property
    def actor_id(self) -> UUID | None: ...


@dataclass(frozen=True)
class System:
    """The product acting by itself: a sweep, a reminder, a worker."""

    actor_kind: str = "system"
    actor_id: UUID | None = None


SYSTEM = System()
