from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.pipeline import rules
from hiring.pipeline.models import Job
from hiring.portals import shortlist as ranking
from interviews import reviewing


@reviewer_required
@require_safe
def shortlist(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    job = _overseen(request, pk)
    stages = ranking.stages_of(job)
    stage = next((one for one in stages if str(one.pk) == request.GET.get("stage")), stages[0] if stages else None)
    found = ranking.of(stage, request.user, stages=stages) if stage else None
    return render(request, "reviewer/shortlist/shortlist.html", {"job": job, "shortlist": found})


@reviewer_required
@require_POST
def sighting(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    job = _overseen(request, pk)
    asked = ranking.interviews_in(job, request.POST.get("interviews", "").split())
    number = reviewing.show_all_scores(asked, by=request.user)
    messages.success(
        request,
        ngettext("You see the scores of %(n)d more.", "You see the scores of %(n)d more.", number) % {"n": number},
    )
    stage = request.POST.get("stage", "")
    return redirect(f"{reverse('reviewer:job-shortlist', args=[pk])}?stage={stage}")


def _overseen(request: ReviewerRequest, pk: UUID) -> Job:
    job = get_object_or_404(Job.objects.for_reviewer(request.user), pk=pk)
    if not rules.may_oversee(request.user, job):
        raise Http404
    return job
