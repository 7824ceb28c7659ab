"""From the offer to the booking: the times, one of them held, the phone number, agreed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hiring.lib.errors import Refusal
from hiring.pipeline.access import CandidateRequest, candidate_required
from scheduling import choosing, operations, rules
from scheduling.forms.candidate import PhoneForm, StartForm, ZoneForm
from scheduling.models import Booking, LiveRound, Offer
from scheduling.views.candidate import answers


@require_safe
@candidate_required
def choose(request: CandidateRequest, pk: UUID) -> HttpResponse:
    made = _offer(request, pk)
    standing = made.bookings.filter(state=Booking.State.CONFIRMED).first()
    if standing:
        return redirect("candidate:scheduling:booking", standing.pk)
    try:
        rules.refuse_closed(request.application, made)
        rules.refuse_expired(made, timezone.now())
    except Refusal as refusal:
        return answers.refused(request, made, refusal)
    return answers.times(request, made)


@require_POST
@candidate_required
def hold(request: CandidateRequest, pk: UUID) -> HttpResponse:
    made = _offer(request, pk)
    form = StartForm(request.POST)
    if not form.is_valid():
        return answers.times(request, made, refusal=str(form.errors["start"][0]), status=422)
    try:
        operations.hold(made, form.cleaned_data["start"], by=request.application.candidate)
    except Refusal as refusal:
        return answers.refused(request, made, refusal)
    return redirect("candidate:scheduling:confirmation", made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_required
def confirmation(request: CandidateRequest, pk: UUID) -> HttpResponse:
    made = _offer(request, pk)
    candidate, zone = request.application.candidate, choosing.zone_of(made).key
    held = made.bookings.filter(state=Booking.State.HELD).select_related("round__stage").first()
    if request.method != "POST":
        if held is None:
            return redirect("candidate:scheduling:choose", made.pk)
        start = {"start": held.start_at.isoformat(), "phone": answers.known_phone(candidate)}
        return answers.agreement(request, made, held, PhoneForm(zone=zone, initial=start))
    form = PhoneForm(request.POST, zone=zone)
    if not form.is_valid():
        if held is None or "start" in form.errors:
            return answers.times(request, made, refusal=str(next(iter(form.errors.values()))[0]), status=422)
        return answers.agreement(request, made, held, form, status=422)
    try:
        booking = operations.confirm(made, form.cleaned_data["start"], phone=form.cleaned_data["phone"], by=candidate)
    except Refusal as refusal:
        return answers.refused(request, made, refusal)
    messages.success(request, _("Booked. A mail with all of this is on its way."))
    return redirect("candidate:scheduling:booking", booking.pk)


@require_POST
@candidate_required
def zone(request: CandidateRequest) -> HttpResponse:
    form = ZoneForm(request.POST)
    if form.is_valid():
        operations.tell_in_zone(request.application.candidate, form.cleaned_data["zone"])
    else:
        for problem in form.errors.get("zone", []):
            messages.error(request, str(problem))
    back = form.cleaned_data.get("next", "")
    return redirect(back if back.startswith("/c/live/") else "candidate:home")


def _offer(request: CandidateRequest, pk: UUID) -> Offer:
    theirs = Offer.objects.for_candidate(request.application)
    made = get_object_or_404(theirs.select_related("stage", "offered_by"), pk=pk)
    made.application = request.application
    get_object_or_404(LiveRound, stage=made.stage_id)
    return made
