"""What the API says and takes, resource by resource. Fields nobody defined are refused, not ignored."""

from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hiring.accounts.models import validate_zone
from hiring.api.owing import owed
from hiring.pipeline.models import Application, Decision, Event, Job, JobStage, RejectReason
from interviews.models import Interview


class StrictSerializer(serializers.Serializer[Any]):
    """A body of known fields only: a misspelt one is an error, and ``role`` or ``is_admin`` can't be smuggled in."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            unknown = {str(name)[:80]: [_("There is no such field.")] for name in data if name not in self.fields}
            if unknown:
                raise serializers.ValidationError(unknown)
        return super().to_internal_value(data)


class StageSerializer(serializers.ModelSerializer[JobStage]):
    class Meta:
        model = JobStage
        fields = ["id", "position", "kind", "name"]
        read_only_fields = fields


class JobSerializer(serializers.ModelSerializer[Job]):
    """``stages`` is the process in order; ``published_at`` is null while the public list does not show the job."""

    stages = StageSerializer(many=True, read_only=True)

    class Meta:
        model = Job
        fields = [
            "id",
            "title",
            "slug",
            "location",
            "description",
            "decision_days",
            "cards_needed",
            "created_at",
            "published_at",
            "archived_at",
            "stages",
        ]
        read_only_fields = fields


class InterviewSerializer(serializers.ModelSerializer[Interview]):
    class Meta:
        model = Interview
        fields = ["id", "status", "invited_at", "deadline_at", "started_at", "submitted_at", "receipt"]
        read_only_fields = fields


class CandidateSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField(read_only=True)
    name = serializers.CharField(read_only=True)
    email = serializers.EmailField(read_only=True)
    zone = serializers.CharField(read_only=True)


class DecisionSerializer(serializers.ModelSerializer[Decision]):
    """Decided, and told at ``release_at`` unless it is undone before."""

    reason = serializers.CharField(source="reason.name", read_only=True, allow_null=True, default=None)

    class Meta:
        model = Decision
        fields = ["id", "outcome", "reason", "note", "words", "decided_at", "release_at", "released_at", "undone_at"]
        read_only_fields = fields


UNSAID = {"reason": None, "note": "", "words": ""}


class ApplicationSerializer(serializers.ModelSerializer[Application]):
    """``interview`` is the one of the stage the application stands in, or null before the invitation; ``decision`` the
    one that waits to be told, or null, without its words while your own card is owed; ``entered_at`` when it came into
    its stage."""

    job = serializers.UUIDField(source="job_id", read_only=True)
    candidate = CandidateSerializer(read_only=True)
    stage = StageSerializer(read_only=True)
    entered_at = serializers.SerializerMethodField()
    interview = serializers.SerializerMethodField()
    decision = serializers.SerializerMethodField()

    class Meta:
        model = Application
        fields = [
            "id",
            "job",
            "candidate",
            "stage",
            "entered_at",
            "source",
            "outcome",
            "created_at",
            "closed_at",
            "interview",
            "decision",
        ]
        read_only_fields = fields

    def get_entered_at(self, application: Application) -> datetime:
        return max((stay.entered_at for stay in application.stays.all()), default=application.created_at)

    @extend_schema_field(DecisionSerializer(allow_null=True))
    def get_decision(self, application: Application) -> Any:
        waiting = [row for row in application.decisions.all() if row.released_at is None and row.undone_at is None]
        if not waiting:
            return None
        told = DecisionSerializer(waiting[0]).data
        return {**told, **UNSAID} if application.pk in self._owed else told

    @cached_property
    def _owed(self) -> set[UUID]:
        """Of whoever reads; asked once for all rows of a list."""
        return owed(self.context["request"].user)

    @extend_schema_field(InterviewSerializer(allow_null=True))
    def get_interview(self, application: Application) -> Any:
        # Prefetched by the views: no query per row.
        standing = [row for row in application.interviews.all() if row.stage_id == application.stage_id]
        return InterviewSerializer(standing[0]).data if standing else None


class NewApplicationSerializer(StrictSerializer):
    name = serializers.CharField(max_length=120, validators=[ProhibitNullCharactersValidator()])
    email = serializers.EmailField(max_length=254, validators=[ProhibitNullCharactersValidator()])
    zone = serializers.CharField(max_length=64, required=False, default="", allow_blank=True)

    def validate_zone(self, value: str) -> str:
        if value:
            validate_zone(value)
        return value


def words(length: int, **options: Any) -> serializers.CharField:
    """A text somebody typed: of ``length`` at most, printable."""
    return serializers.CharField(max_length=length, validators=[ProhibitNullCharactersValidator()], **options)


class FilterSerializer(serializers.Serializer[Any]):
    """Which applications: of one stage, open or ended so, of somebody whose name or address holds ``q``."""

    stage = serializers.UUIDField(required=False)
    outcome = serializers.ChoiceField(required=False, choices=["open", *Application.Outcome.values])
    q = words(120, required=False)


class AdvanceSerializer(StrictSerializer):
    """``note`` is a personal word the candidate reads, needed before a live round. With ``reason`` the application goes
    on past a gate that refuses; everybody on the job can read why."""

    note = words(2000, required=False, default="", allow_blank=True)
    reason = words(2000, required=False, default="", allow_blank=True)


class DecideSerializer(StrictSerializer):
    """``reason`` is the id of a reason, needed to reject. ``words`` the candidate reads, ``note`` the team alone.
    ``anyway`` is the reason to hire although something is missing, kept with the history; without it that is a 409.
    Told at ``release_at``, in ten minutes if that is left out."""

    outcome = serializers.ChoiceField(choices=Decision.Outcome.choices)
    reason = serializers.UUIDField(required=False, allow_null=True, default=None)
    note = words(2000, required=False, default="", allow_blank=True)
    anyway = words(2000, required=False, default="", allow_blank=True)
    words = words(2000, required=False, default="", allow_blank=True)
    release_at = serializers.DateTimeField(required=False, allow_null=True, default=None)

    def validate_reason(self, value: UUID | None) -> RejectReason | None:
        if value is None:
            return None
        found = RejectReason.objects.filter(pk=value, archived_at__isnull=True).first()
        if found is None:
            raise serializers.ValidationError(_("There is no such reason."))
        return found


class ReopenSerializer(StrictSerializer):
    reason = words(2000)


class RejectReasonSerializer(serializers.ModelSerializer[RejectReason]):
    """``words`` is what the candidate reads of it."""

    class Meta:
        model = RejectReason
        fields = ["id", "name", "words"]
        read_only_fields = fields


class EventSerializer(serializers.ModelSerializer[Event]):
    """What happened. ``details`` hold ids and counts; what somebody typed with it is read on the application's page."""

    class Meta:
        model = Event
        fields = ["id", "verb", "at", "actor_kind", "actor_id", "details"]
        read_only_fields = fields


class NoBodySerializer(StrictSerializer):
    """Nothing to say but the address: an empty object, or no body at all."""


class ProblemSerializer(serializers.Serializer[Any]):
    """RFC 9457. ``code`` names the reason for programs; ``errors`` the fields that need another look."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    errors = serializers.DictField(required=False)  # type: ignore[assignment]  # the member's name is the product's
