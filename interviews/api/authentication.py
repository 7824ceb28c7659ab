"""``Authorization: Take <token>``: a recorder shows the pass of its take. Reads no table, carries no cookie."""

from datetime import timedelta
from typing import ClassVar, cast

from django.utils.translation import gettext_lazy
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from interviews import rules
from interviews.rules import Pass


class TokenExpired(AuthenticationFailed):
    default_code = "token_expired"
    default_detail = gettext_lazy("This token is older than 15 minutes. Renew it and ask again.")


class TokenInvalid(AuthenticationFailed):
    default_code = "token_invalid"
    default_detail = gettext_lazy("This token is not one of ours.")


class WrongTake(PermissionDenied):
    default_code = "wrong_take"
    default_detail = gettext_lazy("This token belongs to another recording.")


class TakeAuthentication(BaseAuthentication):
    """``request.auth`` becomes the ``Pass``; there is no user. Without a WWW-Authenticate header DRF answers 403."""

    max_age: ClassVar[timedelta] = rules.PASS_AGE

    def authenticate(self, request: Request) -> tuple[None, Pass] | None:
        scheme, _, token = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != "take":
            return None
        try:
            return None, Pass.read(token.strip(), max_age=self.max_age)
        except rules.PassExpired as error:
            raise TokenExpired from error
        except rules.PassInvalid as error:
            raise TokenInvalid from error


class RenewalAuthentication(TakeAuthentication):
    """Also takes a token that expired within the last day: a laptop was closed, a train was in a tunnel."""

    max_age = rules.RENEWAL_AGE


class TakeScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its base’s __init_subclass__ has no types
    """How the API's description names the header."""

    target_class = TakeAuthentication
    name = "takeToken"

    def get_security_definition(self, _auto_schema: object) -> dict[str, str]:
        description = "`Take <token>`, as given when a take was begun. Valid for 15 minutes, renewable for a day."
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": description}


class RenewalScheme(TakeScheme):  # type: ignore[no-untyped-call]  # its base’s __init_subclass__ has no types
    target_class = RenewalAuthentication
    name = "takeTokenToRenew"


class HoldsPass(BasePermission):
    """The pass in the header is one for the take in the address."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if not isinstance(request.auth, Pass):
            return False
        if request.auth.take != view.kwargs["take"]:
            raise WrongTake
        return True


def pass_of(request: Request) -> Pass:
    return cast("Pass", request.auth)  # HoldsPass has looked
