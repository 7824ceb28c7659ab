"""The link by which somebody sets their own password: signed, single-use, three days."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from hiring.accounts.models import User


def set_password_url(person: User) -> str:
    """The full address at which ``person`` sets a password. It dies with its use and after three days."""
    uid, key = user_pk_to_url_str(person), default_token_generator.make_token(person)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": key})
    return f"{settings.BASE_URL}{path}"
