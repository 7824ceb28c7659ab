"""PostgreSQL, Valkey and an S3 store as Python wheels, for a machine that has none of them.

Each service has ``start()`` (spawns and returns), ``wait()`` (until it answers a real question) and ``stop()``, keeps
everything it writes below one folder, listens on 127.0.0.1 only, and names the variables that lead to it in
``environment``.
"""

from collections.abc import Sequence
from typing import Protocol

from hiring.runtime.services.objects import ObjectStore
from hiring.runtime.services.postgres import Postgres
from hiring.runtime.services.process import Child, ServiceError
from hiring.runtime.services.valkey import Valkey

__all__ = ["Child", "ObjectStore", "Postgres", "Service", "ServiceError", "Valkey"]


class Service(Protocol):
    """What the supervisor and the tests need of a service."""

    child: Child
    ports: Sequence[int]

    @property
    def environment(self) -> dict[str, str]: ...

    def start(self) -> None: ...

    def wait(self, timeout: float = 30) -> None: ...

    def stop(self) -> None: ...
