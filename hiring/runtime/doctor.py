"""Every question worth asking when something does not work, each answered with what to do about it."""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen
from uuid import uuid4

import redis
from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from kombu.exceptions import OperationalError

from hiring.accounts import setup_key
from hiring.accounts.operations import needs_first_run
from hiring.celery import app
from hiring.lib import storage
from hiring.runtime import health
from hiring.runtime.health import Finding, first_line
from hiring.runtime.layout import ROOM

PYTHONS = ((3, 11), (3, 13))
OLDEST_FFMPEG = 5
SHORTEST_SECRET = 50
QUEUES = {"default", "mail", "media"}
PATIENCE_FOR_WORKERS = 3.0  # seconds; a worker in the middle of a recording answers between two tasks of its pool


def findings() -> Iterator[Finding]:
    """One after the other, so that each shows as it is found. What cannot be asked without another is left out."""
    yield python()
    yield ffmpeg()
    yield disk()
    yield secret_key()
    yield mail()
    database = health.database()
    yield database
    if database.is_well:
        applied = migrations()
        yield applied
        if applied.is_well and needs_first_run():
            yield Finding("first run", how_to_begin())
    valkey = health.valkey()
    yield valkey
    store = health.object_store()
    yield store
    if store.is_well:
        yield round_trip()
        yield uploads_from_pages()
    if valkey.is_well:
        yield workers()


def python() -> Finding:
    version = sys.version_info[:2]
    detail = ".".join(map(str, version))
    if PYTHONS[0] <= version <= PYTHONS[1]:
        return Finding("python", detail)
    return Finding("python", detail, "Python 3.11 to 3.13 is what it is tested with: PYTHON=python3.13 make setup.")


def ffmpeg() -> Finding:
    fix = f"Install ffmpeg {OLDEST_FFMPEG} or newer, with ffprobe: recordings cannot be made playable without it."
    if shutil.which("ffmpeg") is None or shutil.which("ffprobe") is None:
        return Finding("ffmpeg", "not found", fix)
    said = subprocess.run(["ffmpeg", "-version"], capture_output=True, text=True, check=False, timeout=10).stdout
    version = re.match(r"ffmpeg version n?(\d+)\S*", said)
    if version is None:  # built from a commit: newer than any release we know
        return Finding("ffmpeg", said.partition(" Copyright")[0] or "says no version")
    return Finding("ffmpeg", version[0].split()[-1], "" if int(version[1]) >= OLDEST_FFMPEG else fix)


def disk() -> Finding:
    folder = tempfile.gettempdir()
    left = shutil.disk_usage(folder).free
    detail = f"{left // 1_000_000:,} MB left in {folder}"
    return Finding("disk", detail, "" if left >= ROOM else "Make room: a recording is put together there.")


def secret_key() -> Finding:
    length = len(settings.SECRET_KEY)
    if length >= SHORTEST_SECRET:
        return Finding("secret key", f"{length} characters")
    return Finding("secret key", f"only {length} characters", "Set SECRET_KEY to 50 or more random characters.")


def mail() -> Finding:
    if settings.EMAIL_URL:
        return Finding("mail", f"through {settings.EMAIL_HOST}, from {settings.DEFAULT_FROM_EMAIL}")
    return Finding("mail", "no server (EMAIL_URL): messages are kept and can be read on screen")


def migrations() -> Finding:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not waiting:
        return Finding("migrations", "all applied")
    return Finding("migrations", f"{len(waiting)} not applied", "Type: python manage.py prepare")


def how_to_begin() -> str:
    """For whoever installed this, at their terminal: where the first admin signs up, and with which key."""
    words = f"nobody works here yet; begin at {settings.BASE_URL}{reverse('welcome')}"
    return f"{words} with the setup key {setup_key.key()}" if setup_key.is_needed() else words


def round_trip() -> Finding:
    """Put an object, read it back, delete it."""
    key = f"doctor/{uuid4()}"
    with tempfile.NamedTemporaryFile() as file:
        file.write(key.encode())
        file.flush()
        try:
            storage.put_file(key, Path(file.name), content_type=storage.OCTETS)
            same = storage.read(key) == key.encode()
            storage.delete([key])
        except storage.StorageError as error:
            return Finding("recordings", first_line(error), "May S3_ACCESS_KEY write, read and delete in the bucket?")
    return Finding("recordings", "can be put, read and deleted", "" if same else "The store returned other bytes.")


def uploads_from_pages() -> Finding:
    """Ask the store what a browser asks before it sends a recording from one of our pages."""
    upload = storage.presign_put(f"doctor/{uuid4()}", size=1, sha256="00" * 32)
    asked = {
        "Origin": settings.BASE_URL,
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": ",".join(sorted(name.lower() for name in upload.headers)),
    }
    fix = (
        "Is S3_PUBLIC_URL what browsers reach it by? Then: python manage.py prepare (it sets the bucket's CORS rules)."
    )
    try:
        question = Request(upload.url, headers=asked, method="OPTIONS")  # noqa: S310 (a setting, not a person, names it)
        with urlopen(question, timeout=5) as answer:  # noqa: S310 (the same)
            allowed = answer.headers.get("Access-Control-Allow-Origin", "")
    except HTTPError as error:
        return Finding("uploads", f"{settings.S3_PUBLIC_URL} refuses pages of {settings.BASE_URL} ({error.code})", fix)
    except (URLError, TimeoutError) as error:
        return Finding("uploads", f"{settings.S3_PUBLIC_URL}: {first_line(error)}", fix)
    if allowed in {settings.BASE_URL, "*"}:
        return Finding("uploads", f"pages of {settings.BASE_URL} may send to {settings.S3_PUBLIC_URL}")
    return Finding("uploads", f"{settings.S3_PUBLIC_URL} does not name {settings.BASE_URL}", fix)


def workers() -> Finding:
    try:
        answers = app.control.inspect(timeout=PATIENCE_FOR_WORKERS).active_queues() or {}
    except (OperationalError, redis.RedisError) as error:
        return Finding("workers", first_line(error), "Is Valkey running? REDIS_URL says where it should be.")
    served = {queue["name"] for queues in answers.values() for queue in queues}
    missing = sorted(QUEUES - served)
    if missing:
        return Finding(
            "workers", f"none answers for {', '.join(missing)}", "Start them: make run, or docker compose up."
        )
    return Finding("workers", f"{len(answers)} answer, for {', '.join(sorted(served))}")
