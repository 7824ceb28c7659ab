"""``Authorization: Bearer <token>``: a staff member's API token."""

from django.utils import timezone
from django.utils.translation import gettext
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from hiring.accounts.models import User
from hiring.api.models import ApiToken
from hiring.lib import tokens


class TokenAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = (
            ApiToken.objects.working()
            .select_related("user")
            .filter(fingerprint=tokens.fingerprint(secret.strip()))
            .first()
        )
        if token is None:
            raise AuthenticationFailed(gettext("This token is unknown, expired or revoked."))
        ApiToken.objects.filter(pk=token.pk).update(used_at=timezone.now())
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"
