"""The recorder's modules in a real browser, without any server of ours behind them."""

import functools
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

Run = Callable[..., Any]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None: ...


@pytest.fixture(scope="session")
def static_origin() -> Iterator[str]:
    """The repository's own ``static/`` on localhost: a secure context, so cameras and WebCrypto work."""
    handler = functools.partial(_Quiet, directory=str(settings.BASE_DIR / "static"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def modules(page: Page, static_origin: str) -> Run:
    """Call it with the body of an async function and one argument; every module is there by its name."""
    page.goto(f"{static_origin}/img/icon.svg")

    def run(body: str, argument: object = None) -> Any:
        names = [
            "api",
            "capture",
            "devices",
            "machine",
            "meter",
            "notices",
            "pieces",
            "senses",
            "session",
            "store",
            "uploader",
            "wording",
        ]
        imports = "".join(f"const {name} = await import('/js/recorder/{name}.js');" for name in names)
        return page.evaluate(f"async (argument) => {{ {imports} {body} }}", argument)

    return run
