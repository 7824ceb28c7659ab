"""The whole map: public pages, the candidate's portal, the reviewer's portal, the API."""

from django.urls import URLPattern, URLResolver, include, path

candidate: list[URLPattern | URLResolver] = [
    path("interviews/", include("interviews.urls.candidate")),
]

reviewer: list[URLPattern | URLResolver] = [
    path("interviews/", include("interviews.urls.reviewer")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("c/", include((candidate, "candidate"))),
    path("review/", include((reviewer, "reviewer"))),
    path("api/v1/", include("hiring.api.urls")),
    path("api/v1/", include("interviews.urls.api")),
    path("accounts/", include("allauth.account.urls")),
]
