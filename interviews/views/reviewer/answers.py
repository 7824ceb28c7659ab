"""What a candidate said, for whoever is to meet them: the answers and nothing that anybody thought of them."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hiring.accounts.access import ReviewerRequest, reviewer_required
from interviews import queries, reviewing
from interviews.models import Interview


@reviewer_required
@require_safe
def answers(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    related = ("application__candidate", "application__job", "assessment__version", "stage")
    interview = get_object_or_404(Interview.objects.told_to(request.user).select_related(*related), pk=pk)
    told = [
        (part, reviewing.open_media(part.take, by=request.user) if part.take and part.state == "playable" else None)
        for part in queries.parts(interview)
    ]
    return render(request, "reviewer/interviews/answers.html", {"interview": interview, "told": told})
