import pytest
from django.test import Client
from django.urls import reverse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ada")]


@pytest.mark.parametrize("page", ["account_login", "account_reset_password"])
def test_an_address_is_called_the_same_as_everywhere(page: str) -> None:
    answer = Client().get(reverse(page))

    assert answer.status_code == 200
    assert "E-mail" in answer.content.decode()
    assert ">Email" not in answer.content.decode()
    assert 'placeholder="Email' not in answer.content.decode()
