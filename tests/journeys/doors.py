"""How a real browser comes to be somebody, without the pages that are not the test's subject."""

from django.test import Client
from playwright.sync_api import Page


def lend(client: Client, page: Page, url: str) -> None:
    """Give ``page`` the cookies of ``client``, for the site at ``url``: ``lend(joan, page, live_server.url)``."""
    page.context.add_cookies(
        [{"name": name, "value": morsel.value, "url": url} for name, morsel in client.cookies.items()]
    )
