"""What the reviewer's pages list, in a number of queries that does not grow with the rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from hiring.accounts.models import User
from hiring.mail.models import Message
from hiring.pipeline.models import Application, Job
from hiring.rubrics.models import ReviewAssignment, Scorecard
from interviews.models import Interview


def jobs(user: User) -> QuerySet[Job]:
    """The jobs ``user`` works on, with how many candidates are in each and how many handed in."""
    return Job.objects.for_reviewer(user).annotate(
        candidates=Count("applications", filter=Q(applications__outcome__isnull=True), distinct=True),
        handed_in=Count(
            "applications__interviews",
            filter=Q(applications__outcome__isnull=True, applications__interviews__status="submitted"),
            distinct=True,
        ),
    )


def messages_about(application: Application) -> QuerySet[Message]:
    """Everything we told the candidate of ``application``, or owe them, newest first."""
    return Message.objects.filter(about=application.pk, to_email__iexact=application.candidate.email)


def application_of(message: Message) -> Application | None:
    """What ``message`` is about; ``None`` for a mail to staff."""
    if message.about is None:
        return None
    return Application.objects.select_related("candidate", "job").filter(pk=message.about).first()


def people(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of the users among ``ids``."""
    return {user.pk: str(user) for user in User.objects.filter(pk__in={pk for pk in ids if pk})}


@dataclass(frozen=True)
class Seat:
    """Somebody asked to score, and how far they are."""

    reviewer: User
    handed_in_at: datetime | None


def seats(interview: Interview) -> list[Seat]:
    """Who is asked to score ``interview``, and whose card is in."""
    theirs = Scorecard.objects.submitted().filter(assessment=OuterRef("assessment"), reviewer=OuterRef("reviewer"))
    asked = ReviewAssignment.objects.standing().filter(assessment=interview.assessment_id).select_related("reviewer")
    told: QuerySet[Any] = asked.annotate(handed_in_at=Subquery(theirs.order_by().values("submitted_at")[:1]))
    return [Seat(assignment.reviewer, assignment.handed_in_at) for assignment in told]


def owed_cards(user: User) -> QuerySet[Interview]:
    """The interviews ``user`` is asked to score, whose own card is not in; handed-in ones first, oldest first."""
    return (
        Interview.objects.filter(
            assessment__assignments__in=ReviewAssignment.objects.standing().filter(reviewer=user),
            application__outcome__isnull=True,
        )
        .exclude(assessment__scorecards__in=Scorecard.objects.submitted().of(user))
        .filter(status=Interview.Status.SUBMITTED)
        .select_related("application__job", "application__candidate", "assessment")
        .order_by(F("submitted_at").asc(nulls_last=True), "pk")
    )
