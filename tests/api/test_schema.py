"""The committed description of the API is the API's own. Write it anew with `make openapi`."""

import re
from pathlib import Path

import yaml
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer

from tests.architecture import routes

COMMITTED = Path("openapi.yaml")


def test_the_committed_file_is_what_the_code_says() -> None:
    schema = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # it ships no types

    written = OpenApiYamlRenderer().render(schema, renderer_context={})  # type: ignore[no-untyped-call]  # it ships no types

    assert written.decode() == COMMITTED.read_text(encoding="utf-8")


def test_every_route_of_the_api_is_described() -> None:
    below = {"/" + route.path for route in routes.every() if route.path.startswith("api/v1/")}
    undescribed = {"/api/v1/schema/", "/api/v1/docs/"}
    described = yaml.safe_load(COMMITTED.read_text(encoding="utf-8"))["paths"]

    assert {_anonymous(path) for path in below - undescribed} == {_anonymous(path) for path in described}


def _anonymous(path: str) -> str:
    """``path`` without the names of its arguments, which both sides spell their own way."""
    return re.sub(r"[<{][^>}]*[>}]", "…", path)
