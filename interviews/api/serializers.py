"""What a recorder sends and is told."""

import math
from typing import Any

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from interviews import rules

SHA256 = RegexValidator(r"\A[0-9a-f]{64}\Z", gettext_lazy("64 hexadecimal digits, please."))
DAY = 86_400


class PieceContentSerializer(serializers.Serializer[dict[str, Any]]):
    size = serializers.IntegerField(min_value=1, max_value=rules.PIECE_BYTES)
    sha256 = serializers.CharField(validators=[SHA256])


class PieceSerializer(PieceContentSerializer):
    index = serializers.IntegerField(min_value=0)


class ChunksSerializer(serializers.Serializer[dict[str, Any]]):
    epoch = serializers.IntegerField(min_value=1)
    track = serializers.ChoiceField(["v", "a"], default=rules.MAIN_TRACK)
    pieces = serializers.ListField(child=PieceSerializer(), min_length=1, max_length=rules.PIECES_PER_REQUEST)


class CompletionSerializer(serializers.Serializer[dict[str, Any]]):
    epoch = serializers.IntegerField(min_value=1)
    mime = serializers.RegexField(r"\A[\w/.;=,\"+ -]*\Z", max_length=120, allow_blank=True, default="")
    seconds = serializers.FloatField(min_value=0, max_value=DAY)
    interrupted = serializers.BooleanField(default=False)
    pieces = serializers.ListField(child=PieceContentSerializer())

    def validate_seconds(self, seconds: float) -> float:
        if not math.isfinite(seconds):
            raise serializers.ValidationError(gettext_lazy("A number of seconds, please."))
        return seconds


class UploadSerializer(serializers.Serializer[dict[str, Any]]):
    index = serializers.IntegerField()
    url = serializers.URLField()
    headers = serializers.DictField(child=serializers.CharField())


class UploadsSerializer(serializers.Serializer[dict[str, Any]]):
    uploads = UploadSerializer(many=True)


class StoredSerializer(serializers.Serializer[dict[str, Any]]):
    epoch = serializers.IntegerField()
    state = serializers.CharField()
    pieces = PieceSerializer(many=True)


class TokenSerializer(serializers.Serializer[dict[str, Any]]):
    token = serializers.CharField()
    epoch = serializers.IntegerField()


class StateSerializer(serializers.Serializer[dict[str, Any]]):
    state = serializers.CharField()
