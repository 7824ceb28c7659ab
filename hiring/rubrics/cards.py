"""A reviewer's own card as the API speaks of it, whatever it scores. Nobody else's card is reachable by it."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from hiring.rubrics import scorecards
from hiring.rubrics.models import LEVELS, Scorecard
from hiring.rubrics.scorecards import MOST_NOTES, NOTE_LENGTH, REASON_LENGTH, Draft, Note

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


def body(card: Scorecard | None) -> dict[str, Any]:
    """The card as the API says it."""
    said = scorecards.read(card).as_json()
    if card is None:
        return {"version": 0, "saved_at": None, "submitted_at": None, **said}
    return {"version": card.version, "saved_at": card.saved_at, "submitted_at": card.submitted_at, **said}
