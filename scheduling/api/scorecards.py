"""A reviewer's own card of a conversation: read it, save it whole as a draft, hand it in."""

from typing import cast
from uuid import UUID

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hiring.accounts.models import User
from hiring.rubrics import scorecards
from hiring.rubrics.cards import ScorecardIn, ScorecardOut, SubmissionIn, body
from hiring.rubrics.models import Assessment
from scheduling import scoring
from scheduling.models import Booking


class BookingView(APIView):
    """For staff, by token or from the page itself."""

    authentication_classes = [*APIView.authentication_classes, SessionAuthentication]

    def booking(self, pk: UUID) -> Booking:
        """A booking with a card the caller may see. Raises ``Http404``."""
        seen = Booking.objects.for_reviewer(self.user).filter(assessment__isnull=False)
        return get_object_or_404(seen.select_related("assessment", "offer__application"), pk=pk)

    @property
    def user(self) -> User:
        return cast("User", self.request.user)

    def card(self, booking: Booking) -> Response:
        return Response(body(scorecards.own(cast("Assessment", booking.assessment), self.user)))


class ScorecardView(BookingView):
    @extend_schema(operation_id="booking_scorecard_read", responses=ScorecardOut)
    def get(self, request: Request, pk: UUID) -> Response:
        """Your own card; empty, with version 0, before the first save."""
        return self.card(self.booking(pk))

    @extend_schema(operation_id="booking_scorecard_save", request=ScorecardIn, responses=ScorecardOut)
    def put(self, request: Request, pk: UUID) -> Response:
        """Save the whole card as a draft. 409 ``version_conflict`` carries ``stored`` and ``yours``."""
        booking = self.booking(pk)
        data = ScorecardIn(data=request.data)
        data.is_valid(raise_exception=True)
        scoring.save_draft(booking, data.draft(), version=data.validated_data["version"], by=self.user)
        return self.card(booking)


class SubmissionView(BookingView):
    @extend_schema(operation_id="booking_scorecard_submit", request=SubmissionIn, responses=ScorecardOut)
    def post(self, request: Request, pk: UUID) -> Response:
        """Hand the card in, for good."""
        booking = self.booking(pk)
        data = SubmissionIn(data=request.data)
        data.is_valid(raise_exception=True)
        scoring.submit(booking, version=data.validated_data["version"], by=self.user)
        return self.card(booking)
