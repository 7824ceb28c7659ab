"""Services and the fixtures every test may ask for."""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

os.environ["DJANGO_SETTINGS_MODULE"] = "hiring.settings.test"

from tests import services

# A busy machine is no failure. What breaks in CI can be had again anywhere: the examples follow from the test alone.
hypothesis.register_profile(
    "callback",
    deadline=None,
    derandomize="CI" in os.environ,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis.load_profile("callback")

services.start()
_ = settings.DATABASES  # read now, addresses in place; pytest-django sets Django up only if it finds them read
if os.environ["S3_BUCKET"] != settings.S3_BUCKET:
    pytest.exit("The settings were read before the services had addresses: unset DJANGO_SETTINGS_MODULE.", 4)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    # Only now is Django set up, whose models they import.
    for fixtures in (
        "tests.cast",
        "tests.last_run",
        "tests.pseudo",
        "tests.clips",
        "tests.recorder",
        "tests.journeys.recorder.candidate",
        "tests.review_cast",
        "tests.screening_cast",
        "tests.live_cast",
        "tests.world_cast",
        "tests.workers",
    ):
        config.pluginmanager.import_plugin(fixtures)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    services.stop()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    services.wait()  # the workers cannot: they did not start them
    # Inherited, it would make pytest-django read a worker's settings before the worker has its own queue and bucket.
    os.environ.pop("DJANGO_SETTINGS_MODULE")


def pytest_runtest_setup(item: pytest.Item) -> None:
    marker = item.get_closest_marker("django_db")
    if "live_server" in getattr(item, "fixturenames", ()) or (marker and marker.kwargs.get("transaction")):
        services.spoil()


@pytest.fixture(scope="session")
def running_services() -> None:
    """PostgreSQL, Valkey and S3 answer. Every test with a database has this."""
    services.wait()


@pytest.fixture(scope="session")
def object_store(running_services: None) -> None:
    """This worker's bucket exists."""
    _open_store()


@pytest.fixture
def open_store(object_store: None) -> None:
    """It is open to the pages of a local server; a journey before may have opened it to its own instead."""
    _open_store()


def _open_store() -> None:
    from hiring.lib import storage  # noqa: PLC0415 (after pytest has set Django up)

    storage.ensure_bucket(["http://localhost:8000", "http://127.0.0.1:8000"])


@pytest.fixture(scope="session")
def django_db_modify_db_settings(object_store: None, django_db_modify_db_settings_parallel_suffix: None) -> None:
    """What pytest-django waits for before it creates the databases."""


@pytest.fixture(autouse=True)
def _empty_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "running_services" in request.fixturenames or "db" in request.fixturenames:
        cache.clear()
