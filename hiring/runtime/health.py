"""Asks what the product depends on a real question each. For /readyz, the doctor, and before a migration."""

from dataclasses import dataclass

import redis
from django.conf import settings
from django.db import DatabaseError, connection

from hiring.lib import storage


@dataclass(frozen=True)
class Finding:
    """What was found out about one thing; when it is not well, ``fix`` says what to do."""

    name: str
    detail: str
    fix: str = ""

    @property
    def is_well(self) -> bool:
        return not self.fix


def dependencies() -> list[Finding]:
    """The three services without which no page works, asked one after the other, each within a few seconds."""
    return [database(), valkey(), object_store()]


def database() -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            (version,) = cursor.fetchone()
    except DatabaseError as error:
        return Finding("database", first_line(error), "Is PostgreSQL running? DATABASE_URL says where it should be.")
    return Finding("database", f"PostgreSQL {version}")


def valkey() -> Finding:
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2) as client:
            client.ping()
    except redis.RedisError as error:
        return Finding("valkey", first_line(error), "Is Valkey running? REDIS_URL says where it should be.")
    return Finding("valkey", "answers")


def object_store() -> Finding:
    if storage.is_reachable():
        return Finding("storage", f"bucket {settings.S3_BUCKET}")
    return Finding(
        "storage",
        f"no answer about bucket {settings.S3_BUCKET} at {settings.S3_ENDPOINT_URL}",
        "Is the S3 store running, are S3_ACCESS_KEY and S3_SECRET_KEY right? manage.py prepare makes the bucket.",
    )


def first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
