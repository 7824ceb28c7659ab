"""A job's list beyond its page: as a file, and the filters somebody keeps."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.pipeline.models import Job
from hiring.portals import export, saving
from hiring.portals.filters import FilterForm, SavedFilterForm, address
from hiring.portals.listing import candidates
from hiring.portals.models import SavedFilter
from interviews import reviewing


@reviewer_required
@require_safe
def job_export(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    job = get_object_or_404(Job.objects.overseen_by(request.user), pk=pk)
    asked = FilterForm(request.GET, job=job).filter
    rows = candidates(job, request.user, asked)
    lines = export.lines(rows, cards_needed=reviewing.cards_needed(job))
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"{job.slug}-{timezone.localdate():%Y-%m-%d}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return cast("HttpResponse", answer)  # it is one to everybody but the type checker


@reviewer_required
@require_POST
def filters(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    job = get_object_or_404(Job.objects.overseen_by(request.user), pk=pk)
    form = SavedFilterForm(request.POST)
    asked = FilterForm(QueryDict(request.POST.get("query", "")), job=job).filter
    if not form.is_valid():
        messages.error(request, _("Give the filter a name of at most 60 letters."))
        return redirect(address(job, asked))
    kept = saving.save(job, asked, name=form.cleaned_data["name"], by=request.user)
    messages.success(request, _("Saved as “%(name)s”.") % {"name": kept})
    return redirect(address(job, asked))


@reviewer_required
@require_POST
def filter_name(request: ReviewerRequest, pk: UUID, saved: UUID) -> HttpResponse:
    kept = _own(request, pk, saved)
    form = SavedFilterForm(request.POST)
    if form.is_valid():
        saving.rename(kept, name=form.cleaned_data["name"])
        messages.success(request, _("It is called “%(name)s” now.") % {"name": kept})
    else:
        messages.error(request, _("Give the filter a name of at most 60 letters."))
    return redirect(kept.url)


@reviewer_required
@require_POST
def filter_removal(request: ReviewerRequest, pk: UUID, saved: UUID) -> HttpResponse:
    kept = _own(request, pk, saved)
    kept.delete()
    messages.success(request, _("“%(name)s” is removed. The candidates are not.") % {"name": kept})
    return redirect(kept.url)


def _own(request: ReviewerRequest, pk: UUID, saved: UUID) -> SavedFilter:
    job = get_object_or_404(Job.objects.overseen_by(request.user), pk=pk)
    return get_object_or_404(SavedFilter.objects.filter(user=request.user, job=job), pk=saved)
