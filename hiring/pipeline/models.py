"""Jobs, the people in them, and the history of every application.

What an application is doing inside a stage belongs to that stage's own row; here is only where it stands and how it
ended. ``Event`` rows are never changed: a trigger refuses it.
"""

from typing import Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hiring.accounts.models import User, validate_zone
from hiring.lib.fields import UUIDModel


class Role(models.TextChoices):
    RECRUITER = "recruiter", _("Recruiter")
    HIRING_MANAGER = "hiring_manager", _("Hiring manager")
    INTERVIEWER = "interviewer", _("Interviewer")


# Whose work it is to know every candidate of a job; an interviewer knows only those assigned to them.
OVERSEEING = (Role.RECRUITER, Role.HIRING_MANAGER)


class JobQuerySet(models.QuerySet["Job"]):
    def for_reviewer(self, user: User) -> Self:
        """The jobs ``user`` works on; every job for an admin."""
        return self if user.is_admin else self.filter(members__user=user).distinct()

    def managed_by(self, user: User) -> Self:
        """The jobs in which ``user`` may add, invite and assign."""
        if user.is_admin:
            return self
        return self.filter(members__user=user, members__role=Role.RECRUITER).distinct()


class Job(UUIDModel):
    title = models.CharField(_("title"), max_length=140)
    slug = models.SlugField(max_length=160, unique=True)
    location = models.CharField(_("location"), max_length=140, blank=True)
    description = models.TextField(_("description"), max_length=20_000, blank=True)
    decision_days = models.PositiveSmallIntegerField(_("business days until we decide"), default=5)
    cards_needed = models.PositiveSmallIntegerField(_("scorecards needed"), default=2)
    created_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [models.CheckConstraint(name="job_cards_needed", condition=Q(cards_needed__gte=1))]

    def __str__(self) -> str:
        return self.title


class JobStage(UUIDModel):
    """One step of a job's process; the order is data, so a senior role may skip a stage."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="stages")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="jobstage_position", fields=["job", "position"])]

    def __str__(self) -> str:
        return self.name


class JobMember(models.Model):
    job = models.ForeignKey(Job, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)

    class Meta:
        ordering = ["role", "user__name"]
        constraints = [models.UniqueConstraint(name="jobmember_once", fields=["job", "user"])]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class Candidate(UUIDModel):
    """Somebody we might hire. Never a user, and can never become one."""

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    zone = models.CharField(_("time zone"), max_length=64, blank=True, validators=[validate_zone])
    locale = models.CharField(_("language"), max_length=12, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    actor_kind = "candidate"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="candidate_email_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def actor_id(self) -> UUID:
        return self.pk


class ApplicationQuerySet(models.QuerySet["Application"]):
    def for_reviewer(self, user: User) -> Self:
        """The applications ``user`` oversees: all for an admin, their jobs' for recruiters and hiring managers."""
        if user.is_admin:
            return self
        return self.filter(job__members__user=user, job__members__role__in=OVERSEEING)

    def managed_by(self, user: User) -> Self:
        """The applications ``user`` may invite, write to and assign."""
        if user.is_admin:
            return self
        return self.filter(job__members__user=user, job__members__role=Role.RECRUITER)


class Application(UUIDModel):
    class Outcome(models.TextChoices):
        HIRED = "hired", _("Hired")
        REJECTED = "rejected", _("Not moving forward")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="applications")
    job = models.ForeignKey(Job, models.PROTECT, related_name="applications")
    stage = models.ForeignKey(JobStage, models.PROTECT)  # kept when it ends: where it ended
    outcome = models.CharField(max_length=10, choices=Outcome, null=True, blank=True)  # noqa: DJ001 (null is "open")
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="application_outcome_iff_closed",
                condition=Q(outcome__isnull=True, closed_at__isnull=True)
                | Q(outcome__isnull=False, closed_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="application_once_while_open", fields=["candidate", "job"], condition=Q(outcome__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate} · {self.job}"


class Event(UUIDModel):
    """Something that happened to an application. Append-only, and without personal data in ``details``."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="events")
    verb = models.CharField(max_length=40)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["at"]
        indexes = [models.Index(name="event_timeline", fields=["application", "at"])]

    def __str__(self) -> str:
        return self.verb


class Obligation(UUIDModel):
    """Something we promised the candidate, with the time by which we promised it."""

    class Kind(models.TextChoices):
        DECISION = "decision", _("Tell them how it goes on")

    application = models.ForeignKey(Application, models.CASCADE, related_name="obligations")
    kind = models.CharField(max_length=20, choices=Kind)
    due_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["due_at"]
        constraints = [
            models.UniqueConstraint(
                name="obligation_open_once", fields=["application", "kind"], condition=Q(kept_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} by {self.due_at:%Y-%m-%d}"


class CandidateLink(UUIDModel):
    """The way in for one application. Never consumed by use: it ends by expiry or by being revoked.

    Its secret is derived from its id (``hiring.lib.tokens``); only the secret's SHA-256 is stored, to find it by.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="links")
    fingerprint = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    entered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"link of {self.application_id}"


class CandidateDeviceQuerySet(models.QuerySet["CandidateDevice"]):
    def living(self) -> Self:
        """Those whose cookie still opens something."""
        is_open = Q(link__revoked_at__isnull=True, link__expires_at__gt=timezone.now())
        return self.filter(is_open, revoked_at__isnull=True)

    def for_candidate(self, application: Application) -> Self:
        """The browsers signed in to ``application``, the last used first."""
        return self.living().filter(link__application=application)


class CandidateDevice(UUIDModel):
    """A browser that came in through a link; its cookie is the key, listed and revocable."""

    link = models.ForeignKey(CandidateLink, models.CASCADE, related_name="devices")
    fingerprint = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=120)
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = CandidateDeviceQuerySet.as_manager()

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return self.label
