"""How much one token may ask."""

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from hiring.api.models import ApiToken

WRITES = ("POST", "PUT", "PATCH", "DELETE")


class TokenThrottle(SimpleRateThrottle):
    scope = "token"
    rate = "600/min"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        return f"throttle-{self.scope}-{request.auth.pk}" if isinstance(request.auth, ApiToken) else None


class WriteThrottle(TokenThrottle):
    """What sends mail or makes rows is counted apart."""

    scope = "token-writes"
    rate = "120/min"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        return super().get_cache_key(request, view) if request.method in WRITES else None
