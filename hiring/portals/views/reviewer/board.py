from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.lib import memo
from hiring.pipeline import rules
from hiring.pipeline.models import Job
from hiring.portals.board import board


@reviewer_required
@require_safe
@memo.remembered
def job_board(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    job = get_object_or_404(Job.objects.overseen_by(request.user), pk=pk)
    context = {"job": job, "board": board(job), "may_manage": rules.may_manage(request.user, job)}
    return render(request, "reviewer/jobs/board.html", context)
