from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from hiring.accounts.models import User
from hiring.api import operations
from hiring.api.models import ApiToken
from hiring.lib import tokens

URL = "/review/company/tokens/"


def test_a_new_token_is_shown_once_and_works(admin: Client, ada: User) -> None:
    shown = admin.post(URL, {"name": "HR system", "days": "90"})

    secret = shown.context["key"].secret
    token = ApiToken.objects.get()
    assert (token.user, token.name, token.fingerprint) == (ada, "HR system", tokens.fingerprint(secret))
    assert token.expires_at
    assert timedelta(days=89) < token.expires_at - timezone.now() < timedelta(days=91)
    assert secret in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert secret not in admin.get(URL).content.decode()
    assert Client().get("/api/v1/jobs/", headers={"authorization": f"Bearer {secret}"}).status_code == 200


def test_one_without_end_says_so(admin: Client) -> None:
    page = admin.post(URL, {"name": "HR system", "days": "0"}).content.decode()

    assert ApiToken.objects.get().expires_at is None
    assert "Works until it is revoked" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": "", "days": "90"}, "This field is required."),
        ({"name": "x" * 81, "days": "90"}, "at most 80 characters"),
        ({"name": "HR", "days": "9999"}, "Select a valid choice."),
        ({"name": "HR"}, "This field is required."),
    ],
)
def test_what_is_wrong_is_said_and_makes_no_token(admin: Client, typed: dict[str, str], said: str) -> None:
    assert said in admin.post(URL, typed).content.decode()
    assert not ApiToken.objects.exists()


def test_a_revoked_token_is_turned_away_and_kept_in_the_list(admin: Client, grace: User) -> None:
    key = operations.create_token(grace, name="Old program")
    header = {"authorization": f"Bearer {key.secret}"}
    assert Client().get("/api/v1/jobs/", headers=header).status_code == 200

    page = admin.post(reverse("reviewer:token-revocation", args=[key.token.pk]), follow=True).content.decode()

    assert Client().get("/api/v1/jobs/", headers=header).status_code == 401
    assert "“Old program” no longer opens anything" in page
    assert "Tokens that no longer work" in page


def test_revoking_twice_keeps_the_first_moment(grace: User) -> None:
    token = operations.create_token(grace, name="Old program").token
    operations.revoke_token(token)
    first = ApiToken.objects.get().revoked_at

    operations.revoke_token(token)

    assert first
    assert ApiToken.objects.get().revoked_at == first


def test_the_list_says_whose_and_when_last_used(admin: Client, grace: User, alan: User) -> None:
    used = operations.create_token(grace, name="Used").token
    ApiToken.objects.filter(pk=used.pk).update(used_at=timezone.now())
    operations.create_token(grace, name="Over", expires_at=timezone.now() - timedelta(days=1))
    operations.create_token(alan, name="Of somebody who left")
    User.objects.filter(pk=alan.pk).update(is_active=False)

    answer = admin.get(URL)

    assert [token.name for token in answer.context["working"]] == ["Used"]
    assert [token.name for token in answer.context["ended"]] == ["Of somebody who left", "Over"]
    for words in ("Grace", "their account is deactivated", "ended"):
        assert words in answer.content.decode()


def test_the_list_costs_the_same_however_long(
    ada: User, signed_in: Callable[[User], Client], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser = signed_in(ada)
    operations.create_token(ada, name="One")
    browser.get(URL)
    with django_assert_num_queries(5):
        browser.get(URL)

    for number in range(50):
        operations.create_token(ada, name=f"Another {number}")

    with django_assert_num_queries(5):
        browser.get(URL)
