"""A reviewer's own card: read it, save it whole as a draft, hand it in. Nobody else's card is reachable here."""

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
from interviews import queries, reviewing
from interviews.models import Interview


class ReviewerView(APIView):
    """For staff, by token or from the page itself."""

    authentication_classes = [*APIView.authentication_classes, SessionAuthentication]

    def interview(self, pk: UUID) -> Interview:
        """An interview the caller may watch. Raises ``Http404``."""
        return get_object_or_404(queries.watchable(self.user), pk=pk)

    @property
    def user(self) -> User:
        return cast("User", self.request.user)


class ScorecardView(ReviewerView):
    @extend_schema(operation_id="scorecard_read", responses=ScorecardOut)
    def get(self, request: Request, pk: UUID) -> Response:
        """Your own card; empty, with version 0, before the first save."""
        return Response(body(scorecards.own(self.interview(pk).assessment, self.user)))

    @extend_schema(operation_id="scorecard_save", request=ScorecardIn, responses=ScorecardOut)
    def put(self, request: Request, pk: UUID) -> Response:
        """Save the whole card as a draft. 409 ``version_conflict`` carries ``stored`` and ``yours``."""
        interview = self.interview(pk)
        data = ScorecardIn(data=request.data)
        data.is_valid(raise_exception=True)
        version = data.validated_data["version"]
        reviewing.save_draft(interview, data.draft(), version=version, by=self.user)
        return Response(body(scorecards.own(interview.assessment, self.user)))


class SubmissionView(ReviewerView):
    @extend_schema(operation_id="scorecard_submit", request=SubmissionIn, responses=ScorecardOut)
    def post(self, request: Request, pk: UUID) -> Response:
        """Hand the card in, for good."""
        interview = self.interview(pk)
        data = SubmissionIn(data=request.data)
        data.is_valid(raise_exception=True)
        reviewing.submit(interview, version=data.validated_data["version"], by=self.user)
        return Response(body(scorecards.own(interview.assessment, self.user)))
