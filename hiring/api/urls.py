"""Everything below ``/api/v1/``: each part brings its own."""

from django.urls import URLPattern, URLResolver, path

from hiring.api import documentation, moves, views

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", documentation.SchemaView.as_view(), name="schema"),
    path("docs/", documentation.DocsView.as_view(), name="docs"),
    path("jobs/", views.Jobs.as_view(), name="jobs"),
    path("jobs/<uuid:pk>/", views.OneJob.as_view(), name="job"),
    path("jobs/<uuid:pk>/applications/", views.Applications.as_view(), name="applications"),
    path("applications/<uuid:pk>/", views.OneApplication.as_view(), name="application"),
    path("applications/<uuid:pk>/advancement/", moves.Advancement.as_view(), name="advancement"),
    path("applications/<uuid:pk>/decision/", moves.DecisionView.as_view(), name="decision"),
    path("applications/<uuid:pk>/decision/telling/", moves.Telling.as_view(), name="decision-telling"),
    path("applications/<uuid:pk>/reopening/", moves.Reopening.as_view(), name="reopening"),
    path("applications/<uuid:pk>/events/", moves.Events.as_view(), name="events"),
    path("reject-reasons/", moves.RejectReasons.as_view(), name="reject-reasons"),
    path("applications/<uuid:pk>/invitation/", views.Invitation.as_view(), name="invitation"),
]
