"""What answers are scored on."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hiring.accounts.access import ReviewerRequest, admin_required, reviewer_required
from hiring.rubrics import competencies, queries
from hiring.rubrics.forms.sets import CompetencyForm
from hiring.rubrics.models import Competency


@reviewer_required
@require_http_methods(["GET"])
def show(request: ReviewerRequest) -> HttpResponse:
    return render(
        request,
        "reviewer/rubrics/competencies.html",
        {"rows": queries.competencies(), "may_edit": request.user.is_admin},
    )


@admin_required
@require_http_methods(["GET", "POST"])
def new(request: ReviewerRequest) -> HttpResponse:
    form = CompetencyForm(request.POST or None)
    if form.is_valid():
        try:
            competencies.create(**form.cleaned_data)
        except competencies.NameTaken as taken:
            form.add_error("name", str(taken))
        else:
            return redirect("reviewer:rubrics:competencies")
    return render(request, "reviewer/rubrics/competency.html", {"form": form}, status=422 if form.errors else 200)


@admin_required
@require_http_methods(["GET", "POST"])
def edit(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    competency = get_object_or_404(Competency, pk=pk)
    form = CompetencyForm(
        request.POST or None, initial={"name": competency.name, "description": competency.description}
    )
    if form.is_valid():
        try:
            competencies.edit(competency, **form.cleaned_data)
        except (competencies.NameTaken, competencies.NameInUse) as refused:
            form.add_error("name", str(refused))
        else:
            return redirect("reviewer:rubrics:competencies")
    return render(
        request,
        "reviewer/rubrics/competency.html",
        {"form": form, "competency": competency},
        status=422 if form.errors else 200,
    )


@admin_required
@require_POST
def remove(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    competency = get_object_or_404(Competency, pk=pk)
    competencies.remove(competency)
    messages.success(request, _("“%(name)s” is gone.") % {"name": competency})
    return redirect("reviewer:rubrics:competencies")
