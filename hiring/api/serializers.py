"""What the API says and takes, resource by resource. Fields nobody defined are refused, not ignored."""

from typing import Any

from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hiring.accounts.models import validate_zone
from hiring.pipeline.models import Application, Job
from interviews.models import Interview


class StrictSerializer(serializers.Serializer[Any]):
    """A body of known fields only: a misspelt one is an error, and ``role`` or ``is_admin`` can't be smuggled in."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            unknown = {str(name)[:80]: [_("There is no such field.")] for name in data if name not in self.fields}
            if unknown:
                raise serializers.ValidationError(unknown)
        return super().to_internal_value(data)


class JobSerializer(serializers.ModelSerializer[Job]):
    class Meta:
        model = Job
        fields = ["id", "title", "slug", "location", "description", "decision_days", "cards_needed", "created_at"]
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


class ApplicationSerializer(serializers.ModelSerializer[Application]):
    """``interview`` is the one of the stage the application stands in, or null before the invitation."""

    job = serializers.UUIDField(source="job_id", read_only=True)
    candidate = CandidateSerializer(read_only=True)
    stage = serializers.CharField(source="stage.name", read_only=True)
    interview = serializers.SerializerMethodField()

    class Meta:
        model = Application
        fields = ["id", "job", "candidate", "stage", "outcome", "created_at", "closed_at", "interview"]
        read_only_fields = fields

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
