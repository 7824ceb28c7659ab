"""A reviewer's own card: read it, save it whole as a draft, hand it in. Nobody else's card is reachable here."""

from typing import Any, cast
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hiring.accounts.models import User
from hiring.rubrics import scorecards
from hiring.rubrics.models import LEVELS, Scorecard
from hiring.rubrics.scorecards import MOST_NOTES, NOTE_LENGTH, REASON_LENGTH, Draft, Note
from interviews import queries, reviewing
from interviews.models import Interview

MOST_SCORES = 200
LONGEST_SECONDS = 3600.0


class Strict(serializers.Serializer[Any]):
    """Refuses fields it does not know, rather than ignoring what somebody meant."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := sorted(set(data) - set(self.fields))):
            raise serializers.ValidationError({name: [_("There is no such field.")] for name in unknown[:20]})
        return super().to_internal_value(data)


class ScoreIn(Strict):
    pair = serializers.UUIDField()
    value = serializers.IntegerField(min_value=min(LEVELS), max_value=max(LEVELS), allow_null=True, default=None)
    no_evidence = serializers.BooleanField(default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if (attrs["value"] is None) != attrs["no_evidence"]:
            raise serializers.ValidationError(_("A score is 1 to 5, or no evidence: one of the two."))
        return attrs


class NoteIn(Strict):
    question = serializers.UUIDField()
    at_seconds = serializers.FloatField(min_value=0, max_value=LONGEST_SECONDS, allow_null=True, default=None)
    text = serializers.CharField(max_length=NOTE_LENGTH)


class ScorecardIn(Strict):
    """The whole card. ``version`` is the one it was read with."""

    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1)
    scores = serializers.ListField(child=ScoreIn(), max_length=MOST_SCORES)
    notes = serializers.ListField(child=NoteIn(), max_length=MOST_NOTES)
    recommendation = serializers.ChoiceField(choices=Scorecard.Recommendation.choices, allow_blank=True)
    reason = serializers.CharField(max_length=REASON_LENGTH, allow_blank=True)

    def validate_scores(self, scores: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len({score["pair"] for score in scores}) != len(scores):
            raise serializers.ValidationError(_("One pair has two scores."))
        return scores

    def draft(self) -> Draft:
        data = self.validated_data
        notes = (
            Note(
                note["question"],
                Note.NO_MOMENT if note["at_seconds"] is None else note["at_seconds"],
                note["text"],
            )
            for note in data["notes"]
        )
        scores = {score["pair"]: score["value"] for score in data["scores"]}
        return Draft(scores, tuple(notes), data["recommendation"], data["reason"])


class SubmissionIn(Strict):
    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1)


class ScorecardOut(serializers.Serializer[Any]):
    """The reviewer's own card. ``version`` goes back with the next save."""

    version = serializers.IntegerField()
    saved_at = serializers.DateTimeField(allow_null=True)
    submitted_at = serializers.DateTimeField(allow_null=True)
    scores = ScoreIn(many=True)
    notes = NoteIn(many=True)
    recommendation = serializers.CharField()
    reason = serializers.CharField()


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


def body(card: Scorecard | None) -> dict[str, Any]:
    """The card as the API says it."""
    said = scorecards.read(card).as_json()
    if card is None:
        return {"version": 0, "saved_at": None, "submitted_at": None, **said}
    return {"version": card.version, "saved_at": card.saved_at, "submitted_at": card.submitted_at, **said}
