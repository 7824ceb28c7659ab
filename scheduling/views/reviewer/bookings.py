"""Who comes when: my conversations, one of them, and what to do when it does not take place."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hiring.accounts.access import ReviewerRequest, reviewer_required
from scheduling import choosing, copies, operations, queries, rules, times
from scheduling.forms.reviewer import CallOffForm, MoveForm
from scheduling.models import Booking


@reviewer_required
@require_safe
def mine(request: ReviewerRequest) -> HttpResponse:
    found = queries.diary(request.user, timezone.now())
    return render(request, "reviewer/scheduling/mine.html", {"diary": found})


@reviewer_required
@require_safe
def booking(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    row, now = _booking(request, pk), timezone.now()
    with timezone.override(queries.zone_of(request.user)):
        when = times.when(row.start_at, row.end_at)
    words = {
        "booking": row,
        "application": row.application,
        "job": row.application.job,
        "when": when,
        "candidate_time": _candidate_time(row),
        "people": copies.names(queries.interviewers_of(row)),
        "own_phone": rules.spoken(row.candidate_phone),
        "team_phone": rules.spoken(row.team_phone),
        "form": CallOffForm(),
        "is_ahead": row.state == Booking.State.CONFIRMED and now < row.start_at,
        "may_say_missed": row.state in {Booking.State.CONFIRMED, Booking.State.COMPLETED}
        and now >= row.start_at + rules.GRACE,
    }
    return render(request, "reviewer/scheduling/booking.html", words)


@reviewer_required
@require_POST
def cancellation(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    row = _booking(request, pk)
    form = CallOffForm(request.POST)
    if form.is_valid():
        operations.cancel(row, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Called off. Everybody is told; the candidate may choose another time."))
    for problem in form.errors.get("reason", []):
        messages.error(request, str(problem))
    return redirect("reviewer:scheduling:booking", row.pk)


@reviewer_required
@require_http_methods(["GET", "POST"])
def new_time(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    row = _booking(request, pk)
    rules.refuse_ended(row)
    zone = queries.zone_of(request.user)
    days = choosing.days_to_move(row, timezone.now(), zone)
    form = MoveForm(request.POST or None, days=days, candidate_zone=row.candidate_zone or zone.key)
    if form.is_valid():
        operations.move(row, form.cleaned_data["start"], by=request.user)
        messages.success(request, _("Moved. Everybody gets the new time by mail."))
        return redirect("reviewer:scheduling:booking", row.pk)
    with timezone.override(zone):
        when = times.when(row.start_at, row.end_at)
    words = {"booking": row, "form": form, "days": days, "when": when, "candidate_time": _candidate_time(row)}
    return render(request, "reviewer/scheduling/new_time.html", words, status=422 if form.is_bound else 200)


@reviewer_required
@require_POST
def absence(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    row = _booking(request, pk)
    by_team = request.POST.get("who") == "team"
    operations.mark_missed(row, by_team=by_team, by=request.user)
    said = _("Kept. We said sorry, and they may choose another time.") if by_team else _("Kept: they did not come.")
    messages.success(request, said)
    return redirect("reviewer:scheduling:booking", row.pk)


def _booking(request: ReviewerRequest, pk: UUID) -> Booking:
    theirs = Booking.objects.for_reviewer(request.user).exclude(state=Booking.State.HELD)
    related = ("round__stage", "offer__application__candidate", "offer__application__job", "offer__offered_by")
    return get_object_or_404(theirs.select_related(*related), pk=pk)


def _candidate_time(row: Booking) -> str:
    with timezone.override(row.candidate_zone or "UTC"):
        return times.when(row.start_at, row.end_at)
