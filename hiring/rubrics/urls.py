"""Below ``/review/``: question sets, the bank of questions, competencies."""

from django.urls import URLPattern, URLResolver, path

from hiring.rubrics.views.reviewer import bank, competencies, questions, sets

app_name = "rubrics"
urlpatterns: list[URLPattern | URLResolver] = [
    path("question-sets/", sets.list_sets, name="sets"),
    path("question-sets/new/", sets.new, name="set-new"),
    path("question-sets/example/", sets.example, name="set-example"),
    path("question-sets/<uuid:pk>/", sets.show, name="set"),
    path("question-sets/<uuid:pk>/details/", sets.details, name="set-details"),
    path("question-sets/<uuid:pk>/draft/", sets.start_draft, name="draft"),
    path("question-sets/<uuid:pk>/draft/removal/", sets.discard_draft, name="draft-removal"),
    path("question-sets/<uuid:pk>/publication/", sets.publication, name="publication"),
    path("question-sets/<uuid:pk>/versions/<int:number>/", sets.version, name="version"),
    path("question-sets/<uuid:pk>/estimate/", sets.estimate, name="estimate"),
    path("question-sets/<uuid:pk>/clones/", sets.clone, name="clones"),
    path("question-sets/<uuid:pk>/archive/", sets.archive, name="set-archive"),
    path("question-sets/<uuid:pk>/bank/", sets.from_bank, name="set-bank"),
    path("question-sets/<uuid:pk>/questions/new/", questions.add, name="question-new"),
    path("questions/", bank.show, name="bank"),
    path("questions/new/", questions.add, name="bank-new"),
    path("questions/<uuid:pk>/", questions.edit, name="question"),
    path("questions/<uuid:pk>/anchors/", questions.anchors, name="anchors"),
    path("questions/<uuid:pk>/position/", questions.position, name="position"),
    path("questions/<uuid:pk>/removal/", questions.remove, name="removal"),
    path("questions/<uuid:pk>/bank/", questions.to_bank, name="question-to-bank"),
    path("questions/<uuid:pk>/archive/", questions.archive, name="question-archive"),
    path("competencies/", competencies.show, name="competencies"),
    path("competencies/new/", competencies.new, name="competency-new"),
    path("competencies/<uuid:pk>/", competencies.edit, name="competency"),
    path("competencies/<uuid:pk>/removal/", competencies.remove, name="competency-removal"),
]
