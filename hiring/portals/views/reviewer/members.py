from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.pipeline import operations as pipeline
from hiring.pipeline.models import Job
from hiring.portals import operations
from hiring.portals.forms import MemberForm


@reviewer_required
@require_http_methods(["GET", "POST"])
def members(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    job = get_object_or_404(Job.objects.managed_by(request.user), pk=pk)
    form = MemberForm(request.POST or None)
    if form.is_valid():
        member = pipeline.add_member(job, **form.cleaned_data, by=request.user)
        messages.success(request, _("%(name)s works on this job now.") % {"name": member.user})
        return redirect("reviewer:job-members", pk=pk)
    on_it = job.members.select_related("user")
    return render(request, "reviewer/jobs/members.html", {"job": job, "form": form, "members": on_it})


@reviewer_required
@require_POST
def removal(request: ReviewerRequest, pk: UUID, user: UUID) -> HttpResponse:
    job = get_object_or_404(Job.objects.managed_by(request.user), pk=pk)
    member = get_object_or_404(job.members.select_related("user", "job"), user=user)
    operations.remove_member(member, by=request.user)
    messages.success(request, _("%(name)s no longer works on this job.") % {"name": member.user})
    return redirect("reviewer:job-members", pk=pk) if member.user != request.user else redirect("reviewer:jobs")
