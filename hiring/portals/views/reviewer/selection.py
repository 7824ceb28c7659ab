"""One thing done to those ticked on a list, the board or the shortlist: read, confirmed, told, taken back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.pipeline import rules
from hiring.pipeline.models import Batch, Job
from hiring.portals import bulk
from hiring.portals.attempt import Attempt


@reviewer_required
@require_http_methods(["GET", "POST"])
def selection(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    action = _action(request)
    job = _job(request, pk, action)
    if request.method != "POST":  # somebody came back to the address without what they had ticked
        return redirect("reviewer:job", pk=pk)
    attempt = Attempt(job, action, request.POST, by=request.user)
    done = attempt.carried_out()
    if done is not None:
        return redirect("reviewer:job-batch", pk=pk, batch=done.pk)
    return render(request, "reviewer/selection/selection.html", {"job": job, "attempt": attempt, "form": attempt.form})


@reviewer_required
@require_safe
def batch(request: ReviewerRequest, pk: UUID, batch: UUID) -> HttpResponse:
    found = _batch(request, pk, batch)
    return render(request, "reviewer/selection/batch.html", {"job": found.job, "result": bulk.result(found)})


@reviewer_required
@require_POST
def removal(request: ReviewerRequest, pk: UUID, batch: UUID) -> HttpResponse:
    undone = bulk.undo(_batch(request, pk, batch), by=request.user)
    messages.success(
        request,
        ngettext("%(n)s decision undone.", "%(n)s decisions undone.", undone.number) % {"n": undone.number},
    )
    for sentence in undone.refused[:10]:
        messages.warning(request, sentence)
    return redirect("reviewer:job-batch", pk=pk, batch=batch)


def _action(request: ReviewerRequest) -> Batch.Action:
    said = request.POST.get("action", Batch.Action.PROMOTE)
    if said not in Batch.Action.values:
        raise Http404
    return Batch.Action(said)


def _job(request: ReviewerRequest, pk: UUID, action: Batch.Action) -> Job:
    job = get_object_or_404(Job.objects.for_reviewer(request.user), pk=pk)
    may = rules.may_manage if action in bulk.WRITES else rules.may_oversee
    if not may(request.user, job):
        raise Http404
    return job


def _batch(request: ReviewerRequest, pk: UUID, batch: UUID) -> Batch:
    return get_object_or_404(Batch.objects.for_reviewer(request.user).select_related("job", "by"), pk=batch, job=pk)
