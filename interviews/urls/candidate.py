"""Below ``/c/interviews/``."""

from django.urls import URLPattern, URLResolver, path

from interviews.views.candidate import interview, recording

app_name = "interviews"
urlpatterns: list[URLPattern | URLResolver] = [
    path("<uuid:pk>/", interview.overview, name="overview"),
    path("<uuid:pk>/consent/", interview.consent, name="consent"),
    path("<uuid:pk>/check/", recording.check, name="check"),
    path("<uuid:pk>/practice/", recording.practice, name="practice"),
    path("<uuid:pk>/questions/<uuid:question>/", recording.record, name="record"),
    path("<uuid:pk>/questions/<uuid:question>/takes/", recording.takes, name="takes"),
    path("<uuid:pk>/questions/<uuid:question>/choice/", recording.choice, name="choice"),
    path("<uuid:pk>/takes/<uuid:take>/token/", recording.take_token, name="take-token"),
    path("<uuid:pk>/takes/<uuid:take>/media/", recording.take_media, name="take-media"),
    path("<uuid:pk>/takes/<uuid:take>/preparation/", recording.preparation, name="preparation"),
    path("<uuid:pk>/review/", interview.answers, name="answers"),
    path("<uuid:pk>/submission/", interview.submission, name="submission"),
    path("<uuid:pk>/extension/", interview.extension, name="extension"),
    path("<uuid:pk>/receipt/", interview.receipt, name="receipt"),
]
