"""Below ``/api/v1/``: live rounds."""

from django.urls import URLPattern, URLResolver, path

from scheduling.api import scorecards

urlpatterns: list[URLPattern | URLResolver] = [
    path("bookings/<uuid:pk>/scorecard/", scorecards.ScorecardView.as_view(), name="booking-scorecard"),
    path(
        "bookings/<uuid:pk>/scorecard/submission/",
        scorecards.SubmissionView.as_view(),
        name="booking-scorecard-submission",
    ),
]
