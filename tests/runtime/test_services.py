import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import psycopg2
import pytest
from django.core.cache import cache
from django.db import connection

from hiring.runtime.services import ObjectStore, Postgres, Service, ServiceError, objects, ports
from hiring.runtime.services.postgres import refuge

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


@pytest.fixture
def started() -> Iterator[Callable[[Service], None]]:
    with ExitStack() as stack:

        def start(service: Service) -> None:
            service.child.patience = 0
            service.start()
            stack.callback(service.stop)
            service.wait()

        yield start


@pytest.mark.django_db
def test_the_tests_run_on_postgresql_with_the_extensions_we_use() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_available_extensions WHERE name IN ('btree_gist', 'pg_trgm') ORDER BY name")
        assert [name for (name,) in cursor.fetchall()] == ["btree_gist", "pg_trgm"]


def test_the_tests_run_on_valkey(running_services: None) -> None:
    cache.set("asked", "yes")

    assert cache.get("asked") == "yes"


def test_a_cluster_half_made_by_an_interrupted_start_is_made_again(
    tmp_path: Path, started: Callable[[Service], None]
) -> None:
    postgres = Postgres(tmp_path / "postgres", port=ports.free(1)[0], durable=False)
    (postgres.folder / "draft" / "base").mkdir(parents=True)

    started(postgres)

    assert postgres.data.exists()
    assert not (postgres.folder / "draft").exists()
    postgres.stop()
    shutil.rmtree(postgres.folder)


def test_root_needs_no_open_folders(tmp_path: Path, started: Callable[[Service], None]) -> None:
    tmp_path.chmod(0o700)
    postgres = Postgres(tmp_path / "postgres", port=ports.free(1)[0], durable=False)

    started(postgres)

    with psycopg2.connect(postgres.url(), connect_timeout=5) as session, session.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone() == ("callback",)
    session.close()
    assert tmp_path.stat().st_mode & 0o777 == 0o700
    assert postgres.folder == (refuge(tmp_path / "postgres") if os.geteuid() == 0 else tmp_path / "postgres")
    postgres.stop()
    shutil.rmtree(postgres.folder)


def test_a_store_that_cannot_make_its_sockets_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = ObjectStore(tmp_path, ports=range(8))

    monkeypatch.setattr(objects, "SOCKETS", tmp_path / "nowhere")
    with pytest.raises(ServiceError, match="where you may not write: open the folder"):
        store.start()
    monkeypatch.setattr(objects, "SOCKETS", tmp_path)
    (tmp_path / "seaweedfs-filer-grpc-3.sock").mkdir()  # as little to be removed as another user's socket
    with pytest.raises(ServiceError, match=r"grpc-3\.sock is in the way .* choose another PORT"):
        store.start()


def test_objects_outlive_a_restart_on_other_ports(tmp_path: Path, started: Callable[[Service], None]) -> None:
    first = ObjectStore(tmp_path, ports=ports.free(8))
    started(first)
    client_of(first).create_bucket(Bucket="kept")
    client_of(first).put_object(Bucket="kept", Key="answer", Body=b"what she said")
    first.child.patience = 3
    first.stop()

    second = ObjectStore(tmp_path, ports=ports.free(8))
    started(second)

    assert client_of(second).get_object(Bucket="kept", Key="answer")["Body"].read() == b"what she said"


def test_the_store_leaves_no_sockets_behind(tmp_path: Path, started: Callable[[Service], None]) -> None:
    store = ObjectStore(tmp_path, ports=ports.free(8))
    started(store)

    store.stop()

    assert [path for port in store.ports for path in Path("/tmp").glob(f"seaweedfs-*-{port}.sock")] == []  # noqa: S108 (the store’s own choice)


def test_a_port_somebody_listens_on_is_not_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        assert ports.is_free(port) is False

    assert ports.is_free(port) is True


def client_of(store: ObjectStore) -> "S3Client":
    access, secret = store.credentials()
    return boto3.client(
        "s3", endpoint_url=store.url, aws_access_key_id=access, aws_secret_access_key=secret, region_name="us-east-1"
    )
