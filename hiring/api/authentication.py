"""``Authorization: Bearer <token>``: a staff member's API token."""

from django.db.models import Q
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
        now = timezone.now()
        token = (
            ApiToken.objects.select_related("user")
            .filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now), fingerprint=tokens.fingerprint(secret.strip()))
            .filter(revoked_at__isnull=True, user__is_active=True)
            .first()
        )
        if token is None:
            raise AuthenticationFailed(gettext("This token is unknown, expired or revoked."))
        ApiToken.objects.filter(pk=token.pk).update(used_at=now)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"
