"""The schema, and a page to read it on that keeps the strict CSP: its script is a file, not inline."""

from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny


class SchemaView(SpectacularAPIView):
    authentication_classes = []
    permission_classes = [AllowAny]


# Swagger draws its own icons as data: images and styles its parts by attribute; nothing else is let in.
@method_decorator(csp_update({"style-src": ["'unsafe-inline'"]}), name="dispatch")
class DocsView(SpectacularSwaggerSplitView):
    url_name = "api:schema"
    authentication_classes = []
    permission_classes = [AllowAny]
