import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route

from hiring.accounts.models import Company
from tests.journeys import axe

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest, page: Page) -> str:
    page.emulate_media(color_scheme=request.param, reduced_motion="reduce")
    return str(request.param)


@pytest.fixture(params=["styleguide", "styleguide-candidate"])
def guide(request: pytest.FixtureRequest, live_server: object, company: Company) -> str:
    return f"{live_server}{reverse(request.param)}"


def test_every_component_can_be_used_by_everyone(page: Page, guide: str, scheme: str) -> None:
    page.goto(guide)

    assert axe.serious(page) == []


@pytest.mark.parametrize("width", [320, 768, 1440, 2560])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_nothing_sticks_out_of_the_window(page: Page, guide: str, width: int, direction: str) -> None:
    page.set_viewport_size({"width": width, "height": 900})

    page.goto(f"{guide}?dir={direction}")

    assert page.evaluate("document.documentElement.scrollWidth") == width


def forget_the_new(route: Route) -> None:
    """Answer a style sheet as a browser of early 2023 reads it: what it does not know does not hold."""
    sheet = route.fetch()
    text = sheet.text()
    for unknown in ("light-dark(", "color-mix(", ":has("):
        text = text.replace(unknown, "unknown(")
    route.fulfill(response=sheet, body=text)


def test_candidates_with_old_browsers_have_both_schemes(
    page: Page, live_server: object, company: Company, scheme: str
) -> None:
    page.route("**/*.css", forget_the_new)

    page.goto(f"{live_server}{reverse('styleguide-candidate')}")

    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(250, 248, 244)", "dark": "rgb(20, 22, 26)"}[scheme]
    assert axe.serious(page) == []


def test_nothing_is_blocked_by_the_content_security_policy(page: Page, guide: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    page.goto(guide)
    page.wait_for_load_state("networkidle")

    assert complaints == []
