"""Jobs, the stages of their process, and who works on them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hiring.accounts.models import User
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

    def overseen_by(self, user: User) -> Self:
        """The jobs of which ``user`` may know every candidate."""
        if user.is_admin:
            return self
        return self.filter(members__user=user, members__role__in=OVERSEEING).distinct()

    def managed_by(self, user: User) -> Self:
        """The jobs in which ``user`` may add, invite and assign."""
        if user.is_admin:
            return self
        return self.filter(members__user=user, members__role=Role.RECRUITER).distinct()

    def public(self) -> Self:
        """The jobs anybody may read and apply to."""
        return self.filter(published_at__lte=timezone.now(), archived_at__isnull=True)


class Job(UUIDModel):
    title = models.CharField(_("title"), max_length=140)
    slug = models.SlugField(max_length=160, unique=True)
    location = models.CharField(_("location"), max_length=140, blank=True)
    description = models.TextField(_("description"), max_length=20_000, blank=True)
    decision_days = models.PositiveSmallIntegerField(_("business days until we decide"), default=5)
    cards_needed = models.PositiveSmallIntegerField(_("scorecards needed"), default=2)
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)  # from then on the public list shows it
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [models.CheckConstraint(name="job_cards_needed", condition=Q(cards_needed__gte=1))]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        """As ``JobQuerySet.public``: whether anybody may read it and apply."""
        return self.archived_at is None and self.published_at is not None and self.published_at <= timezone.now()


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


class ProcessTemplate(UUIDModel):
    """An ordered list of stages a new job can begin with; later changes touch no job that is open already."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    description = models.CharField(_("when to use it"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class ProcessTemplateStage(UUIDModel):
    """One stage of a template, as ``JobStage`` is of a job."""

    template = models.ForeignKey(ProcessTemplate, models.CASCADE, related_name="stages")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="templatestage_position", fields=["template", "position"])]

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
