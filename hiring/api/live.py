"""Live rounds by program: what they are, which times are free, and who meets whom when."""

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from hiring.api import live_serializers as shapes
from hiring.api.idempotency import idempotent
from hiring.api.pagination import CursorPages
from hiring.api.problems import problem
from hiring.api.views import KEY, Resource
from hiring.lib.pages import Order
from hiring.pipeline.models import Application, Job
from scheduling import choosing, operations, rules
from scheduling.models import Assignment, Booking, InterviewerProfile, LiveRound, Offer

CHOOSING = {409: shapes.TakenSerializer, 422: shapes.TakenSerializer}


class LatestFirst(CursorPages):
    order = Order("start_at")


class LiveRounds(Resource, ListAPIView[LiveRound]):
    serializer_class = shapes.LiveRoundSerializer
    pagination_class = None

    @extend_schema(operation_id="live_rounds_list", responses={200: shapes.LiveRoundSerializer(many=True)})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The live rounds of a job, in the order of its process."""
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[LiveRound]:
        job = get_object_or_404(Job.objects.overseen_by(self.user), pk=self.kwargs["pk"])
        return _set_up(LiveRound.objects.filter(stage__job=job).order_by("stage__position"))


class OneLiveRound(Resource, RetrieveAPIView[LiveRound]):
    serializer_class = shapes.LiveRoundSerializer

    @extend_schema(operation_id="live_rounds_read", responses={200: shapes.LiveRoundSerializer})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One live round: how long, how soon, where, and who may come."""
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[LiveRound]:
        return _set_up(LiveRound.objects.for_reviewer(self.user))


class Choosing(Resource):
    """What everything about choosing a time shares: what could never be chosen is a 422."""

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, rules.NotOffered | rules.PhoneNeeded):
            return problem(422, str(exc), code=exc.code, **exc.detail)
        return super().handle_exception(exc)

    def application(self, pk: UUID) -> Application:
        return get_object_or_404(Application.objects.for_reviewer(self.user).select_related("candidate"), pk=pk)

    def offer(self, pk: UUID) -> Offer:
        """The open offer of an application. Raises ``Http404``."""
        theirs = Offer.objects.for_candidate(self.application(pk)).filter(closed_at__isnull=True)
        standing = theirs.select_related("application__candidate", "stage__live_round")
        found = standing.filter(stage__live_round__isnull=False).first()
        if found is None:
            raise Http404
        return found

    def booking(self, pk: UUID) -> Booking:
        return get_object_or_404(_whole(Booking.objects.for_reviewer(self.user)), pk=pk)

    def said(self, made: Booking, status: int = 200) -> Response:
        """The booking as it is now."""
        return Response(shapes.BookingSerializer(_whole(Booking.objects.all()).get(pk=made.pk)).data, status=status)

    def slots(self, made: Offer, live: LiveRound, *, moving: Booking | None = None) -> Response:
        """The free times of the window that was asked for."""
        asked = self.asked(shapes.WindowSerializer)
        start, end = asked["from"], asked["to"]
        free = choosing.starts(made, live, timezone.now(), moving=moving)
        found = {
            "round": live.pk,
            "minutes": live.minutes,
            "zone": live.grid_zone,
            "candidate_zone": choosing.zone_of(made).key,
            "from": start,
            "to": end,
            "starts": [moment for moment in free if start <= moment < end],
        }
        return Response(shapes.SlotsSerializer(found).data)


class OfferView(Choosing):
    @extend_schema(operation_id="offers_read", responses={200: shapes.OfferSerializer})
    def get(self, request: Request, pk: UUID) -> Response:
        """The offer to choose a time that stands open. 404 where none does."""
        return Response(shapes.OfferSerializer(self.offer(pk)).data)

    @extend_schema(
        operation_id="offers_create",
        parameters=[KEY],
        request=shapes.NewOfferSerializer,
        responses={201: shapes.OfferSerializer},
    )
    @idempotent
    def post(self, request: Request, pk: UUID) -> Response:
        """Let the candidate choose a time of the round they stand in; the mail with the link goes out. An earlier offer
        of the same round ends."""
        made = operations.offer(self.application(pk), **self.sent(shapes.NewOfferSerializer), by=self.user)
        return Response(shapes.OfferSerializer(made).data, status=201)


