import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from hiring.runtime.services import ports


def test_healthz_asks_nobody(client: Client) -> None:
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_readyz_names_each_dependency(client: Client) -> None:
    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, {"database": "ok", "valkey": "ok", "storage": "ok"})


@pytest.mark.django_db
def test_readyz_is_503_while_the_broker_is_away(client: Client, settings: Settings) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{ports.free(1)[0]}/0"

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "valkey": "does not answer", "storage": "ok"}


@pytest.mark.django_db
def test_readyz_is_503_while_the_store_is_away(client: Client, settings: Settings) -> None:
    settings.S3_ENDPOINT_URL = f"http://127.0.0.1:{ports.free(1)[0]}"

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {"database": "ok", "valkey": "ok", "storage": "does not answer"}
