"""Who is asked to score, and asking to see the scores without."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.accounts.models import User
from interviews import reviewing
from interviews.forms.reviewer import AssignmentForm
from interviews.models import Interview


@reviewer_required
@require_POST
def assignments(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    interview = _overseen(request, pk)
    form = AssignmentForm(request.POST)
    if form.is_valid():
        reviewer = get_object_or_404(User.objects.filter(is_active=True), pk=form.cleaned_data["reviewer"])
        reviewing.assign(interview, reviewer, by=request.user)
        messages.success(request, _("%(name)s is asked to score this interview.") % {"name": reviewer})
    else:
        messages.error(request, _("Choose somebody from the list."))
    return redirect("reviewer:interviews:cockpit", pk)


@reviewer_required
@require_POST
def release(request: ReviewerRequest, pk: UUID, reviewer: UUID) -> HttpResponse:
    interview = _overseen(request, pk)
    released = get_object_or_404(User.objects.filter(review_assignments__assessment=interview.assessment), pk=reviewer)
    reviewing.release(interview, released, by=request.user)
    messages.success(request, _("%(name)s is no longer asked to score this interview.") % {"name": released})
    return redirect("reviewer:interviews:cockpit", pk)


@reviewer_required
@require_POST
def scores(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    reviewing.show_scores(_overseen(request, pk), by=request.user)
    return redirect("reviewer:interviews:cockpit", pk)


def _overseen(request: ReviewerRequest, pk: UUID) -> Interview:
    related = ("application__job", "assessment")
    return get_object_or_404(Interview.objects.overseen_by(request.user).select_related(*related), pk=pk)
