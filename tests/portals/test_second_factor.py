import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from hiring.accounts.models import User
from tests import factories


@pytest.fixture
def strict(settings: Settings) -> None:
    settings.ADMINS_NEED_SECOND_FACTOR = True


def sign_in(user: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": factories.PASSWORD})
    return client


def test_an_admin_without_one_is_led_to_setting_it_up(strict: None, ada: User) -> None:
    client = sign_in(ada)

    answer = client.get(reverse("reviewer:company"))

    assert answer.headers["Location"] == reverse("mfa_activate_totp")


def test_setting_it_up_lets_them_in_and_is_asked_for_next_time(strict: None, ada: User) -> None:
    client, set_up = sign_in(ada), reverse("mfa_activate_totp")
    client.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD})
    secret = client.get(set_up).context["form"].secret

    client.post(set_up, {"code": code(secret)})
    assert client.get(reverse("reviewer:company")).status_code == 200

    again = sign_in(ada)
    assert again.get(reverse("reviewer:company")).status_code == 302
    assert again.get(reverse("mfa_authenticate")).status_code == 200


def test_others_may_do_without(strict: None, grace: User) -> None:
    assert sign_in(grace).get(reverse("reviewer:home")).status_code == 200


def test_development_asks_nobody(ada: User) -> None:
    assert sign_in(ada).get(reverse("reviewer:company")).status_code == 200


def code(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))
