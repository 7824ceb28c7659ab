"""One thing done to many applications at once: what became of each, so that it can be told and taken back."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hiring.accounts.models import User
from hiring.lib.fields import UUIDModel
from hiring.pipeline.models.applications import Application
from hiring.pipeline.models.decisions import Decision
from hiring.pipeline.models.jobs import OVERSEEING, Job


class BatchQuerySet(models.QuerySet["Batch"]):
    def for_reviewer(self, user: User) -> Self:
        """The batches of jobs ``user`` oversees; all for an admin."""
        if user.is_admin:
            return self
        return self.filter(job__members__user=user, job__members__role__in=OVERSEEING)


class Batch(UUIDModel):
    """One press of a button for many. Its id is the form's, so that pressing twice is one batch."""

    class Action(models.TextChoices):
        PROMOTE = "promote", _("Move on")
        REJECT = "reject", _("Not moving forward")
        INVITE = "invite", _("Invite")
        REMIND = "remind", _("Remind")

    job = models.ForeignKey(Job, models.CASCADE, related_name="batches")
    action = models.CharField(max_length=10, choices=Action)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.job}"


class BatchLine(UUIDModel):
    """What became of one application in a batch: done where ``refusal`` is empty, with the decision if one was made."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="lines")
    application = models.ForeignKey(Application, models.CASCADE, related_name="+")
    decision = models.OneToOneField(Decision, models.CASCADE, null=True, blank=True, related_name="batch_line")
    refusal = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["application__candidate__name"]
        constraints = [models.UniqueConstraint(name="batchline_once", fields=["batch", "application"])]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.application_id}"
