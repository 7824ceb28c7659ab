"""What the API says and takes of live rounds: moments are in UTC, zones beside them by name."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hiring.api.serializers import ProblemSerializer, StageSerializer, StrictSerializer, words
from scheduling.forms.candidate import FARTHEST
from scheduling.models import Booking, InterviewerProfile, LiveRound, Offer, Seat

WINDOW = timedelta(days=14)
WIDEST = timedelta(days=31)


class MomentField(serializers.DateTimeField):
    """A moment that means the same everywhere: without an offset from UTC it is refused, not guessed."""

    default_error_messages = {"naive": _("Say how far from UTC this is, as in 2026-12-01T10:00:00Z.")}

    def enforce_timezone(self, value: datetime) -> datetime:
        if timezone.is_naive(value):
            self.fail("naive")
        return super().enforce_timezone(value)


def near(moment: datetime) -> None:
    """Refuse what lies so far away that no calendar of ours reaches there."""
    if abs(moment - timezone.now()) > FARTHEST:
        raise serializers.ValidationError(_("This is too far away."))


class PersonSerializer(serializers.ModelSerializer[InterviewerProfile]):
    """``id`` is the person's, the same in every round."""

    id = serializers.UUIDField(source="user_id", read_only=True)
    name = serializers.SerializerMethodField()

    class Meta:
        model = InterviewerProfile
        fields = ["id", "name"]

    def get_name(self, profile: InterviewerProfile) -> str:
        return str(profile)


class SeatSerializer(serializers.ModelSerializer[Seat]):
    """One of ``people`` takes it."""

    people = PersonSerializer(source="pool", many=True, read_only=True)

    class Meta:
        model = Seat
        fields = ["position", "role", "people"]
        read_only_fields = fields


class LiveRoundSerializer(serializers.ModelSerializer[LiveRound]):
    """``zone`` is the team's: by its clock conversations begin every ``step_minutes``. In ``meeting_url``, ``{uid}``
    becomes different for each booking. Every one of ``seats`` is taken, nobody takes two."""

    job = serializers.UUIDField(source="stage.job_id", read_only=True)
    stage = StageSerializer(read_only=True)
    zone = serializers.CharField(source="grid_zone", read_only=True)
    seats = SeatSerializer(many=True, read_only=True)

    class Meta:
        model = LiveRound
        fields = [
            "id",
            "job",
            "stage",
            "minutes",
            "step_minutes",
            "zone",
            "notice_hours",
            "horizon_days",
            "buffer_before",
            "buffer_after",
            "moves_allowed",
            "cutoff_hours",
            "question_set",
            "meeting_url",
            "team_phone",
            "seats",
        ]
        read_only_fields = fields


class OfferSerializer(serializers.ModelSerializer[Offer]):
    """The candidate may choose a time of ``round`` until ``expires_at``. ``note`` went with the link."""

    application = serializers.UUIDField(source="application_id", read_only=True)
    round = serializers.UUIDField(source="stage.live_round.pk", read_only=True)

    class Meta:
        model = Offer
        fields = ["id", "application", "round", "note", "created_at", "expires_at"]
        read_only_fields = fields


class NewOfferSerializer(StrictSerializer):
    """``note`` is why you want to meet them; it stands above the link."""

    note = words(2000)


class WindowSerializer(serializers.Serializer[Any]):
    """From when to when: from now on and for 14 days if left out, 31 days at most."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # Neither word can be an attribute's name.
        return {name: MomentField(required=False, validators=[near]) for name in ("from", "to")}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        start = attrs.get("from", timezone.now())
        end = attrs.get("to", start + WINDOW)
        if not timedelta(0) < end - start <= WIDEST:
            raise serializers.ValidationError({"to": [_("This has to be after “from”, by 31 days at most.")]})
        return {"from": start, "to": end}


class SlotsSerializer(serializers.Serializer[Any]):
    """The free times between ``from`` and ``to``, for conversations of ``minutes``. ``zone`` is the team's,
    ``candidate_zone`` the one the candidate reads times in."""

    round = serializers.UUIDField()
    minutes = serializers.IntegerField()
    zone = serializers.CharField()
    candidate_zone = serializers.CharField()
    starts = serializers.ListField(child=serializers.DateTimeField())

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return {name: serializers.DateTimeField() for name in ("from", "to")} | super().get_fields()


class NewBookingSerializer(StrictSerializer):
    """``start`` is one of the free times. ``phone`` is the candidate's, called only if the link fails: a number without
    its country's code is one of the country they live in."""

    start = MomentField(validators=[near])
    phone = words(40)


class NewTimeSerializer(StrictSerializer):
    start = MomentField(validators=[near])


class CancellationSerializer(StrictSerializer):
    """``reason`` is for the team; the candidate does not read it."""

    reason = words(500, required=False, default="", allow_blank=True)


class AbsenceSerializer(StrictSerializer):
    who = serializers.ChoiceField(choices=["candidate", "team"])


class BookingSerializer(serializers.ModelSerializer[Booking]):
    """One candidate's conversation. ``sequence`` grows with every change; ``attention`` says what somebody has to look
    at although it stands. Whoever calls says ``backup_code``, so that both know who it is."""

    application = serializers.UUIDField(source="offer.application_id", read_only=True)
    job = serializers.UUIDField(source="offer.application.job_id", read_only=True)
    round = serializers.UUIDField(source="round_id", read_only=True)
    candidate = serializers.CharField(source="offer.application.candidate.name", read_only=True)
    people = serializers.SerializerMethodField()
    attention = serializers.ChoiceField(choices=Booking.Attention.choices, allow_blank=True, read_only=True)

    class Meta:
        model = Booking
        fields = [
            "id",
            "application",
            "job",
            "round",
            "candidate",
            "people",
            "start_at",
            "end_at",
            "state",
            "attention",
            "sequence",
            "candidate_moves",
            "candidate_zone",
            "candidate_phone",
            "team_phone",
            "meeting_url",
            "backup_code",
            "created_at",
            "changed_at",
            "cancelled_at",
            "cancel_reason",
        ]
        read_only_fields = fields

    @extend_schema_field(PersonSerializer(many=True))
    def get_people(self, booking: Booking) -> Any:
        # Prefetched by the views: no query per row.
        return PersonSerializer([sitting.interviewer for sitting in booking.assignments.all()], many=True).data


class BookingFilterSerializer(serializers.Serializer[Any]):
    """Which bookings: of a job, a round or an application, in one state, those one sits in oneself, those that begin
    at ``from`` or later and before ``to``."""

    job = serializers.UUIDField(required=False)
    round = serializers.UUIDField(required=False)
    application = serializers.UUIDField(required=False)
    interviewer = serializers.ChoiceField(required=False, choices=["me"])
    state = serializers.ChoiceField(required=False, choices=Booking.State.choices)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        return super().get_fields() | {name: MomentField(required=False) for name in ("from", "to")}


class TakenSerializer(ProblemSerializer):
    """``times`` are the starts that are free now, where somebody else was faster or the time could not be chosen;
    ``booking`` the one that stands already."""

    times = serializers.ListField(child=serializers.DateTimeField(), required=False)
    booking = serializers.UUIDField(required=False)
