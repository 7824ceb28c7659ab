"""Real PostgreSQL, Valkey and S3 for the tests, started before Django reads its settings.

Each run claims the first free numbered folder below ``.local/test/``, so that two runs do not disturb each other. The
cluster in it, with its migrated databases, serves the next run too, as long as the migrations are the same and the last
run ended in order. A service whose variable is set already is used as it is. Under xdist the controller starts the
services and the workers share them: each has a database (pytest-django's doing), a Valkey database and a bucket.
"""

import atexit
import fcntl
import hashlib
import itertools
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO

from hiring.runtime.services import ObjectStore, Postgres, Service, Valkey, ports

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ROOT / ".local" / "test"
FOLDER_VARIABLE = "CALLBACK_TEST_FOLDER"  # how the workers learn which one the controller claimed

_running: list[Service] = []
_lock: IO[str] | None = None


def start() -> None:
    """Spawn what is not there yet and put the addresses into the environment. ``wait`` before the first use."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if not worker:
        folder = claim()
        os.environ[FOLDER_VARIABLE] = str(folder)
        atexit.register(stop)
        for service in missing(folder):
            service.start()
            _running.append(service)
            os.environ.update(service.environment)
    number = int(worker.removeprefix("gw") or 0)
    os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rpartition('/')[0]}/{number}"
    os.environ["S3_BUCKET"] = f"callback-test-{number}"


def missing(folder: Path) -> list[Service]:
    """The services no variable points at, on free ports, writing below ``folder``."""
    postgres_port, valkey_port, *store_ports = ports.free(2 + ObjectStore.PORTS)
    found: list[Service] = []
    if "DATABASE_URL" not in os.environ:
        if not is_reusable(folder):
            shutil.rmtree(folder / "postgres", ignore_errors=True)
        (folder / "reusable").unlink(missing_ok=True)
        found.append(Postgres(folder / "postgres", port=postgres_port, durable=False))
    if "REDIS_URL" not in os.environ:
        found.append(Valkey(folder / "valkey", port=valkey_port))
    if "S3_ENDPOINT_URL" not in os.environ:
        shutil.rmtree(folder / "s3", ignore_errors=True)
        store = ObjectStore(folder / "s3", ports=store_ports)
        store.child.patience = 0  # its polite end takes seconds, and nothing here is worth them
        found.append(store)
    return found


def wait() -> None:
    """Until every service this process started answers."""
    for service in _running:
        service.wait()


def spoil() -> None:
    """Say that the databases were changed outside a transaction: the next run must not start from them."""
    (Path(os.environ[FOLDER_VARIABLE]) / "spoiled").touch()


def stop() -> None:
    """End what this process started; nothing keeps running, the cluster stays below ``.local/test/``."""
    atexit.unregister(stop)
    folder = Path(os.environ[FOLDER_VARIABLE])
    while _running:
        service = _running.pop()
        service.stop()
        if isinstance(service, Postgres) and not (folder / "spoiled").exists():
            (folder / "reusable").write_text(fingerprint(), encoding="ascii")
    if _lock is not None:
        _lock.close()


def claim() -> Path:
    """Lock the first free folder until ``stop``."""
    global _lock  # noqa: PLW0603 (a lock lives as long as its open file)
    for number in itertools.count():
        folder = FOLDERS / str(number)
        folder.mkdir(parents=True, exist_ok=True)
        _lock = (folder / "lock").open("w", encoding="ascii")
        try:
            fcntl.flock(_lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _lock.close()
            continue
        (folder / "spoiled").unlink(missing_ok=True)
        return folder
    raise AssertionError("unreachable: there is always another number")


def is_reusable(folder: Path) -> bool:
    kept = folder / "reusable"
    return kept.exists() and kept.read_text(encoding="ascii") == fingerprint()


def fingerprint() -> str:
    """Of every migration of this project: databases made by other ones are not used again."""
    digest = hashlib.sha256()
    for path in sorted(ROOT.glob("*/migrations/*.py")) + sorted(ROOT.glob("hiring/*/migrations/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def run(argv: list[str]) -> int:
    """Run a command with the services up, in the settings of the tests; its exit code."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "hiring.settings.test"
    start()
    try:
        wait()
        return subprocess.run(argv, check=False).returncode
    finally:
        stop()


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
