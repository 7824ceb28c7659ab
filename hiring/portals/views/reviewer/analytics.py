from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.pipeline.models import Job
from hiring.portals import figures


@reviewer_required
@require_safe
def job_figures(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    job = get_object_or_404(Job.objects.overseen_by(request.user), pk=pk)
    steps = figures.steps(job)
    context = {
        "job": job,
        "steps": steps,
        "total": steps[0].count,
        "is_few": steps[0].count < figures.FEW,
        "paces": figures.paces(job, timezone.now()),
    }
    return render(request, "reviewer/jobs/figures.html", context)
