"""Candidates and their applications: where each stands, how it ended, and everything that happened to it.

What an application is doing inside a stage belongs to that stage's own row. ``Event`` rows are never changed: a trigger
refuses it.
"""

from typing import Self
from uuid import UUID

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hiring.accounts.models import User, validate_zone
from hiring.lib.fields import UUIDModel, uuid_in_order
from hiring.pipeline.models import likeness
from hiring.pipeline.models.jobs import OVERSEEING, Job, JobStage, Role


class Candidate(UUIDModel):
    """Somebody we might hire. Never a user, and can never become one.

    One that turned out to be somebody we knew already stays as a signpost (``merged_into``): its address still finds
    the right person, and the history that names it still can.
    """

    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail"))
    zone = models.CharField(_("time zone"), max_length=64, blank=True, validators=[validate_zone])
    locale = models.CharField(_("language"), max_length=12, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True, db_default="")  # E.164, like +32470123456
    profile_url = models.URLField(_("profile on the web"), max_length=300, blank=True, db_default="")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbed")
    created_at = models.DateTimeField(default=timezone.now)

    actor_kind = "candidate"

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="candidate_email_once"),
            models.CheckConstraint(
                name="candidate_not_merged_into_itself", condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id"))
            ),
        ]
        indexes = [
            # A part of a name or an address, in any case, among everybody.
            GinIndex(
                OpClass(Upper("name"), "gin_trgm_ops"), OpClass(Upper("email"), "gin_trgm_ops"), name="candidate_search"
            ),
            # Who may be the same person as somebody (`hiring.pipeline.duplicates`).
            models.Index(likeness.name_key("name"), name="candidate_like_name"),
            models.Index(likeness.mailbox_key("email"), name="candidate_like_mailbox"),
            models.Index(likeness.profile_key("profile_url"), name="candidate_like_profile"),
            models.Index(fields=["phone"], name="candidate_like_phone"),
        ]

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
    source = models.CharField(_("where they found us"), max_length=40, blank=True, db_default="")
    created_at = models.DateTimeField(default=timezone.now)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            # The board and the counts: who is open, by stage.
            models.Index(name="application_open", fields=["job", "stage"], condition=Q(outcome__isnull=True)),
            # How many stand where and ended how, without reading a row.
            models.Index(name="application_counts", fields=["job", "stage", "outcome"]),
            # A page of a job's list.
            models.Index(name="application_newest", fields=["job", "-created_at", "-id"]),
        ]
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


class Stay(UUIDModel):
    """An application's time in a stage: when it came and when it left. Coming back is a new stay.

    While ``held_at`` it is put aside; leaving the stage, it leaves that behind as well.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="stays")
    stage = models.ForeignKey(JobStage, models.PROTECT, related_name="stays")
    entered_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    held_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    held_reason = models.CharField(_("reason"), max_length=300, blank=True, db_default="")

    class Meta:
        ordering = ["entered_at"]
        indexes = [
            models.Index(name="stay_standing", fields=["stage", "entered_at"], condition=Q(left_at__isnull=True))
        ]
        constraints = [
            models.UniqueConstraint(name="stay_one_open", fields=["application"], condition=Q(left_at__isnull=True)),
            models.CheckConstraint(
                name="stay_held_iff_when",
                condition=Q(held_at__isnull=False) | Q(held_by__isnull=True, held_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} in {self.stage}"


class Event(UUIDModel):
    """Something that happened to an application. Append-only, and without personal data in ``details``."""

    id = models.UUIDField(primary_key=True, default=uuid_in_order, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="events")
    verb = models.CharField(max_length=40)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["at", "id"]  # events of one moment stand as they were written
        indexes = [models.Index(name="event_timeline", fields=["application", "at"])]

    def __str__(self) -> str:
        return self.verb


class Remark(UUIDModel):
    """The words somebody gave with an event. Apart from it, because words can be about a person and be erased."""

    event = models.OneToOneField(Event, models.PROTECT, related_name="remark")
    text = models.TextField(max_length=2000)

    def __str__(self) -> str:
        return self.text[:80]
