"""What waits for one person, in the order in which it hurts to leave it."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hiring.accounts.models import User
from hiring.mail.models import Message
from hiring.pipeline.models import OVERSEEING, Application, Job, Obligation, Role
from hiring.portals import queries, standings, todo
from hiring.portals.standings import NOT_ARRIVED
from hiring.portals.todo import Section
from hiring.rubrics.models import QuestionSet, ReviewAssignment
from interviews import queries as interviewing
from interviews.models import Interview

SHOWN = 8  # of each kind; the job's page has the rest
SOON = timedelta(days=2)


@dataclass(frozen=True)
class Today:
    """The lists of the front page, each cut to ``SHOWN``."""

    cards: list[Interview]
    stuck: list[Interview]
    bounced: list[Application]
    unassigned: list[Interview]
    promises: list[Obligation]
    to_invite: list[Application]
    sections: list[Section]

    def __bool__(self) -> bool:
        return any(
            (self.cards, self.stuck, self.bounced, self.unassigned, self.promises, self.to_invite, self.sections)
        )


def waiting_for(user: User) -> Today:
    """Everything that waits for ``user``, in a number of queries that does not grow with it."""
    return Today(
        cards=list(queries.owed_cards(user)[:SHOWN]),
        stuck=list(interviewing.stuck(user).order_by("invited_at")[:SHOWN]),
        bounced=list(_bounced(user)[:SHOWN]),
        unassigned=list(_unassigned(user)[:SHOWN]),
        promises=list(_promises(user)[:SHOWN]),
        to_invite=list(_to_invite(user)[:SHOWN]),
        sections=todo.sections(user),
    )


def _managed(user: User) -> QuerySet[Application]:
    return Application.objects.managed_by(user).filter(outcome__isnull=True).select_related("candidate", "job")


def _bounced(user: User) -> QuerySet[Application]:
    lost = Message.objects.filter(state__in=NOT_ARRIVED, about__isnull=False).values("about")
    return standings.told(_managed(user).filter(pk__in=lost)).filter(told_state__in=NOT_ARRIVED)


def _to_invite(user: User) -> QuerySet[Application]:
    asked = Interview.objects.filter(application=OuterRef("pk"), stage=OuterRef("stage"))
    return _managed(user).filter(~Exists(asked), stage__kind="interview").order_by("created_at")


def _unassigned(user: User) -> QuerySet[Interview]:
    asked = ReviewAssignment.objects.standing().filter(assessment=OuterRef("assessment"))
    return (
        Interview.objects.filter(application__in=Application.objects.for_reviewer(user).values("pk"))
        .filter(~Exists(asked), status=Interview.Status.SUBMITTED, application__outcome__isnull=True)
        .select_related("application__candidate", "application__job")
        .order_by("submitted_at")
    )


def _promises(user: User) -> QuerySet[Obligation]:
    return (
        Obligation.objects.owed()
        .filter(
            due_at__lte=timezone.now() + SOON,
            application__in=Application.objects.for_reviewer(user).values("pk"),
        )
        .select_related("application__candidate", "application__job")
    )


@dataclass(frozen=True)
class Errand:
    """One step of setting up, and where it is done."""

    text: str | Promise
    why: str | Promise
    url: str
    is_done: bool


def checklist() -> list[Errand]:
    """What a fresh company still has to do before the first candidate can be invited."""
    job = Job.objects.filter(archived_at__isnull=True).first()
    return [
        Errand(
            _("Publish a question set"),
            _("What every candidate is asked, and what a strong answer sounds like."),
            reverse("reviewer:rubrics:sets"),
            QuestionSet.objects.filter(versions__published_at__isnull=False).exists(),
        ),
        Errand(
            _("Open a job"),
            _("It says which question set its candidates get."),
            reverse("reviewer:job-opening"),
            job is not None,
        ),
        Errand(
            _("Add the people who will review"),
            _("They get a link to set their own password. Two independent reviewers are fairer than one."),
            reverse("reviewer:people"),
            User.objects.filter(is_active=True).count() > 1,
        ),
        Errand(
            _("Invite your first candidate"),
            _("A name and an e-mail address are enough. Try it with your own first."),
            reverse("reviewer:job-candidates", args=[job.pk]) if job else reverse("reviewer:jobs"),
            Interview.objects.exists(),
        ),
        Errand(
            _("Connect a mail server"),
            _("Until EMAIL_URL is set, messages are written but not sent: you read them on screen and pass them on."),
            reverse("reviewer:company"),
            bool(settings.EMAIL_URL),
        ),
    ]


def oversees_any(user: User) -> bool:
    """Whether ``user`` is more than an interviewer anywhere."""
    return user.is_admin or user.memberships.filter(role__in=[*OVERSEEING, Role.RECRUITER]).exists()
