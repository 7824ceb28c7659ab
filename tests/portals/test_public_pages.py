import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views import defaults

from hiring.accounts.models import Company, User


def test_the_front_page_says_whose_site_it_is(client: Client, company: Company) -> None:
    page = client.get("/").content.decode()

    assert "This is where Northwind hires" in page
    assert "people@northwind.test" in page


@pytest.mark.django_db
def test_before_the_first_run_the_front_page_leads_to_it(client: Client) -> None:
    assert 'href="/welcome/"' in client.get("/").content.decode()


def test_a_page_that_is_not_there_says_what_to_do(client: Client, company: Company) -> None:
    answer = client.get("/nowhere/")

    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.content.decode()


def wrong(request: HttpRequest, status: int) -> HttpResponse:
    """Django's own answer with ``status``, which finds our template by its name."""
    match status:
        case 400:
            return defaults.bad_request(request, BadRequest())
        case 403:
            return defaults.permission_denied(request, PermissionDenied())
        case _:
            return defaults.server_error(request)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "That request was not one we understand"),
        (403, "This page is not open to you"),
        (500, "Something broke on our side"),
    ],
)
def test_what_went_wrong_is_said_without_the_database(rf: RequestFactory, status: int, words: str) -> None:
    answer = wrong(rf.get("/"), status)

    assert answer.status_code == status
    assert words in answer.content.decode()


def test_a_form_that_grew_old_is_explained(ada: User) -> None:
    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"))

    assert answer.status_code == 403
    assert "This page was open for too long" in answer.content.decode()


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_reset_password_done"])
def test_the_ways_in_are_in_the_house_style(client: Client, ada: User, name: str) -> None:
    page = client.get(reverse(name)).content.decode()

    assert "css/tokens.css" in page
    assert "Northwind" in page
