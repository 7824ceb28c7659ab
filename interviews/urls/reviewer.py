"""Below ``/review/interviews/``."""

from django.urls import URLPattern, URLResolver, path

from interviews.views.reviewer import answers, assigning, cockpit, preview, scoring

app_name = "interviews"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", cockpit.mine, name="mine"),
    path("<uuid:pk>/", cockpit.show, name="cockpit"),
    path("<uuid:pk>/answers/", answers.answers, name="answers"),
    path("<uuid:pk>/answers/<uuid:answer>/media/", cockpit.media, name="media"),
    path("<uuid:pk>/takes/<uuid:take>/preparation/", cockpit.preparation, name="preparation"),
    path("<uuid:pk>/scorecard/", scoring.scorecard, name="scorecard"),
    path("<uuid:pk>/scorecard/notes/removal/", scoring.note_removal, name="note-removal"),
    path("<uuid:pk>/scorecard/recommendation/", scoring.recommendation, name="recommendation"),
    path("<uuid:pk>/scorecard/submission/", scoring.submission, name="submission"),
    path("<uuid:pk>/scores/", assigning.scores, name="scores"),
    path("<uuid:pk>/assignments/", assigning.assignments, name="assignments"),
    path("<uuid:pk>/assignments/<uuid:reviewer>/release/", assigning.release, name="release"),
    path("previews/<uuid:version>/", preview.overview, name="preview"),
    path("previews/<uuid:version>/consent/", preview.consent, name="preview-consent"),
    path("previews/<uuid:version>/check/", preview.check, name="preview-check"),
    path("previews/<uuid:version>/practice/", preview.practice, name="preview-practice"),
    path("previews/<uuid:version>/questions/<uuid:question>/", preview.question, name="preview-question"),
    path("previews/<uuid:version>/end/", preview.end, name="preview-end"),
]
