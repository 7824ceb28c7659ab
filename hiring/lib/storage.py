"""The only door to the object store: one private bucket, presigned addresses, checksums the store enforces.

Two addresses of one store: the server talks to ``S3_ENDPOINT_URL``, browsers are sent to ``S3_PUBLIC_URL`` (the host is
part of a signature). Presigning is arithmetic and never touches the network.
"""

import base64
import contextlib
import functools
import hashlib
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

OCTETS = "application/octet-stream"
BLOCK = 256 * 1024
DELETE_BATCH = 1000  # what one DeleteObjects request may name


class StorageError(Exception):
    """The store did not do what was asked. Worth another try later, unless it is one of the cases below."""


class ObjectMissing(StorageError):
    """There is no object with that key."""


class BytesRefused(StorageError):
    """The store received other bytes than the digest says."""


@dataclass(frozen=True, slots=True)
class Upload:
    """Where to PUT, and the headers that are part of the signature: send exactly these."""

    url: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class StoredObject:
    key: str
    size: int  # bytes
    modified_at: datetime


def ensure_bucket(origins: Iterable[str]) -> None:
    """Make the bucket if it is not there, and let pages of ``origins`` put and play. Raises ``StorageError``."""
    client = _server()
    with _translated():
        try:
            client.head_bucket(Bucket=settings.S3_BUCKET)
        except ClientError as error:
            if _status(error) != HTTPStatus.NOT_FOUND:
                raise
            with contextlib.suppress(client.exceptions.BucketAlreadyOwnedByYou):  # two processes start at once
                client.create_bucket(Bucket=settings.S3_BUCKET)
        client.put_bucket_cors(
            Bucket=settings.S3_BUCKET,
            CORSConfiguration={
                "CORSRules": [
                    {
                        "AllowedOrigins": sorted(set(origins)),
                        "AllowedMethods": ["GET", "HEAD", "PUT"],
                        "AllowedHeaders": ["*"],
                        "ExposeHeaders": ["ETag", "Content-Range", "Accept-Ranges", "Content-Length"],
                        "MaxAgeSeconds": 3600,
                    }
                ]
            },
        )


def presign_put(key: str, *, size: int, sha256: str, minutes: int = 15) -> Upload:
    """An address that takes ``size`` bytes with the digest ``sha256`` (hex), once.

    Size, digest, type and ``If-None-Match`` are signed: the store answers 400 to other bytes, 403 to other headers and
    412 when the key exists.
    """
    digest = base64.b64encode(bytes.fromhex(sha256)).decode()
    url = _public().generate_presigned_url(
        "put_object",
        Params={
            "Bucket": settings.S3_BUCKET,
            "Key": key,
            "ContentType": OCTETS,
            "ContentLength": size,
            "ChecksumSHA256": digest,
            "IfNoneMatch": "*",
        },
        ExpiresIn=minutes * 60,
    )
    # Content-Length is signed too, but a browser sets it itself and lets no script name it.
    return Upload(url, {"Content-Type": OCTETS, "If-None-Match": "*", "x-amz-checksum-sha256": digest})


def presign_get(key: str, *, content_type: str, minutes: int = 15, filename: str | None = None) -> str:
    """An address that plays ``key`` as ``content_type``, or downloads it as ``filename`` (ours, never a person's)."""
    disposition = "inline" if filename is None else f'attachment; filename="{filename}"'
    return _public().generate_presigned_url(
        "get_object",
        Params={
            "Bucket": settings.S3_BUCKET,
            "Key": key,
            "ResponseContentType": content_type,
            "ResponseContentDisposition": disposition,
            "ResponseCacheControl": f"private, max-age={minutes * 60}",  # a seek need not fetch twice
        },
        ExpiresIn=minutes * 60,
    )


def listing(prefix: str) -> list[StoredObject]:
    """Every object whose key begins with ``prefix``, in order of key. Raises ``StorageError``."""
    with _translated():
        pages = _server().get_paginator("list_objects_v2").paginate(Bucket=settings.S3_BUCKET, Prefix=prefix)
        return [
            StoredObject(item["Key"], item["Size"], item["LastModified"])
            for page in pages
            for item in page.get("Contents", [])
        ]


