"""Below ``/c/documents/``."""

from django.urls import URLPattern, URLResolver, path

from screening.views import candidate

app_name = "screening"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", candidate.documents, name="documents"),
]
