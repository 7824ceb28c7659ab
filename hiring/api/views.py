"""The API's resources: the same QuerySets and operations as the pages, for a program with a token."""

from typing import Any, cast
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView, RetrieveAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from hiring.accounts.models import User
from hiring.api.idempotency import HEADER, idempotent
from hiring.api.pagination import CursorPages
from hiring.api.serializers import (
    ApplicationSerializer,
    FilterSerializer,
    InterviewSerializer,
    JobSerializer,
    NewApplicationSerializer,
    NoBodySerializer,
)
from hiring.api.throttles import TokenThrottle, WriteThrottle
from hiring.pipeline import operations as pipeline
from hiring.pipeline import rules
from hiring.pipeline.models import Application, Job
from interviews import operations as interviewing

KEY = OpenApiParameter(
    HEADER, str, OpenApiParameter.HEADER, description="Send again with the same key and it is done only once."
)

Shape = Serializer[dict[str, Any]]


class Resource(APIView):
    """What every resource shares: limits per token, and the user behind it."""

    throttle_classes = [TokenThrottle, WriteThrottle]

    @property
    def user(self) -> User:
        user = self.request.user
        if not isinstance(user, User):  # DRF lets nobody else past IsAuthenticated
            raise TypeError("an API view without a user")
        return user

    def sent(self, shape: type[Shape]) -> dict[str, Any]:
        """What the body says, as ``shape`` reads it. Raises DRF's ``ValidationError``, which becomes a 400 problem."""
        return _valid(shape(data=self.request.data or {}))

    def asked(self, shape: type[Shape]) -> dict[str, Any]:
        """What the query string says, as ``sent`` the body."""
        return _valid(shape(data=self.request.query_params))


class Jobs(Resource, ListAPIView[Job]):
    serializer_class = JobSerializer
    pagination_class = CursorPages

    @extend_schema(operation_id="jobs_list", responses={200: JobSerializer(many=True)})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The open jobs you work on."""
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Job]:
        return Job.objects.for_reviewer(self.user).filter(archived_at__isnull=True).prefetch_related("stages")


class OneJob(Resource, RetrieveAPIView[Job]):
    serializer_class = JobSerializer

    @extend_schema(operation_id="jobs_read", responses={200: JobSerializer})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One job."""
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Job]:
        return Job.objects.for_reviewer(self.user).prefetch_related("stages")


class Applications(Resource, ListAPIView[Application]):
    serializer_class = ApplicationSerializer
    pagination_class = CursorPages

    @extend_schema(
        operation_id="applications_list",
        parameters=[FilterSerializer],
        responses={200: ApplicationSerializer(many=True), 400: None},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The applications to a job, newest first."""
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Application]:
        job = get_object_or_404(Job.objects.for_reviewer(self.user), pk=self.kwargs["pk"])
        rows = Application.objects.for_reviewer(self.user).filter(job=job)
        return whole(_filtered(rows, self.asked(FilterSerializer)))

    @extend_schema(
        operation_id="applications_create",
        parameters=[KEY],
        request=NewApplicationSerializer,
        responses={201: ApplicationSerializer, 403: None},
    )
    @idempotent
    def post(self, request: Request, pk: UUID) -> Response:
        """Add a candidate to a job. A known e-mail address is the same person; invite them with the next call."""
        job = get_object_or_404(Job.objects.for_reviewer(self.user), pk=pk)
        if not rules.may_manage(self.user, job):
            self.permission_denied(request)
        added = pipeline.add_candidate(job, **self.sent(NewApplicationSerializer), by=self.user)
        found = whole(Application.objects.all()).get(pk=added.pk)
        return Response(ApplicationSerializer(found, context={"request": request}).data, status=201)


class OneApplication(Resource, RetrieveAPIView[Application]):
    serializer_class = ApplicationSerializer

    @extend_schema(operation_id="applications_read", responses={200: ApplicationSerializer})
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """One application, with where its interview stands."""
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Application]:
        return whole(Application.objects.for_reviewer(self.user))


class Invitation(Resource):
    @extend_schema(
        operation_id="applications_invite",
        parameters=[KEY],
        request=NoBodySerializer,
        responses={201: InterviewSerializer, 403: None},
    )
    @idempotent
    def post(self, request: Request, pk: UUID) -> Response:
        """Invite the candidate to the one-way interview; the mail with their link goes out."""
        seen = get_object_or_404(Application.objects.for_reviewer(self.user).select_related("job"), pk=pk)
        if not rules.may_manage(self.user, seen.job):
            self.permission_denied(request)
        self.sent(NoBodySerializer)
        return Response(InterviewSerializer(interviewing.invite(seen, by=self.user)).data, status=201)


def _valid(given: Shape) -> dict[str, Any]:
    given.is_valid(raise_exception=True)
    return cast("dict[str, Any]", given.validated_data)


def whole(rows: QuerySet[Application]) -> QuerySet[Application]:
    """``rows`` with all their answer says, in a fixed number of queries."""
    return rows.select_related("candidate", "stage").prefetch_related("interviews", "stays", "decisions__reason")


def _filtered(rows: QuerySet[Application], asked: dict[str, Any]) -> QuerySet[Application]:
    if "stage" in asked:
        rows = rows.filter(stage=asked["stage"])
    if "outcome" in asked:
        rows = rows.filter(outcome=None if asked["outcome"] == "open" else asked["outcome"])
    if "q" in asked:
        rows = rows.filter(Q(candidate__name__icontains=asked["q"]) | Q(candidate__email__icontains=asked["q"]))
    return rows
