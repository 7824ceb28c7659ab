from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.lib import pages
from hiring.pipeline import rules
from hiring.pipeline.models import Job
from hiring.portals import operations, queries
from hiring.portals.filters import FilterForm
from hiring.portals.forms import JobForm
from hiring.portals.listing import listing
from interviews import reviewing, setup


@reviewer_required
@require_safe
def jobs(request: ReviewerRequest) -> HttpResponse:
    found = pages.page(
        queries.jobs(request.user).filter(archived_at__isnull=True), cursor=request.GET.get("cursor", "")
    )
    context = {"jobs": found, "may_open": rules.may_open_jobs(request.user)}
    return render(request, "reviewer/jobs/list.html", context)


@reviewer_required
@require_http_methods(["GET", "POST"])
def opening(request: ReviewerRequest) -> HttpResponse:
    if not rules.may_open_jobs(request.user):
        raise PermissionDenied
    form = JobForm(request.POST or None)
    if form.is_valid():
        job = operations.open_job(**form.cleaned_data, by=request.user)
        messages.success(request, _("“%(job)s” is open. Next: who works on it, then candidates.") % {"job": job})
        return redirect("reviewer:job-members", pk=job.pk)
    return render(request, "reviewer/jobs/opening.html", {"form": form})


@reviewer_required
@require_safe
def job(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Job.objects.for_reviewer(request.user), pk=pk)
    if not rules.may_oversee(request.user, found):
        owed = queries.owed_cards(request.user).filter(application__job=found)
        return render(request, "reviewer/jobs/for_interviewer.html", {"job": found, "interviews": owed})
    listed = listing(found, request.user, FilterForm(request.GET, job=found))
    asks = setup.settings_of(found)
    may_manage = rules.may_manage(request.user, found)
    context = {
        "job": found,
        "may_manage": may_manage,
        "may_invite": may_manage and asks is not None and listed.has_uninvited,
        "asks": asks,
        "cards_needed": reviewing.cards_needed(found),
        "listing": listed,
    }
    return render(request, "reviewer/jobs/job.html", context)


@reviewer_required
@require_http_methods(["GET", "POST"])
def settings(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Job.objects.managed_by(request.user), pk=pk)
    form = JobForm(request.POST or None, job=found)
    if form.is_valid():
        operations.change_job(found, **form.cleaned_data)
        messages.success(request, _("Saved. People invited before keep the questions and the date they were given."))
        return redirect("reviewer:job", pk=pk)
    return render(request, "reviewer/jobs/settings.html", {"job": found, "form": form})
