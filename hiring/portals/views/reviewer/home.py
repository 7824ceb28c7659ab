from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.portals import today


@reviewer_required
@require_safe
def home(request: ReviewerRequest) -> HttpResponse:
    errands = today.checklist() if request.user.is_admin else []
    return render(
        request,
        "reviewer/today/today.html",
        {
            "today": today.waiting_for(request.user),
            "errands": [] if all(errand.is_done for errand in errands) else errands,
            "errands_done": sum(errand.is_done for errand in errands),
            "oversees": today.oversees_any(request.user),
        },
    )
