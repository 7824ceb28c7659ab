"""Where everything stands on this machine: ports beside ``PORT``, files below one folder."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hiring.runtime.services import ObjectStore, ServiceError, ports

DEFAULT_PORT = 8000
LOWEST, HIGHEST = 1024, 65_500
ROOM = 1_000_000_000  # bytes: a demo company with its recordings, and some to work with
TAKES = 3 + ObjectStore.PORTS  # web, PostgreSQL, Valkey and the store


@dataclass(frozen=True)
class Layout:
    """``port`` is the web server's; the services take the ones after it."""

    root: Path
    folder: Path
    port: int = DEFAULT_PORT

    @property
    def postgres_port(self) -> int:
        return self.port + 1

    @property
    def valkey_port(self) -> int:
        return self.port + 2

    @property
    def store_ports(self) -> list[int]:
        return list(range(self.port + 3, self.port + TAKES))

    @property
    def logs(self) -> Path:
        return self.folder / "log"

    @property
    def addresses(self) -> Path:
        """A file of variables that other commands read (hiring.settings.dev) to find what runs here."""
        return self.folder / "env"

    @property
    def home(self) -> str:
        return f"http://localhost:{self.port}"


def read_port(word: str) -> int:
    """The web server's port. Raises ``ServiceError`` when ``word`` is not one that leaves room for the others."""
    if not word.isdecimal() or not LOWEST <= int(word) <= HIGHEST:
        raise ServiceError(f"PORT must be a number from {LOWEST} to {HIGHEST}, not {word!r}.")
    return int(word)


def require_free(wanted: dict[int, str]) -> None:
    """Raise ``ServiceError`` naming the first port that somebody else listens on."""
    for port, name in wanted.items():
        if not ports.is_free(port):
            raise ServiceError(
                f"Port {port}, which {name} needs, is taken by another program. "
                f"Stop that one, or choose other ports: PORT={DEFAULT_PORT + 100} make run"
            )


def require_room(folder: Path, *, room: int = ROOM) -> None:
    """Raise ``ServiceError`` when ``folder`` cannot be written to, or its disk has less than ``room`` bytes left."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ServiceError(f"Nothing can be written below {folder}: {error.strerror}.") from None
    disk = os.statvfs(folder)
    left = disk.f_bavail * disk.f_frsize
    if left < room:
        raise ServiceError(
            f"The disk is nearly full: {left // 1_000_000:,} MB left for {folder}, {room // 1_000_000:,} MB needed."
        )
