"""Keys to the API."""

from typing import NamedTuple

from hiring.accounts.models import User
from hiring.api.models import ApiToken
from hiring.lib import tokens


class Key(NamedTuple):
    """A token's row, and the secret that is shown once and stored nowhere."""

    token: ApiToken
    secret: str


def create_token(user: User, *, name: str) -> Key:
    """A key with which a program may do what ``user`` may do, until it is revoked or they are deactivated."""
    secret = tokens.generate()
    return Key(ApiToken.objects.create(user=user, name=name, fingerprint=tokens.fingerprint(secret)), secret)
