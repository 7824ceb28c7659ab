"""Everything below ``/api/v1/``: each part brings its own."""

from django.urls import URLPattern, URLResolver, path

from hiring.api import documentation, views

app_name = "api"
urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", documentation.SchemaView.as_view(), name="schema"),
    path("docs/", documentation.DocsView.as_view(), name="docs"),
    path("jobs/", views.Jobs.as_view(), name="jobs"),
    path("jobs/<uuid:pk>/", views.OneJob.as_view(), name="job"),
    path("jobs/<uuid:pk>/applications/", views.Applications.as_view(), name="applications"),
    path("applications/<uuid:pk>/", views.OneApplication.as_view(), name="application"),
    path("applications/<uuid:pk>/invitation/", views.Invitation.as_view(), name="invitation"),
]
