import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import pytest
import time_machine
from django.conf import settings as configured
from pytest_django.fixtures import Settings

from hiring.lib import storage

ORIGIN = "http://localhost:8000"
DATA = b"what somebody said" * 1000


@pytest.fixture(scope="module", autouse=True)
def _bucket(object_store: object) -> None:
    storage.ensure_bucket([ORIGIN, "http://127.0.0.1:8000"])


@pytest.fixture
def prefix() -> str:
    return f"takes/{uuid4()}/"


@pytest.fixture
def stored(tmp_path: Path) -> Callable[[str, bytes], None]:
    def put(key: str, data: bytes) -> None:
        path = tmp_path / "object"
        path.write_bytes(data)
        storage.put_file(key, path, content_type=storage.OCTETS)

    return put


def upload_for(key: str, data: bytes = DATA) -> storage.Upload:
    return storage.presign_put(key, size=len(data), sha256=hashlib.sha256(data).hexdigest())


def test_a_presigned_upload_takes_the_promised_bytes(prefix: str) -> None:
    upload = upload_for(prefix + "one")

    answer = httpx.put(upload.url, content=DATA, headers=upload.headers)

    assert answer.status_code == 200
    assert storage.read(prefix + "one") == DATA


def test_other_bytes_are_refused_and_leave_nothing(prefix: str) -> None:
    upload = upload_for(prefix + "one")
    forged = DATA.replace(b"said", b"sang")

    answer = httpx.put(upload.url, content=forged, headers=upload.headers)

    assert answer.status_code == 400
    assert b"BadDigest" in answer.content
    assert storage.listing(prefix) == []


def test_more_bytes_than_promised_are_refused(prefix: str) -> None:
    upload = upload_for(prefix + "one")

    answer = httpx.put(upload.url, content=DATA + b"!", headers=upload.headers)

    assert answer.status_code == 403
    assert storage.listing(prefix) == []


def test_a_second_write_is_refused_and_the_first_kept(prefix: str) -> None:
    upload = upload_for(prefix + "one")
    httpx.put(upload.url, content=DATA, headers=upload.headers)

    answer = httpx.put(upload.url, content=DATA, headers=upload.headers)

    assert answer.status_code == 412
    assert storage.read(prefix + "one") == DATA


@pytest.mark.parametrize("header", ["Content-Type", "If-None-Match", "x-amz-checksum-sha256"])
def test_no_signed_header_may_be_left_out(prefix: str, header: str) -> None:
    upload = upload_for(prefix + "one")
    headers = {name: value for name, value in upload.headers.items() if name != header}

    answer = httpx.put(upload.url, content=DATA, headers=headers)

    assert answer.status_code == 403


def test_an_expired_address_is_refused(prefix: str) -> None:
    with time_machine.travel(datetime.now(UTC) - timedelta(minutes=16)):
        upload = upload_for(prefix + "one")

    answer = httpx.put(upload.url, content=DATA, headers=upload.headers)

    assert answer.status_code == 403


def test_nobody_reads_without_a_signature(prefix: str, stored: Callable[[str, bytes], None]) -> None:
    stored(prefix + "one", DATA)
    address = storage.presign_get(prefix + "one", content_type="video/mp4")

    assert httpx.get(address.partition("?")[0]).status_code == 403


def test_a_page_of_ours_may_put_and_learn_why_not(open_store: None, prefix: str) -> None:
    upload = upload_for(prefix + "one")
    ask = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "content-type,if-none-match,x-amz-checksum-sha256",
    }

    preflight = httpx.options(upload.url, headers=ask)
    first = httpx.put(upload.url, content=DATA, headers={**upload.headers, "Origin": ORIGIN})
    second = httpx.put(upload.url, content=DATA, headers={**upload.headers, "Origin": ORIGIN})

    assert [answer.status_code for answer in (preflight, first, second)] == [200, 200, 412]
    assert {answer.headers["access-control-allow-origin"] for answer in (preflight, first, second)} == {ORIGIN}


def test_a_page_of_somebody_else_may_not_put(prefix: str) -> None:
    ask = {"Origin": "http://elsewhere.example", "Access-Control-Request-Method": "PUT"}

    assert httpx.options(upload_for(prefix + "one").url, headers=ask).status_code == 403


def test_playing_is_by_range_and_as_the_type_we_say(prefix: str, stored: Callable[[str, bytes], None]) -> None:
    stored(prefix + "one", DATA)

    answer = httpx.get(
        storage.presign_get(prefix + "one", content_type="video/mp4"), headers={"Range": "bytes=5-12", "Origin": ORIGIN}
    )

    assert (answer.status_code, answer.content) == (206, DATA[5:13])
    assert answer.headers["content-type"] == "video/mp4"
    assert answer.headers["content-disposition"] == "inline"


def test_objects_are_read_in_order_while_later_ones_are_fetched(
    prefix: str, stored: Callable[[str, bytes], None]
) -> None:
    keys = [f"{prefix}{index:06}" for index in range(25)]
    for index, key in enumerate(keys):
        stored(key, bytes([index]) * 2000)

    read = list(storage.read_in_order(keys, ahead=4))

    assert read == [bytes([index]) * 2000 for index in range(25)]
    assert [found.key for found in storage.listing(prefix)] == keys
    assert {found.size for found in storage.listing(prefix)} == {2000}


def test_a_missing_object_says_so(prefix: str) -> None:
    with pytest.raises(storage.ObjectMissing):
        storage.read(prefix + "nothing")
    with pytest.raises(storage.ObjectMissing):
        list(storage.read_in_order([prefix + "nothing"]))


def test_deleting_twice_is_no_error(prefix: str, stored: Callable[[str, bytes], None]) -> None:
    stored(prefix + "one", DATA)

    storage.delete([prefix + "one"])
    storage.delete([prefix + "one", prefix + "never"])

    assert storage.listing(prefix) == []


def test_a_store_that_is_away_is_a_storage_error(settings: Settings, prefix: str) -> None:
    settings.S3_ENDPOINT_URL = "http://127.0.0.1:9"  # discard: nothing listens

    with pytest.raises(storage.StorageError):
        storage.listing(prefix)
    assert not storage.is_reachable()


def test_presigning_does_not_need_the_store(settings: Settings, prefix: str) -> None:
    settings.S3_PUBLIC_URL = "https://media.example.org"

    upload = upload_for(prefix + "one")

    assert upload.url.startswith(f"https://media.example.org/{configured.S3_BUCKET}/{prefix}one?")
