"""Below ``/api/v1/``: the recorder and the interviews."""

from django.urls import URLPattern, URLResolver, path

from interviews.api import scorecards, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("takes/<uuid:take>/chunks/", views.Chunks.as_view(), name="take-chunks"),
    path("takes/<uuid:take>/pieces/", views.Pieces.as_view(), name="take-pieces"),
    path("takes/<uuid:take>/token/", views.Token.as_view(), name="take-token"),
    path("takes/<uuid:take>/completion/", views.Completion.as_view(), name="take-completion"),
    path("interviews/<uuid:pk>/scorecard/", scorecards.ScorecardView.as_view(), name="scorecard"),
    path(
        "interviews/<uuid:pk>/scorecard/submission/", scorecards.SubmissionView.as_view(), name="scorecard-submission"
    ),
]
