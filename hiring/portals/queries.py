"""What the reviewer's pages list, in a number of queries that does not grow with the rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hiring.accounts.models import User
from hiring.mail.models import Message
from hiring.pipeline.models import Application, Job
from hiring.rubrics.models import ReviewAssignment, Scorecard
from interviews.models import Interview

NOT_ARRIVED = (Message.State.BOUNCED, Message.State.FAILED)


@dataclass(frozen=True)
class Standing:
    """Where a candidate stands in the one-way interview, as a recruiter says it."""

    key: str
    words: str | Promise
    tone: str = ""


STANDINGS = {
    standing.key: standing
    for standing in (
        Standing("to_invite", _("Not invited yet"), "warn"),
        Standing("bounced", _("Invitation did not arrive"), "bad"),
        Standing("invited", _("Invited")),
        Standing("opened", _("Opened the invitation")),
        Standing("started", _("Recording")),
        Standing("overdue", _("Deadline passed"), "warn"),
        Standing("submitted", _("Handed in"), "good"),
        Standing("scored", _("Scored"), "good"),
        Standing("closed", _("Closed")),
    )
}


@dataclass(frozen=True)
class Candidacy:
    """A row of the job's page."""

    application: Any  # an Application, annotated by ``candidacies``
    standing: Standing

    @property
    def message_state(self) -> str:
        state = self.application.message_state
        return str(Message.State(state).label) if state else ""

    @property
    def message_tone(self) -> str:
        return "bad" if self.application.message_state in NOT_ARRIVED else ""


def candidacies(job: Job, user: User) -> QuerySet[Application]:
    """The candidates of ``job`` whom ``user`` oversees, annotated with all that their row says."""
    interview = Interview.objects.filter(application=OuterRef("pk"), stage=OuterRef("stage"))
    cards = Scorecard.objects.submitted().filter(assessment=OuterRef("assessment"))
    asked = ReviewAssignment.objects.standing().filter(assessment=OuterRef("assessment"))
    told = Message.objects.filter(about=OuterRef("pk"), to_email__iexact=OuterRef("candidate__email"))
    return (
        Application.objects.for_reviewer(user)
        .filter(job=job)
        .select_related("candidate", "stage", "job")
        .annotate(
            interview_status=Subquery(interview.values("status")[:1]),
            deadline_at=Subquery(interview.values("deadline_at")[:1]),
            submitted_at=Subquery(interview.values("submitted_at")[:1]),
            entered_at=Subquery(interview.values("link__entered_at")[:1]),
            assessment=Subquery(interview.values("assessment")[:1]),
            message_state=Subquery(told.order_by("-created_at").values("state")[:1]),
        )
        .annotate(cards_in=_count(cards), reviewers_asked=_count(asked))
    )


def _count(rows: QuerySet[Any]) -> Subquery:
    counted = rows.order_by().values("assessment").annotate(number=Count("pk")).values("number")
    return Subquery(counted)


def in_standing(rows: QuerySet[Application], key: str, *, cards_needed: int) -> QuerySet[Application]:
    """Those of ``rows`` whose ``standing`` is ``key``; the same rules as ``standing``, in the database's words."""
    return rows.filter(_rules(cards_needed)[key])


def count_standings(rows: QuerySet[Application], *, cards_needed: int) -> dict[str, int]:
    """How many of ``rows`` there are in each standing, in one query."""
    rules = _rules(cards_needed)
    return rows.aggregate(**{f"n_{key}": Count("pk", filter=rule) for key, rule in rules.items()})


def _rules(cards_needed: int) -> dict[str, Q]:
    is_open, waits = Q(outcome__isnull=True), Q(interview_status__in=["invited", "started"])
    in_time = Q(deadline_at__gt=timezone.now())
    arrived = ~Q(message_state__in=NOT_ARRIVED) | Q(message_state__isnull=True)
    invited = is_open & Q(interview_status="invited") & in_time
    handed_in = is_open & Q(interview_status="submitted")
    scored = Q(cards_in__gte=cards_needed)
    return {
        "to_invite": is_open & Q(interview_status__isnull=True),
        "bounced": invited & Q(message_state__in=NOT_ARRIVED, entered_at__isnull=True),
        "invited": invited & arrived & Q(entered_at__isnull=True),
        "opened": invited & Q(entered_at__isnull=False),
        "started": is_open & Q(interview_status="started") & in_time,
        "overdue": is_open & waits & Q(deadline_at__lte=timezone.now()),
        "submitted": handed_in & (~scored | Q(cards_in__isnull=True)),
        "scored": handed_in & scored,
        "closed": Q(outcome__isnull=False) | Q(interview_status="withdrawn"),
    }


def standing(application: Any, *, cards_needed: int) -> Standing:
    """Where an ``application`` that ``candidacies`` annotated stands."""
    return STANDINGS[_key(application, cards_needed)]


def _key(application: Any, cards_needed: int) -> str:
    status = application.interview_status
    if application.outcome or status == Interview.Status.WITHDRAWN:
        return "closed"
    if status is None:
        return "to_invite"
    if status == Interview.Status.SUBMITTED:
        return "scored" if (application.cards_in or 0) >= cards_needed else "submitted"
    return _key_while_waiting(application)


def _key_while_waiting(application: Any) -> str:
    if application.deadline_at <= timezone.now():
        return "overdue"
    if application.interview_status == Interview.Status.STARTED:
        return "started"
    if application.entered_at:
        return "opened"
    return "bounced" if application.message_state in NOT_ARRIVED else "invited"


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


def readable_messages(user: User) -> QuerySet[Message]:
    """The messages ``user`` may read: about candidates they oversee; for admins, staff's as well."""
    if user.is_admin:
        return Message.objects.all()
    return Message.objects.filter(about__in=Application.objects.for_reviewer(user).values("pk"))


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
    cards = Scorecard.objects.submitted().filter(assessment=interview.assessment_id)
    handed_in = dict(cards.values_list("reviewer", "submitted_at"))
    asked = ReviewAssignment.objects.standing().filter(assessment=interview.assessment_id).select_related("reviewer")
    return [Seat(assignment.reviewer, handed_in.get(assignment.reviewer_id)) for assignment in asked]


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
