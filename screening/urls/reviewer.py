"""Below ``/review/screening/``."""

from django.urls import URLPattern, URLResolver, path

from screening.views.reviewer import criteria, documents, merging, queue

app_name = "screening"
urlpatterns: list[URLPattern | URLResolver] = [
    path("<uuid:stage>/", queue.show, name="queue"),
    path("<uuid:stage>/applications/<uuid:pk>/advancement/", queue.advancement, name="advancement"),
    path("<uuid:stage>/applications/<uuid:pk>/hold/", queue.hold, name="hold"),
    path("<uuid:stage>/applications/<uuid:pk>/hold/removal/", queue.hold_removal, name="hold-removal"),
    path("<uuid:stage>/applications/<uuid:pk>/rejection/", queue.rejection, name="rejection"),
    path("<uuid:stage>/applications/<uuid:pk>/marks/", queue.marks, name="marks"),
    path("<uuid:stage>/decisions/<uuid:pk>/removal/", queue.decision_removal, name="decision-removal"),
    path("<uuid:stage>/criteria/", criteria.criteria, name="criteria"),
    path("<uuid:stage>/criteria/<uuid:pk>/", criteria.criterion, name="criterion"),
    path("<uuid:stage>/criteria/<uuid:pk>/removal/", criteria.criterion_removal, name="criterion-removal"),
    path("<uuid:stage>/questions/", criteria.question_new, name="question-new"),
    path("<uuid:stage>/questions/<uuid:pk>/", criteria.question, name="question"),
    path("<uuid:stage>/questions/<uuid:pk>/removal/", criteria.question_removal, name="question-removal"),
    path("documents/<uuid:pk>/", documents.document, name="document"),
    path("documents/<uuid:pk>/original/", documents.original, name="original"),
    path("applications/<uuid:pk>/documents/", documents.documents, name="documents"),
    path("candidates/<uuid:pk>/merge/<uuid:other>/", merging.merge, name="merge"),
]
