"""Keys to the API."""

from datetime import datetime
from typing import NamedTuple

from django.utils import timezone

from hiring.accounts.models import User
from hiring.api.models import ApiToken
from hiring.lib import tokens


class Key(NamedTuple):
    """A token's row, and the secret that is shown once and stored nowhere."""

    token: ApiToken
    secret: str


def create_token(user: User, *, name: str, expires_at: datetime | None = None) -> Key:
    """A key with which a program may do what ``user`` may do, while they may sign in.

    It ends at ``expires_at``, or when it is revoked.
    """
    secret = tokens.generate()
    token = ApiToken.objects.create(user=user, name=name, fingerprint=tokens.fingerprint(secret), expires_at=expires_at)
    return Key(token, secret)


def revoke_token(token: ApiToken) -> None:
    """End ``token`` now and for good; one that was revoked before keeps its moment."""
    ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())