def is_reachable() -> bool:
    """Whether the bucket answers, for the readiness page. One short request."""
    try:
        with _translated():
            _server().head_bucket(Bucket=settings.S3_BUCKET)
    except StorageError:
        return False
    return True


def read(key: str) -> bytes:
    """The whole object, for small ones. Raises ``ObjectMissing`` or ``StorageError``."""
    with _translated():
        return _server().get_object(Bucket=settings.S3_BUCKET, Key=key)["Body"].read()


def iterate(key: str) -> Iterator[bytes]:
    """The object in blocks of at most 256 KiB. Raises ``ObjectMissing`` or ``StorageError``."""
    with _translated():
        yield from _server().get_object(Bucket=settings.S3_BUCKET, Key=key)["Body"].iter_chunks(BLOCK)


def read_in_order(keys: Iterable[str], *, ahead: int = 8) -> Iterator[bytes]:
    """The objects one after another, whole, while the next ``ahead`` are already on their way.

    Memory is bounded by ``ahead`` objects. Raises ``ObjectMissing`` or ``StorageError`` at the object concerned.
    """
    waiting: deque[Future[bytes]] = deque()
    with ThreadPoolExecutor(max_workers=ahead, thread_name_prefix="storage") as pool:
        try:
            for key in keys:
                waiting.append(pool.submit(read, key))
                if len(waiting) > ahead:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def put_file(key: str, path: Path, *, content_type: str) -> None:
    """Store the file under ``key``; the store checks the digest. Raises ``BytesRefused`` or ``StorageError``."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").digest()
        file.seek(0)
        with _translated():
            _server().put_object(
                Bucket=settings.S3_BUCKET,
                Key=key,
                Body=file,
                ContentType=content_type,
                ChecksumSHA256=base64.b64encode(digest).decode(),
            )


def delete(keys: Iterable[str]) -> None:
    """Remove the objects; those that are not there are no error. Raises ``StorageError``."""
    doomed = list(keys)
    for start in range(0, len(doomed), DELETE_BATCH):
        batch = doomed[start : start + DELETE_BATCH]
        with _translated():
            answer = _server().delete_objects(
                Bucket=settings.S3_BUCKET, Delete={"Objects": [{"Key": key} for key in batch], "Quiet": True}
            )
        if answer.get("Errors"):
            raise StorageError(f"{len(answer['Errors'])} of {len(batch)} objects could not be deleted")


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        if code in {"BadDigest", "InvalidDigest"}:
            raise BytesRefused(code) from error
        if _status(error) == HTTPStatus.NOT_FOUND:
            raise ObjectMissing(code) from error
        raise StorageError(code) from error
    except BotoCoreError as error:
        raise StorageError(type(error).__name__) from error


def _status(error: ClientError) -> int:
    return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)


def _server() -> "S3Client":
    return _client(settings.S3_ENDPOINT_URL, settings.S3_ACCESS_KEY, settings.S3_SECRET_KEY, settings.S3_REGION)


def _public() -> "S3Client":
    return _client(settings.S3_PUBLIC_URL, settings.S3_ACCESS_KEY, settings.S3_SECRET_KEY, settings.S3_REGION)


@functools.lru_cache(maxsize=8)
def _client(endpoint: str, access_key: str, secret_key: str, region: str) -> "S3Client":
    return boto3.client(
        "s3",
        endpoint_url=endpoint,
        aws_access_key_id=access_key,
        aws_secret_access_key=secret_key,
        region_name=region,
        config=Config(
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            connect_timeout=2,
            read_timeout=10,
            retries={"total_max_attempts": 3, "mode": "standard"},
            max_pool_connections=16,
        ),
    )


# A forked worker must not share its parent's connections.
os.register_at_fork(after_in_child=_client.cache_clear)
