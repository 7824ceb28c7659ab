"""Two candidates side by side, and making them one."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.pipeline import duplicates
from hiring.pipeline.models import Application, Candidate
from screening import suspects
from screening.forms import MergeForm


@reviewer_required
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: ReviewerRequest, pk: UUID, other: UUID) -> HttpResponse:
    people = [_candidate(request, pk), _candidate(request, other)]
    form = MergeForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        suspects.refuse_foreign(people, request.user)
        gone, kept = form.gone_and_kept
        duplicates.merge(gone, into=kept, by=request.user)
        messages.success(request, _("%(name)s is one person here now; both addresses lead to them.") % {"name": kept})
        newest = Application.objects.managed_by(request.user).filter(candidate=kept).latest("created_at")
        return redirect("reviewer:application", newest.pk)
    shared = next((match.words for match in duplicates.probable(people[0]) if match.candidate == people[1]), [])
    context = {"form": form, "people": people, "shares": shared}
    return render(request, "reviewer/screening/merge.html", context)


def _candidate(request: ReviewerRequest, pk: UUID) -> Candidate:
    managed = Application.objects.managed_by(request.user).select_related("job", "stage").distinct()
    found = Candidate.objects.filter(merged_into__isnull=True, applications__in=managed).distinct()
    return get_object_or_404(found.prefetch_related(Prefetch("applications", managed, to_attr="seen")), pk=pk)
