"""A job's process, and whether the public sees the job."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.lib.errors import Refusal
from hiring.pipeline import process
from hiring.pipeline.models import Job, JobStage
from hiring.portals import operations, readiness
from hiring.portals.job_forms import NewStageForm, StageForm


@reviewer_required
@require_POST
def stages(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    job, form = _managed(request, pk), NewStageForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what kind of stage to add; its name has at most 80 letters."))
        return _to_stages(job)
    try:
        added = process.add_stage(job, form.cleaned_data["kind"], name=form.cleaned_data["name"])
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _to_stages(job)
    messages.success(request, _("“%(stage)s” is the last stage now. Set it up below.") % {"stage": added})
    return _to_stages(job)


@reviewer_required
@require_http_methods(["GET", "POST"])
def stage(request: ReviewerRequest, pk: UUID, stage: UUID) -> HttpResponse:
    job = _managed(request, pk)
    found = get_object_or_404(job.stages, pk=stage)
    form = StageForm(request.POST or None, stage=found)
    if form.is_valid():
        operations.change_stage(found, **form.cleaned_data)
        messages.success(request, _("Saved. People invited before keep the questions and the date they were given."))
        return _to_stages(job)
    context = {"job": job, "stage": found, "form": form, "state": readiness.of(found)}
    return render(request, "reviewer/jobs/stage.html", context)


@reviewer_required
@require_POST
def position(request: ReviewerRequest, pk: UUID, stage: UUID) -> HttpResponse:
    job = _managed(request, pk)
    found = get_object_or_404(job.stages, pk=stage)
    process.order_stages(job, process.moved([row.pk for row in job.stages.all()], found.pk, by=_step(request)))
    return _to_stages(job)


@reviewer_required
@require_POST
def removal(request: ReviewerRequest, pk: UUID, stage: UUID) -> HttpResponse:
    job = _managed(request, pk)
    found: JobStage = get_object_or_404(job.stages, pk=stage)
    try:
        process.remove_stage(found)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("“%(stage)s” is out of the process.") % {"stage": found})
    return _to_stages(job)


@reviewer_required
@require_POST
def publication(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    job = _managed(request, pk)
    try:
        process.publish(job)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("“%(job)s” is on the public list. Anybody can apply now.") % {"job": job})
    return redirect("reviewer:job-settings", pk=pk)


@reviewer_required
@require_POST
def publication_removal(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    job = process.unpublish(_managed(request, pk))
    messages.success(request, _("“%(job)s” is off the public list. Whoever applied goes on.") % {"job": job})
    return redirect("reviewer:job-settings", pk=pk)


@reviewer_required
@require_POST
def closing(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    job = _managed(request, pk)
    try:
        process.close(job)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("reviewer:job-settings", args=[pk]) + "#closing")
    messages.success(request, _("“%(job)s” is closed. It can be opened again at any time.") % {"job": job})
    return redirect("reviewer:job-settings", pk=pk)


@reviewer_required
@require_POST
def reopening(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    job = process.reopen(_managed(request, pk))
    messages.success(request, _("“%(job)s” is open again.") % {"job": job})
    return redirect("reviewer:job-settings", pk=pk)


def _managed(request: ReviewerRequest, pk: UUID) -> Job:
    return get_object_or_404(Job.objects.managed_by(request.user), pk=pk)


def _step(request: ReviewerRequest) -> int:
    return 1 if request.POST.get("direction") == "down" else -1


def _to_stages(job: Job) -> HttpResponse:
    return HttpResponseRedirect(reverse("reviewer:job-settings", args=[job.pk]) + "#process")
