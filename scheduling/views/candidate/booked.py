"""A booking in the candidate's hands: read it, put it into a calendar, move it, call it off."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hiring.lib.errors import Refusal
from hiring.pipeline.access import CandidateRequest, candidate_required
from scheduling import copies, operations, queries, rules, times
from scheduling.forms.candidate import ReasonForm, StartForm
from scheduling.ics import Method
from scheduling.models import Booking
from scheduling.views.candidate import answers


@require_safe
@candidate_required
def booking(request: CandidateRequest, pk: UUID) -> HttpResponse:
    return answers.booked(request, _booking(request, pk))


@require_safe
@candidate_required
def calendar(request: CandidateRequest, pk: UUID) -> HttpResponse:
    row = _booking(request, pk)
    file = copies.for_candidate(row, queries.interviewers_of(row), Method.PUBLISH)
    headers = {"Content-Disposition": 'attachment; filename="interview.ics"'}
    return HttpResponse(file.encode(), content_type="text/calendar; charset=utf-8", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_required
def new_time(request: CandidateRequest, pk: UUID) -> HttpResponse:
    row = _booking(request, pk)
    form = StartForm(request.POST if request.method == "POST" else request.GET)
    try:
        rules.refuse_ended(row)
        rules.refuse_move(row, timezone.now())
        if not form.is_valid():
            said = "start" in form.data
            refusal = str(form.errors["start"][0]) if said else ""
            return answers.times(request, row.offer, moving=row, refusal=refusal, status=422 if said else 200)
        start = form.cleaned_data["start"]
        if request.method != "POST":
            return _about_to_move(request, row, start)
        moved = operations.move(row, start, by=request.application.candidate)
    except Refusal as refusal:
        return answers.refused(request, row.offer, refusal, moving=row)
    messages.success(request, _("Moved. A mail with the new time is on its way."))
    return redirect("candidate:scheduling:booking", moved.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_required
def cancellation(request: CandidateRequest, pk: UUID) -> HttpResponse:
    row = _booking(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if row.state in Booking.CANCELLED:
        return redirect("candidate:scheduling:booking", row.pk)
    if not form.is_valid():
        return answers.booked(request, row, form=form, status=422 if form.is_bound else 200)
    try:
        operations.cancel(row, by=request.application.candidate, reason=form.cleaned_data["reason"])
    except Refusal as refusal:
        return answers.refused(request, row.offer, refusal, moving=row)
    messages.success(request, _("Called off. Everybody knows; thank you for telling us."))
    return redirect("candidate:scheduling:booking", row.pk)


def _about_to_move(request: CandidateRequest, row: Booking, start: datetime) -> HttpResponse:
    """The old time and the new one, before a press costs a move."""
    end = start + (row.end_at - row.start_at)
    words = {
        "booking": row,
        "start": start.isoformat(),
        "before": times.when(row.start_at, row.end_at),
        "after": times.when(start, end),
        "team_time": times.elsewhere(start, row.round.grid_zone),
        "moves_left": rules.moves_left(row) - 1,
    }
    return render(request, "candidate/scheduling/move.html", words)


def _booking(request: CandidateRequest, pk: UUID) -> Booking:
    theirs = Booking.objects.for_candidate(request.application).exclude(state=Booking.State.HELD)
    row = get_object_or_404(theirs.select_related("round__stage", "offer__offered_by", "offer__stage"), pk=pk)
    row.offer.application = request.application
    return row
