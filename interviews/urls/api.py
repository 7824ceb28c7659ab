"""Below ``/api/v1/``: the recorder and the interviews."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
