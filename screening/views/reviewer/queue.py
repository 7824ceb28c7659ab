"""The queue of a résumé review: one application after another, its résumé beside what is looked for."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.lib.htmx import fragment
from hiring.pipeline import decisions
from hiring.pipeline.forms import HoldForm
from hiring.pipeline.models import Application, Decision, JobStage
from screening import desk, operations, queries
from screening.forms import MarksForm, RejectForm

PAGE = "reviewer/screening/queue.html"


@reviewer_required
@require_safe
def show(request: ReviewerRequest, stage: UUID) -> HttpResponse:
    review = _review(request, stage)
    line = queries.queue(review, at=request.GET.get("application", ""))
    asked = desk.Asked(request.GET.get("document", ""), request.GET.get("q", "")[:100].replace("\0", ""))
    opened = desk.desk(line, asked, request.user)
    return render(request, PAGE, {"queue": line, "stage": review, "desk": opened, **desk.beside(review, request.user)})


@reviewer_required
@require_POST
def advancement(request: ReviewerRequest, stage: UUID, pk: UUID) -> HttpResponse:
    review = _review(request, stage)
    moved = operations.advance(_application(request, review, pk), review, by=request.user)
    messages.success(request, _("%(name)s moves on to “%(stage)s”.") % {"name": moved.candidate, "stage": moved.stage})
    return _onwards(request, review)


@reviewer_required
@require_POST
def hold(request: ReviewerRequest, stage: UUID, pk: UUID) -> HttpResponse:
    review = _review(request, stage)
    application = _application(request, review, pk)
    form = HoldForm(request.POST)
    if not form.is_valid():
        return _sent_back(request, review, application, str(form.errors["reason"][0]))
    operations.hold(application, review, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("%(name)s is on hold.") % {"name": application.candidate})
    return _onwards(request, review)


@reviewer_required
@require_POST
def hold_removal(request: ReviewerRequest, stage: UUID, pk: UUID) -> HttpResponse:
    review = _review(request, stage)
    application = _application(request, review, pk)
    operations.resume(application, review, by=request.user)
    return redirect(f"{reverse('reviewer:screening:queue', args=[stage])}?application={pk}")


@reviewer_required
@require_POST
def rejection(request: ReviewerRequest, stage: UUID, pk: UUID) -> HttpResponse:
    review = _review(request, stage)
    application = _application(request, review, pk)
    form = RejectForm(request.POST)
    if not form.is_valid():
        return _sent_back(request, review, application, str(next(iter(form.errors.values()))[0]))
    operations.reject(application, review, by=request.user, **form.cleaned_data)
    words = _("%(name)s does not move forward. They are told in ten minutes; until then you can undo it here.")
    messages.success(request, words % {"name": application.candidate})
    return _onwards(request, review)


@reviewer_required
@require_POST
def decision_removal(request: ReviewerRequest, stage: UUID, pk: UUID) -> HttpResponse:
    review = _review(request, stage)
    found = Decision.objects.filter(application__in=Application.objects.for_reviewer(request.user))
    decision = get_object_or_404(found, pk=pk, application__stage=review)
    decisions.undo(decision, by=request.user)
    messages.success(request, _("Undone: %(name)s waits again.") % {"name": decision.application.candidate})
    return redirect(f"{reverse('reviewer:screening:queue', args=[stage])}?application={decision.application_id}")


@reviewer_required
@require_POST
def marks(request: ReviewerRequest, stage: UUID, pk: UUID) -> HttpResponse:
    review = _review(request, stage)
    application = _application(request, review, pk)
    form = MarksForm(request.POST, criteria=queries.criteria(review))
    if form.is_valid():
        operations.mark(application, form.values, by=request.user)
    if request.headers.get("HX-Request") == "true":
        tally = desk.tally(review, application, request.user)
        return render(request, fragment(PAGE, "tally", request), {"tally": tally, "stage": review})
    return redirect(f"{reverse('reviewer:screening:queue', args=[stage])}?application={pk}#criteria")


def _review(request: ReviewerRequest, stage: UUID) -> JobStage:
    return get_object_or_404(queries.stages(request.user), pk=stage)


def _application(request: ReviewerRequest, review: JobStage, pk: UUID) -> Application:
    mine = Application.objects.for_reviewer(request.user).select_related("candidate")
    return get_object_or_404(mine, pk=pk, job=review.job_id)


def _onwards(request: ReviewerRequest, review: JobStage) -> HttpResponse:
    """The next one opens; the page was told which, so that it stays the one people saw there."""
    here = reverse("reviewer:screening:queue", args=[review.pk])
    following = request.POST.get("next", "")[:36]
    return redirect(f"{here}?application={following}" if following.replace("-", "").isalnum() else here)


def _sent_back(request: ReviewerRequest, review: JobStage, application: Application, why: str) -> HttpResponse:
    messages.error(request, why)
    return redirect(f"{reverse('reviewer:screening:queue', args=[review.pk])}?application={application.pk}")
