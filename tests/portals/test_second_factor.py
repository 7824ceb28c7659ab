from collections.abc import Callable

import pytest
from allauth.mfa.utils import is_mfa_enabled
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from hiring.accounts import operations
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

    client.post(set_up, {"code": factories.one_time_code(secret)})
    assert client.get(reverse("reviewer:company")).status_code == 200

    again = sign_in(ada)
    assert again.get(reverse("reviewer:company")).status_code == 302
    assert again.get(reverse("mfa_authenticate")).status_code == 200


def test_who_lost_phone_and_codes_is_let_in_by_an_admin(
    ada: User, grace: User, signed_in: Callable[[User], Client]
) -> None:
    factories.second_factor(grace)
    assert sign_in(grace).get(reverse("reviewer:home")).status_code == 302

    signed_in(ada).post(reverse("reviewer:person-second-factor-removal", args=[grace.pk]))

    assert sign_in(grace).get(reverse("reviewer:home")).status_code == 200


def test_ones_own_is_not_turned_off_without_being_asked_again(ada: User, signed_in: Callable[[User], Client]) -> None:
    factories.second_factor(ada)

    with pytest.raises(operations.NotYourself):
        operations.remove_second_factor(ada, by=ada)

    assert is_mfa_enabled(ada)


def test_others_may_do_without(strict: None, grace: User) -> None:
    assert sign_in(grace).get(reverse("reviewer:home")).status_code == 200


def test_development_asks_nobody(ada: User) -> None:
    assert sign_in(ada).get(reverse("reviewer:company")).status_code == 200
