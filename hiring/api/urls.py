"""Everything below ``/api/v1/``: each part brings its own."""

from django.urls import URLPattern, URLResolver

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = []
