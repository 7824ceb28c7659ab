"""What every answer carries: nobody frames us, nobody else's script runs, the camera opens where recording is."""

import os
import subprocess
import sys

import pytest
from django.http import HttpResponse

from tests.architecture import routes
from tests.architecture.access import TABLE
from tests.architecture.test_access import CLASSIFIED, ROUTES, ask
from tests.architecture.world import World

# The only pages that may ask for camera and microphone, and the roles who may open them.
RECORDS = {
    "candidate:interviews:check",
    "candidate:interviews:practice",
    "candidate:interviews:record",
    "reviewer:interviews:preview-check",
    "reviewer:interviews:preview-practice",
    "reviewer:interviews:preview-question",
}
PRIVATE = ("c/", "review/", "accounts/", "api/")
FRAMED = "embed"  # by anybody: it knows nobody and does nothing
OPEN_API = {"api:schema", "api:docs"}


def answers(world: World, actor: str) -> dict[str, HttpResponse]:
    """What ``actor`` gets from every page there is."""
    pages = [name for name in CLASSIFIED if "GET" in TABLE[name].methods]
    return {name: ask(world, actor, "GET", ROUTES[name].url(world.places[TABLE[name].place])) for name in pages}


def directives(response: HttpResponse) -> dict[str, str]:
    policy = response.headers.get("Content-Security-Policy", "")
    return dict(part.strip().partition(" ")[::2] for part in policy.split(";") if part.strip())


@pytest.mark.parametrize("actor", ["anonymous", "candidate", "admin"])
def test_every_answer_carries_its_headers(actor: str, world: World) -> None:
    wrong = []

    for name, response in answers(world, actor).items():
        policy, headers = directives(response), response.headers
        camera = "camera=(self)" in headers.get("Permissions-Policy", "")
        is_shown = response.status_code == 200
        checks = {
            "frame-ancestors": policy.get("frame-ancestors") == ("*" if name == FRAMED else "'none'"),
            "script-src": policy.get("script-src") == "'self'",
            "default-src": policy.get("default-src") == "'none'",
            "object-src": policy.get("object-src") == "'none'",
            "X-Frame-Options": headers.get("X-Frame-Options") == (None if name == FRAMED else "DENY"),
            "nosniff": headers.get("X-Content-Type-Options") == "nosniff",
            "opener": headers.get("Cross-Origin-Opener-Policy") == "same-origin",
            "style-src": policy.get("style-src") == "'self'" or name == "api:docs",
            "camera": camera == (is_shown and name in RECORDS),
            "no-store": "no-store" in headers.get("Cache-Control", "") or not ROUTES[name].path.startswith(PRIVATE),
            "referrer": headers.get("Referrer-Policy")
            == ("strict-origin" if ROUTES[name].path.startswith("c/") else "same-origin"),
        }
        wrong += [(name, what) for what, is_right in checks.items() if not is_right]

    assert wrong == []


def test_the_pages_that_record_exist() -> None:
    assert RECORDS - {route.name for route in routes.every()} == set()


def test_no_form_is_taken_without_its_token(world: World) -> None:
    taken = []

    for name in CLASSIFIED:
        policy = TABLE[name].methods.get("POST", {})
        actor = next((who for who in ("admin", "candidate") if policy.get(who) == "in"), None)
        if actor is None or ROUTES[name].path.startswith("api/"):  # the API takes no cookie for an answer
            continue
        client = world.clients[actor]
        client.handler.enforce_csrf_checks = True
        response = ask(world, actor, "POST", ROUTES[name].url(world.places[TABLE[name].place]))
        client.handler.enforce_csrf_checks = False
        if response.status_code != 403:
            taken.append((name, response.status_code))

    assert taken == []


def test_the_deployment_check_is_clean() -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"},  # the journeys'
        "DJANGO_SETTINGS_MODULE": "hiring.settings.prod",
        "SECRET_KEY": "x7" * 40 + "unpredictable-enough",
        "BASE_URL": "https://hiring.example.test",
        "S3_ENDPOINT_URL": "https://s3.example.test",
        "S3_ACCESS_KEY": "key",
        "S3_SECRET_KEY": "secret",
        "EMAIL_URL": "smtp://localhost:25",
    }
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]

    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=120)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("missing", ["SECRET_KEY", "S3_ACCESS_KEY", "S3_SECRET_KEY"])
def test_production_does_not_start_without_its_secrets(missing: str) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"},  # the journeys'
        "DJANGO_SETTINGS_MODULE": "hiring.settings.prod",
        "SECRET_KEY": "x7" * 40,
        "S3_ACCESS_KEY": "key",
        "S3_SECRET_KEY": "secret",
        missing: "",
    }

    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.returncode != 0
    assert missing in done.stderr
