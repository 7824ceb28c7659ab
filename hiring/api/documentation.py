"""The schema, and a page to read it on that keeps the strict CSP: its script is a file, not inline."""

from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its base’s __init_subclass__ has no types
    """How the API's description names the header."""

    target_class = "hiring.api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, _auto_schema: object) -> dict[str, str]:
        description = "From `manage.py create_api_token EMAIL`. It may do what its owner may do."
        return {"type": "http", "scheme": "bearer", "description": description}


class SchemaView(SpectacularAPIView):
    authentication_classes = []
    permission_classes = [AllowAny]


# Swagger styles its own parts by attribute; nothing else is let in.
@method_decorator(csp_update({"style-src": ["'unsafe-inline'"]}), name="dispatch")
class DocsView(SpectacularSwaggerSplitView):
    url_name = "api:schema"
    authentication_classes = []
    permission_classes = [AllowAny]
