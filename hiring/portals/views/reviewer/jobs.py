from uuid import UUID

from django.conf import settings as config
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.lib import memo, pages
from hiring.pipeline import operations as pipeline
from hiring.pipeline import process, rules, stages
from hiring.pipeline.models import Job
from hiring.portals import operations, queries, readiness, today
from hiring.portals.filters import FilterForm
from hiring.portals.job_forms import JobForm, NewStageForm, OpeningForm
from hiring.portals.listing import listing
from interviews import reviewing, setup


@reviewer_required
@require_safe
def jobs(request: ReviewerRequest) -> HttpResponse:
    is_closed = request.GET.get("show") == "closed"
    mine = queries.jobs(request.user)
    found = pages.page(mine.filter(archived_at__isnull=not is_closed), cursor=request.GET.get("cursor", ""))
    own = Job.objects.for_reviewer(request.user)
    here = reverse("reviewer:jobs")
    tabs = [
        (_("Open"), here, not is_closed, own.filter(archived_at__isnull=True).count()),
        (_("Closed"), f"{here}?show=closed", is_closed, own.filter(archived_at__isnull=False).count()),
    ]
    context = {
        "jobs": found,
        "tabs": tabs,
        "is_closed": is_closed,
        "may_open": rules.may_open_jobs(request.user),
        "may_search": today.oversees_any(request.user),
    }
    return render(request, "reviewer/jobs/list.html", context)


@reviewer_required
@require_http_methods(["GET", "POST"])
def opening(request: ReviewerRequest) -> HttpResponse:
    if not rules.may_open_jobs(request.user):
        raise PermissionDenied
    form = OpeningForm(request.POST or None)
    if form.is_valid():
        job = operations.open_job(**form.cleaned_data, by=request.user)
        messages.success(request, _("“%(job)s” is open. Nobody outside sees it until you publish it.") % {"job": job})
        return redirect("reviewer:job-settings", pk=job.pk)
    hints = [hint for kind in stages.kinds() if (hint := readiness.hint(kind))]
    return render(request, "reviewer/jobs/opening.html", {"form": form, "hints": hints})


@reviewer_required
@require_safe
@memo.remembered
def job(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Job.objects.for_reviewer(request.user), pk=pk)
    if not rules.may_oversee(request.user, found):
        owed = queries.owed_cards(request.user).filter(application__job=found)
        return render(request, "reviewer/jobs/for_interviewer.html", {"job": found, "interviews": owed})
    prefetch_related_objects([found], "stages")
    listed = listing(found, request.user, FilterForm(request.GET, job=found))
    asks = setup.asked_in(found)
    may_manage = rules.may_manage(request.user, found)
    context = {
        "job": found,
        "may_manage": may_manage,
        "may_invite": may_manage and bool(asks) and listed.has_uninvited,
        "asks": asks,
        "unready": readiness.first_unready(found) if may_manage else None,
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
        pipeline.change_job(found, **form.cleaned_data)
        messages.success(request, _("Saved. Dates already promised to candidates stay as they were."))
        return redirect("reviewer:job-settings", pk=pk)
    context = {
        "job": found,
        "form": form,
        "stages": readiness.of_job(found),
        "adding": NewStageForm(),
        "address": config.BASE_URL + reverse("job", args=[found.slug]),
        "waiting": process.undecided(found).count(),
    }
    return render(request, "reviewer/jobs/settings.html", context)
