"""The recorder's side of the protocol (docs/recording.md): ask where to put, put, complete.

No cookie and no CSRF: the pass in the header is the right. The candidate named as doer is the take's own.
"""

from typing import Any, cast
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from interviews import recording, rules, takes
from interviews.api import serializers
from interviews.api.authentication import HoldsPass, RenewalAuthentication, TakeAuthentication, pass_of
from interviews.models import Take
from interviews.rules import Piece

ELSEWHERE = _("This answer is being recorded elsewhere now.")


class TooLarge(APIException):
    status_code = 413
    default_code = "too_large"
    default_detail = _("An answer to this question cannot be this long.")


class Unprocessable(APIException):
    status_code = 422
    default_code = rules.ManifestRefused.code


class RecorderView(APIView):
    authentication_classes = [TakeAuthentication]
    permission_classes = [HoldsPass]


class Chunks(RecorderView):
    @extend_schema(request=serializers.ChunksSerializer, responses=serializers.UploadsSerializer)
    def post(self, request: Request, take: UUID) -> Response:
        """Where to put up to 20 pieces. Reads no table: the pass says what is allowed."""
        asked = checked(serializers.ChunksSerializer, request)
        held = pass_of(request)
        if asked["epoch"] != held.epoch:
            raise recording.EpochSuperseded(ELSEWHERE)
        pieces = [Piece(piece["index"], piece["size"], piece["sha256"]) for piece in asked["pieces"]]
        if any(piece.index >= held.pieces for piece in pieces) or sum(piece.size for piece in pieces) > held.bytes:
            raise TooLarge
        uploads = [recording.upload_for(take, held.epoch, piece, asked["track"]) for piece in pieces]
        return Response({"uploads": uploads})


class Pieces(RecorderView):
    @extend_schema(responses={200: serializers.StoredSerializer, 503: None})
    def get(self, request: Request, take: UUID) -> Response:
        """What the store has, so that a recorder can go on after a reload. 503 while the store does not answer."""
        found = get_object_or_404(Take, pk=take)
        pieces = takes.stored_pieces(found.pk, pass_of(request).epoch)
        return Response({"epoch": found.epoch, "state": found.state, "pieces": [piece.as_json() for piece in pieces]})


class Token(RecorderView):
    authentication_classes = [RenewalAuthentication]

    @extend_schema(request=None, responses=serializers.TokenSerializer)
    def post(self, request: Request, take: UUID) -> Response:
        """A fresh token for a take that still takes pieces; a token up to a day old is enough to ask."""
        found = take_of(take)
        if pass_of(request).epoch != found.epoch:
            raise recording.EpochSuperseded(ELSEWHERE)
        renewed = recording.renew(found)
        return Response({"token": renewed.sign(), "epoch": renewed.epoch})


class Completion(RecorderView):
    @extend_schema(
        request=serializers.CompletionSerializer,
        responses={200: serializers.StateSerializer, 422: None, 503: None},
    )
    def post(self, request: Request, take: UUID) -> Response:
        """Everything is said and stored: hand the take to a worker. The same manifest again is the same answer. 503
        while the store does not answer: keep the pieces, and ask again."""
        sent = checked(serializers.CompletionSerializer, request)
        pieces = [Piece(index, piece["size"], piece["sha256"]) for index, piece in enumerate(sent["pieces"])]
        found = take_of(take)
        made = recording.Recording(sent["epoch"], sent["mime"], sent["seconds"], sent["interrupted"], pieces)
        try:
            recording.complete_take(found, made, by=found.answer.interview.application.candidate)
        except rules.ManifestRefused as refusal:
            raise Unprocessable(str(refusal)) from refusal
        # Whatever a worker made of it by now: the recorder may forget its copy.
        return Response({"state": Take.State.RECEIVED})


def take_of(pk: UUID) -> Take:
    """The take with what deciding about it needs. The pass has shown the right to it."""
    related = Take.objects.select_related("answer__question", "answer__interview__application__candidate")
    return get_object_or_404(related, pk=pk)


def checked(serializer: type[Serializer[dict[str, Any]]], request: Request) -> dict[str, Any]:
    """The validated body. Raises DRF's ``ValidationError``, which becomes a 400 problem."""
    given = serializer(data=request.data)
    given.is_valid(raise_exception=True)
    return cast("dict[str, Any]", given.validated_data)
