"""The pages that several verbs answer with: the times, the agreement, and what to do when something was refused."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hiring.lib.errors import Refusal
from hiring.pipeline.access import CandidateRequest
from hiring.pipeline.models import Candidate
from scheduling import choosing, copies, operations, rules
from scheduling import times as clocks
from scheduling.forms.candidate import PhoneForm, ReasonForm
from scheduling.models import Booking, LiveRound, Offer
from scheduling.rules import AlreadyBooked, CannotMove, NotOffered, OfferEnded, SlotTaken


def times(
    request: CandidateRequest,
    made: Offer,
    *,
    moving: Booking | None = None,
    refusal: Refusal | str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """The times to choose from, fresh. Where there are none, the team is told."""
    live = LiveRound.objects.select_related("stage").get(stage=made.stage_id)
    now = timezone.now()
    free = refusal.free if isinstance(refusal, SlotTaken) else None
    choice = choosing.choice(made, live, now, all_hours="all" in request.GET, moving=moving, free=free)
    if choice.is_empty and request.method != "HEAD":
        operations.tell_no_times(made)
    minutes, for_questions = choosing.minutes_of(live)
    return render(
        request,
        "candidate/scheduling/new_time.html" if moving else "candidate/scheduling/choose.html",
        {
            "offer": made,
            "round": live,
            "choice": choice,
            "booking": moving,
            "refusal": refusal,
            "people": copies.names(choosing.people(live, moving)),
            "is_settled": choosing.is_settled(live),
            "minutes": minutes,
            "for_questions": for_questions,
            "team_phone": rules.spoken(live.team_phone),
            "moves_left": rules.moves_left(moving) if moving else live.moves_allowed,
        },
        status=status,
    )


def agreement(
    request: CandidateRequest, made: Offer, held: Booking, form: PhoneForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    """What is about to be booked, and the one thing that is missing."""
    live = held.round
    minutes, for_questions = choosing.minutes_of(live)
    return render(
        request,
        "candidate/scheduling/confirmation.html",
        {
            "offer": made,
            "round": live,
            "held": held,
            "form": form,
            "when": clocks.when(held.start_at, held.end_at),
            "clock": clocks.at(timezone.localtime(held.start_at)),
            "team_time": clocks.elsewhere(held.start_at, live.grid_zone),
            "people": copies.names(choosing.people(live, held)),
            "minutes": minutes,
            "talk": minutes - for_questions,
            "for_questions": for_questions,
            "team_phone": rules.spoken(live.team_phone),
            "is_still_held": held.expires_at is not None and timezone.now() < held.expires_at,
        },
        status=status,
    )


def booked(
    request: CandidateRequest,
    booking: Booking,
    *,
    refusal: Refusal | str = "",
    form: ReasonForm | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    """The booking, and what may be done with it now."""
    now = timezone.now()
    live = booking.round
    minutes, for_questions = choosing.minutes_of(live)
    is_ahead = booking.state == Booking.State.CONFIRMED and now < booking.start_at
    return render(
        request,
        "candidate/scheduling/cancellation.html" if form else "candidate/scheduling/booking.html",
        {
            "booking": booking,
            "round": live,
            "offer": booking.offer,
            "form": form,
            "refusal": refusal,
            "when": clocks.when(booking.start_at, booking.end_at),
            "team_time": clocks.elsewhere(booking.start_at, live.grid_zone),
            "people": copies.names(choosing.people(live, booking)),
            "minutes": minutes,
            "talk": minutes - for_questions,
            "for_questions": for_questions,
            "team_phone": rules.spoken(booking.team_phone),
            "own_phone": rules.spoken(booking.candidate_phone),
            "is_ahead": is_ahead,
            "is_over": booking.state not in Booking.CANCELLED and now >= booking.end_at,
            "is_off": booking.state in Booking.CANCELLED,
            "may_choose": rules.may_choose(booking.offer, now),
            "may_move": rules.may_move(booking, now),
            "moves_left": rules.moves_left(booking),
            "cutoff": rules.cutoff(booking),
        },
        status=status,
    )


def refused(request: CandidateRequest, made: Offer, refusal: Refusal, *, moving: Booking | None = None) -> HttpResponse:
    """What a refusal looks like: never a dead end."""
    match refusal:
        case NotOffered():
            return times(request, made, moving=moving, refusal=refusal, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        case SlotTaken():
            return times(request, made, moving=moving, refusal=refusal, status=HTTPStatus.CONFLICT)
        case AlreadyBooked() | CannotMove():
            standing = moving or made.bookings.filter(state__in=Booking.SETTLED).select_related("round").first()
            if standing is None:
                return redirect("candidate:home")
            standing.offer = made
            return booked(request, standing, refusal=refusal, status=HTTPStatus.CONFLICT)
        case OfferEnded():
            return render(request, "candidate/scheduling/over.html", {"refusal": refusal}, status=HTTPStatus.GONE)
    return times(request, made, moving=moving, refusal=refusal, status=HTTPStatus.CONFLICT)


def known_phone(candidate: Candidate) -> str:
    """The number they gave when they applied, or for an earlier conversation."""
    earlier = Booking.objects.filter(offer__application__candidate=candidate).exclude(candidate_phone="")
    number = candidate.phone or earlier.order_by("-created_at").values_list("candidate_phone", flat=True).first()
    return rules.spoken(number) if number else ""
