"""Below ``/c/interviews/``."""

from django.urls import URLPattern, URLResolver, path

from interviews.views.candidate import interview

app_name = "interviews"
urlpatterns: list[URLPattern | URLResolver] = [
    path("<uuid:pk>/", interview.overview, name="overview"),
    path("<uuid:pk>/consent/", interview.consent, name="consent"),
    path("<uuid:pk>/review/", interview.answers, name="answers"),
    path("<uuid:pk>/submission/", interview.submission, name="submission"),
    path("<uuid:pk>/receipt/", interview.receipt, name="receipt"),
]
