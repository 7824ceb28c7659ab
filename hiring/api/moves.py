"""Moving an application on, deciding about it, and reading what happened to it."""

from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from hiring.api.idempotency import idempotent
from hiring.api.owing import owed
from hiring.api.pagination import CursorPages
from hiring.api.serializers import (
    AdvanceSerializer,
    ApplicationSerializer,
    DecideSerializer,
    DecisionSerializer,
    EventSerializer,
    NoBodySerializer,
    RejectReasonSerializer,
    ReopenSerializer,
)
from hiring.api.views import KEY, Resource, whole
from hiring.pipeline import decisions
from hiring.pipeline import operations as pipeline
from hiring.pipeline.models import Application, Decision, Event, RejectReason
from hiring.pipeline.stages import GateClosed, NotYet
from hiring.rubrics.visibility import OWN_CARD_FIRST


class Move(Resource):
    """What everything about one application shares: who oversees it may do it."""

    def application(self, pk: UUID) -> Application:
        return get_object_or_404(Application.objects.for_reviewer(self.user), pk=pk)

    def handle_exception(self, exc: Exception) -> Response:
        """What is still missing tells of others' cards: not to whoever owes one."""
        hides = isinstance(exc, GateClosed) and not isinstance(exc, NotYet)
        if hides and self.application(self.kwargs["pk"]).pk in owed(self.user):
            exc = GateClosed(str(OWN_CARD_FIRST))
        return super().handle_exception(exc)

    def said(self, pk: UUID) -> dict[str, Any]:
        """The application as it is now."""
        found = whole(Application.objects.all()).get(pk=pk)
        return dict(ApplicationSerializer(found, context={"request": self.request}).data)


class Advancement(Move):
    @extend_schema(
        operation_id="applications_advance",
        parameters=[KEY],
        request=AdvanceSerializer,
        responses={200: ApplicationSerializer},
    )
    @idempotent
    def post(self, request: Request, pk: UUID) -> Response:
        """On to the next stage, which tells the candidate. 409 where a gate refuses, or there is no next stage."""
        found = self.application(pk)
        sent = self.sent(AdvanceSerializer)
        if sent["reason"]:
            pipeline.skip(found, by=self.user, reason=sent["reason"], note=sent["note"])
        else:
            pipeline.advance(found, by=self.user, note=sent["note"])
        return Response(self.said(pk))


class DecisionView(Move):
    @extend_schema(
        operation_id="applications_decide",
        parameters=[KEY],
        request=DecideSerializer,
        responses={201: DecisionSerializer},
    )
    @idempotent
    def post(self, request: Request, pk: UUID) -> Response:
        """Decide to reject or to hire. The candidate is told later; until then it can be undone."""
        made = decisions.decide(self.application(pk), **self.sent(DecideSerializer), by=self.user)
        return Response(DecisionSerializer(made).data, status=201)

    @extend_schema(operation_id="applications_undecide", responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Undo the decision that waits to be told. 404 where none does."""
        decisions.undo(self.waiting(pk), by=self.user)
        return Response(status=204)

    def waiting(self, pk: UUID) -> Decision:
        pending = Decision.objects.pending().select_related("application")
        return get_object_or_404(pending, application=self.application(pk))


class Telling(DecisionView):
    http_method_names = ["post", "options"]

    @extend_schema(
        operation_id="applications_tell",
        parameters=[KEY],
        request=NoBodySerializer,
        responses={200: DecisionSerializer},
    )
    @idempotent
    def post(self, request: Request, pk: UUID) -> Response:
        """Tell the candidate now what was decided. 404 where nothing waits to be told."""
        self.sent(NoBodySerializer)
        return Response(DecisionSerializer(decisions.release(self.waiting(pk))).data)


class Reopening(Move):
    @extend_schema(
        operation_id="applications_reopen",
        parameters=[KEY],
        request=ReopenSerializer,
        responses={200: ApplicationSerializer},
    )
    @idempotent
    def post(self, request: Request, pk: UUID) -> Response:
        """Open a closed application again, in the stage where it ended. The candidate is not told by itself."""
        pipeline.reopen(self.application(pk), **self.sent(ReopenSerializer), by=self.user)
        return Response(self.said(pk))


class Events(Move, ListAPIView[Event]):
    serializer_class = EventSerializer
    pagination_class = CursorPages

    @extend_schema(operation_id="applications_events", responses={200: EventSerializer(many=True)})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What happened to an application, newest first. Cards that are not yours to know of are left out."""
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Event]:
        found = self.application(self.kwargs["pk"])
        history = Event.objects.filter(application=found).annotate(created_at=F("at"))
        if found.pk not in owed(self.user):
            return history
        return history.exclude(Q(verb="scorecard_submitted") & ~Q(actor_id=self.user.pk))


class RejectReasons(Resource, ListAPIView[RejectReason]):
    serializer_class = RejectReasonSerializer
    pagination_class = None

    @extend_schema(operation_id="reject_reasons_list", responses={200: RejectReasonSerializer(many=True)})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Why an application may end, with what the candidate reads of it."""
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[RejectReason]:
        return RejectReason.objects.filter(archived_at__isnull=True)
