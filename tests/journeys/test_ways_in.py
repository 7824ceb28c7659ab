"""The pages around signing in, and those that say what went wrong: read by axe in both schemes, and on a phone."""

import re
from collections.abc import Callable
from typing import cast

import pytest
from allauth.core import ratelimit
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views import csrf, defaults
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from hiring.accounts import setup_key
from hiring.accounts.models import Company, User
from hiring.lib.actors import SYSTEM
from hiring.mail import reading
from hiring.mail.models import Message
from hiring.pipeline import links
from hiring.portals.operations import send_password_link
from interviews.models import Interview
from tests import factories
from tests.journeys import crawl, doors

pytestmark = [pytest.mark.journey, pytest.mark.axe, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

STRONG = "four words nobody guesses"
MAIL_SERVER = "smtp://localhost:25"
SEND = "main button[type=submit]:not([data-kind=quiet])"


@pytest.fixture
def read(page: Page) -> Callable[[str], list[str]]:
    """Call it with a page's heading once the page is open: what would stop somebody there."""

    def complaints(heading: str) -> list[str]:
        assert page.locator("h1").inner_text() == heading
        return [f"{heading}: {line}" for line in crawl.complaints(page)]

    return complaints


Read = Callable[[str], list[str]]


def sign_in(page: Page, base: str, user: User) -> None:
    page.goto(base + reverse("account_login"))
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", factories.PASSWORD)
    page.click(SEND)


def test_the_first_run(page: Page, live_server: LiveServer, read: Read) -> None:
    page.goto(live_server.url)
    found = read("Almost there")
    page.click("text=Set it up")
    found += read("Welcome to Callback")
    answers = {"company": "Northwind", "name": "Ada", "email": "ada@northwind.test", "password": STRONG}

    for name, value in ({"setup_key": "ABCD"} | answers).items():
        page.fill(f"[name={name}]", value)
    page.click(SEND)
    found += read("Welcome to Callback")
    page.fill("[name=setup_key]", setup_key.key())
    page.fill("[name=password]", STRONG)
    page.click(SEND)

    assert read("Good to see you, Ada") + found == []
    assert User.objects.get().is_admin


def test_the_list_of_zones_begins_at_the_readers(page: Page, live_server: LiveServer) -> None:
    page.add_init_script(
        "Intl.DateTimeFormat.prototype.resolvedOptions = () => ({timeZone: 'Europe/Paris', locale: 'en'})"
    )

    page.goto(live_server.url + "/welcome/")

    assert page.input_value("[name=zone]") == "Europe/Paris"


def test_a_second_factor(page: Page, live_server: LiveServer, ada: User, settings: Settings, read: Read) -> None:
    settings.ADMINS_NEED_SECOND_FACTOR = True
    base = live_server.url
    sign_in(page, base, ada)
    found = read("Is it still you?")
    page.fill("[name=password]", factories.PASSWORD)
    page.click(SEND)
    found += read("Set up your second factor")
    page.fill("[name=code]", "0")
    page.click(SEND)
    found += read("Set up your second factor")
    page.fill("[name=code]", factories.one_time_code(page.input_value("#secret")))
    page.click(SEND)
    found += read("Your recovery codes")
    codes = page.locator(".recovery-codes code").all_inner_texts()
    page.goto(base + reverse("mfa_index"))
    found += read("Second factor")

    page.context.clear_cookies()
    sign_in(page, base, ada)
    found += read("And now the code")
    page.fill("[name=code]", "0")
    page.click(SEND)
    found += read("And now the code")
    page.fill("[name=code]", codes[0])
    page.click(SEND)
    found += read("Good to see you, Ada")

    page.goto(base + reverse("mfa_reauthenticate"))
    found += read("Is it still you?")
    page.fill("[name=code]", codes[1])
    page.click(SEND)
    page.goto(base + reverse("mfa_generate_recovery_codes"))
    found += read("Make new recovery codes?")
    page.click(SEND)
    assert set(page.locator(".recovery-codes code").all_inner_texts()).isdisjoint(codes)
    page.goto(base + reverse("mfa_deactivate_totp"))
    found += read("Turn off your second factor?")
    page.click(SEND)

    assert read("Second factor") + found == []


def test_passwords(page: Page, live_server: LiveServer, ada: User, grace: User, settings: Settings, read: Read) -> None:
    base = live_server.url
    page.goto(base + reverse("account_login"))
    page.fill("[name=login]", grace.email)
    page.fill("[name=password]", "wrong")
    page.click(SEND)
    found = read("Sign in")
    page.goto(base + reverse("account_reset_password"))
    found += read("Set a new password")
    page.fill("[name=email]", grace.email)
    page.click(SEND)
    found += read("Ask an admin for the link")
    settings.EMAIL_URL = MAIL_SERVER
    page.reload()
    found += read("Look in your mailbox")
    settings.EMAIL_URL = ""

    link = base + path_in(send_password_link(grace, by=ada))
    page.goto(link)
    found += read("Choose a password")
    for name in ("password1", "password2"):
        page.fill(f"[name={name}]", "short")
    page.click(SEND)
    found += read("Choose a password")
    for name in ("password1", "password2"):
        page.fill(f"[name={name}]", STRONG)
    page.click(SEND)
    page.goto(link)
    found += read("This link is no longer good")

    page.goto(base + reverse("account_change_password"))
    found += read("Change your password")
    page.goto(base + reverse("account_logout"))
    found += read("Sign out?")
    page.goto(base + reverse("account_inactive"))

    assert read("This account is closed") + found == []


def path_in(message: Message) -> str:
    found = re.search(r"/accounts/password/reset/key/\S+", reading.staff_text(message))
    return cast("re.Match[str]", found)[0]


@pytest.mark.parametrize(
    ("mail_server", "heading"), [("", "A new link is made"), (MAIL_SERVER, "A new link is on its way")]
)
def test_links_that_open_nothing(
    page: Page,
    live_server: LiveServer,
    interview: Interview,
    settings: Settings,
    read: Read,
    mail_server: str,
    heading: str,
) -> None:
    settings.EMAIL_URL = mail_server
    base, secret = live_server.url, links.secret_of(interview.link)
    page.goto(base + reverse("candidate:home"))
    found = read("Please use your link again")
    page.goto(base + reverse("candidate:enter", args=["unknown"]))
    found += read("We don’t know this link")
    links.revoke(interview.link, by=SYSTEM)
    page.goto(base + reverse("candidate:enter", args=[secret]))
    found += read("This link has been ended")
    page.click(SEND)

    assert read(heading) + found == []


def test_links_that_are_too_old(page: Page, live_server: LiveServer, interview: Interview, read: Read) -> None:
    secret = links.secret_of(interview.link)
    interview.link.expires_at = interview.link.created_at
    interview.link.save(update_fields=["expires_at"])

    page.goto(live_server.url + reverse("candidate:enter", args=[secret]))

    assert read("This link has run out") == []


WRONG: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "That request was not one we understand": lambda request: defaults.bad_request(request, BadRequest()),
    "This page is not open to you": lambda request: defaults.permission_denied(request, PermissionDenied()),
    "There is nothing at this address": lambda request: defaults.page_not_found(request, Http404()),
    "That was a lot at once": ratelimit.respond_429,
    "Something broke on our side": defaults.server_error,
    "This page was open for too long": csrf.csrf_failure,
}


@pytest.mark.parametrize("heading", WRONG)
def test_what_went_wrong(
    page: Page, live_server: LiveServer, company: Company, rf: RequestFactory, read: Read, heading: str
) -> None:
    answer = WRONG[heading](rf.get("/wrong/"))
    page.route("**/wrong/", lambda route: route.fulfill(content_type="text/html", body=answer.content))

    page.goto(f"{live_server.url}/wrong/")

    assert read(heading) == []


def test_a_colleague_with_a_second_factor(
    page: Page, live_server: LiveServer, ada: User, grace: User, signed_in: Callable[[User], Client], read: Read
) -> None:
    factories.second_factor(grace)
    doors.lend(signed_in(ada), page, live_server.url)
    page.goto(live_server.url + reverse("reviewer:person", args=[grace.pk]))
    found = read("Grace")
    page.click("text=Turn off their second factor")
    found += read("Grace")

    page.click("dialog[open] button[type=submit]")

    assert read("Grace") + found == []
    assert not page.locator("text=Turn off their second factor").count()
