"""A NUL byte or a megabyte in every field of every form and endpoint: a clear answer, nothing kept, nothing broken.

The fields come from the pages themselves and from the API's own description, so a new one is tried without being named.
"""

import json
from pathlib import Path
from typing import Any, cast
from urllib.parse import urljoin

import pytest
import yaml
from django.contrib.messages import get_messages
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.architecture import forms
from tests.architecture.access import TABLE
from tests.architecture.forms import Form
from tests.architecture.test_access import CLASSIFIED, ROUTES, ask
from tests.architecture.world import World

BAD = {"a NUL byte": "a\0b@example.test", "a megabyte": "x" * 1_000_000}
TURNED_AWAY = {400, 403, 404, 409, 413, 422, 429}
API = yaml.safe_load(Path("openapi.yaml").read_text(encoding="utf-8"))
# What people type there is looked for, not kept: an answer that finds nothing is clear enough.
ONLY_READ = {"q", "code"}


def send(client: Client, form: Form, page: str, values: dict[str, list[str]]) -> HttpResponse:
    with transaction.atomic():
        url = urljoin(page, form.action.partition("#")[0] or page)
        response = client.post(url, values) if form.method == "post" else client.get(url, values)
        transaction.set_rollback(True)
    return cast("HttpResponse", response)


def is_clear(response: HttpResponse) -> bool:
    """Whether ``response`` says no in words: a field's error on the page, a message, or a status that means it."""
    if response.status_code in TURNED_AWAY:
        return True
    if response.status_code == 200:
        return any(sign in response.content for sign in (b"errorlist", b"error-summary", b'data-tone="bad"'))
    told = get_messages(response.wsgi_request)  # type: ignore[attr-defined]  # the test client's responses have it
    return response.status_code == 302 and any(message.level_tag == "error" for message in told)


@pytest.mark.parametrize("what", BAD)
@pytest.mark.parametrize("actor", ["anonymous", "candidate", "admin"])
def test_no_form_keeps_it_or_breaks(actor: str, what: str, world: World) -> None:
    wrong, tried = [], 0

    for name in CLASSIFIED:
        if TABLE[name].methods.get("GET", {}).get(actor) != "in":
            continue
        page = ROUTES[name].url(world.places[TABLE[name].place])
        opened = ask(world, actor, "GET", page)
        if opened.status_code != 200 or "text/html" not in opened.headers["Content-Type"]:
            continue
        for form in forms.read(opened.content.decode()):
            for field in form.typed:
                response = send(world.clients[actor], form, page, {**form.values, field: [BAD[what]]})
                tried += 1
                if response.status_code >= 500 or not (field in ONLY_READ or is_clear(response)):
                    wrong.append((name, form.action, field, response.status_code))

    assert wrong == []
    assert tried


def bodies() -> list[tuple[str, str, str, dict[str, Any]]]:
    """Every (path, method, field, sound body) of the API's description whose field is text."""
    found = []
    for path, operations in API["paths"].items():
        for method, operation in operations.items():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            shape = _resolved(content.get("schema", {}))
            sound = {name: _sample(_resolved(said)) for name, said in shape.get("properties", {}).items()}
            found += [(path, method, name, sound) for name, value in sound.items() if isinstance(value, str)]
    return found


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = API["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return schema


def _sample(schema: dict[str, Any]) -> object:
    plain = {"integer": 1, "number": 1.0, "boolean": True, "array": [], "object": {}}
    kind = schema.get("type")
    return plain.get(kind, "someone@example.test") if isinstance(kind, str) else "someone@example.test"


@pytest.mark.parametrize("what", BAD)
@pytest.mark.parametrize(("path", "method", "field", "sound"), bodies())
def test_no_endpoint_keeps_it_or_breaks(
    path: str, method: str, field: str, sound: dict[str, Any], what: str, world: World
) -> None:
    name = next(
        name for name in CLASSIFIED if name in ROUTES and _shape(ROUTES[name].path) == _shape(path.removeprefix("/"))
    )
    url = ROUTES[name].url(world.places[TABLE[name].place])

    answer = world.clients["token"].generic(
        method.upper(), url, json.dumps({**sound, field: BAD[what]}), content_type="application/json"
    )

    assert answer.status_code in TURNED_AWAY
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]


def _shape(path: str) -> list[str]:
    return ["…" if part[:1] in "<{" and part else part for part in path.split("/")]


@pytest.mark.parametrize("parameter", ["cursor", "q", "status", "limit", "next", "page", "lang"])
@pytest.mark.parametrize("value", ["%00", "x" * 5000, "%ff%fe", "-1"])
def test_no_address_breaks_a_list(parameter: str, value: str, world: World) -> None:
    for actor, name in [
        ("admin", "reviewer:home"),
        ("admin", "reviewer:jobs"),
        ("admin", "reviewer:job"),
        ("admin", "reviewer:rubrics:sets"),
        ("admin", "reviewer:rubrics:bank"),
        ("admin", "reviewer:interviews:mine"),
        ("token", "api:jobs"),
        ("token", "api:applications"),
        ("anonymous", "front"),
        ("anonymous", "account_login"),
        ("anonymous", "verify-form"),
        ("candidate", "candidate:home"),
    ]:
        url = ROUTES[name].url(world.places[TABLE[name].place])

        assert ask(world, actor, "GET", f"{url}?{parameter}={value}").status_code < 500, name