class Slots(Choosing):
    @extend_schema(
        operation_id="slots_list",
        parameters=[shapes.WindowSerializer],
        responses={200: shapes.SlotsSerializer, 400: None, 409: shapes.TakenSerializer},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """The free times of the offer that stands open. 409 where a time was chosen, or the time to choose is over."""
        made = self.offer(pk)
        rules.refuse_closed(made.application, made)
        rules.refuse_expired(made, timezone.now())
        operations.refuse_chosen(made)
        return self.slots(made, made.stage.live_round)


class ApplicationBookings(Choosing):
    @extend_schema(
        operation_id="bookings_create",
        parameters=[KEY],
        request=shapes.NewBookingSerializer,
        responses={201: shapes.BookingSerializer, **CHOOSING},
    )
    @idempotent
    def post(self, request: Request, pk: UUID) -> Response:
        """Book a free time for the candidate, as if they had chosen it; everybody is told. 409 with the times that are
        free now where somebody was faster, 422 for a time or a phone number that cannot be."""
        made = operations.confirm(self.offer(pk), **self.sent(shapes.NewBookingSerializer), by=self.user)
        return self.said(made, status=201)


class Bookings(Resource, ListAPIView[Booking]):
    serializer_class = shapes.BookingSerializer
    pagination_class = LatestFirst

    @extend_schema(
        operation_id="bookings_list",
        parameters=[shapes.BookingFilterSerializer],
        responses={200: shapes.BookingSerializer(many=True), 400: None},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The bookings of the jobs you oversee, and those you sit in; the latest start first."""
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Booking]:
        mine = Booking.objects.for_reviewer(self.user)
        return _whole(_filtered(mine, self.asked(shapes.BookingFilterSerializer), self.user.pk))


class OneBooking(Choosing):
    @extend_schema(operation_id="bookings_read", responses={200: shapes.BookingSerializer})
    def get(self, request: Request, pk: UUID) -> Response:
        """One booking."""
        return Response(shapes.BookingSerializer(self.booking(pk)).data)


class BookingSlots(Choosing):
    @extend_schema(
        operation_id="bookings_slots",
        parameters=[shapes.WindowSerializer],
        responses={200: shapes.SlotsSerializer, 400: None, 409: None},
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """The free times a booking could be moved to."""
        found = self.booking(pk)
        rules.refuse_ended(found)
        return self.slots(found.offer, found.round, moving=found)


class NewTime(Choosing):
    @extend_schema(
        operation_id="bookings_move",
        parameters=[KEY],
        request=shapes.NewTimeSerializer,
        responses={200: shapes.BookingSerializer, **CHOOSING},
    )
    @idempotent
    def post(self, request: Request, pk: UUID) -> Response:
        """Move a booking; everybody is told. The candidate's own moves are not used up. The same start is no move."""
        return self.said(operations.move(self.booking(pk), **self.sent(shapes.NewTimeSerializer), by=self.user))


class Cancellation(Choosing):
    @extend_schema(
        operation_id="bookings_cancel",
        parameters=[KEY],
        request=shapes.CancellationSerializer,
        responses={200: shapes.BookingSerializer},
    )
    @idempotent
    def post(self, request: Request, pk: UUID) -> Response:
        """Call a booking off before it begins; everybody is told once, and the candidate may choose another time."""
        return self.said(operations.cancel(self.booking(pk), **self.sent(shapes.CancellationSerializer), by=self.user))


class Absence(Choosing):
    @extend_schema(
        operation_id="bookings_absence",
        parameters=[KEY],
        request=shapes.AbsenceSerializer,
        responses={200: shapes.BookingSerializer},
    )
    @idempotent
    def post(self, request: Request, pk: UUID) -> Response:
        """Say who did not come, ten minutes after the start at the earliest. If it was the team, the candidate is told
        so and may choose another time. Of a booking that is called off nothing changes."""
        found = self.booking(pk)
        by_team = self.sent(shapes.AbsenceSerializer)["who"] == "team"
        return self.said(operations.mark_missed(found, by_team=by_team, by=self.user))


def _set_up(rounds: QuerySet[LiveRound]) -> QuerySet[LiveRound]:
    """``rounds`` with who may come, in a fixed number of queries; whoever cannot sign in does not."""
    comes = InterviewerProfile.objects.filter(user__is_active=True).select_related("user")
    return rounds.select_related("stage").prefetch_related("seats", Prefetch("seats__pool", comes))


def _whole(rows: QuerySet[Booking]) -> QuerySet[Booking]:
    """``rows`` with all their answer says, in a fixed number of queries. What is only held is nobody's booking yet."""
    sitting = Assignment.objects.select_related("interviewer__user").order_by("seat__position", "pk")
    related = rows.exclude(state=Booking.State.HELD).select_related("round__stage", "offer__application__candidate")
    return related.prefetch_related(Prefetch("assignments", sitting))


def _filtered(rows: QuerySet[Booking], asked: dict[str, Any], me: UUID) -> QuerySet[Booking]:
    fields = {
        "job": "offer__application__job",
        "round": "round",
        "application": "offer__application",
        "state": "state",
        "from": "start_at__gte",
        "to": "start_at__lt",
    }
    wanted = Q(**{fields[name]: value for name, value in asked.items() if name in fields})
    if "interviewer" in asked:
        wanted &= Q(assignments__interviewer__user=me)
    return rows.filter(wanted)
