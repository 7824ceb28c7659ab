"""What we decided about applications, and what we promised the candidates."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hiring.lib.fields import UUIDModel
from hiring.pipeline.models.applications import Application


class RejectReason(UUIDModel):
    """Why an application did not move forward. ``words`` is what the candidate may read of it, if anything."""

    name = models.CharField(_("reason"), max_length=80, unique=True)
    words = models.CharField(_("what the candidate reads"), max_length=400, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class DecisionQuerySet(models.QuerySet["Decision"]):
    def pending(self) -> Self:
        """Those decided, not yet told, not undone."""
        return self.filter(released_at__isnull=True, undone_at__isnull=True)


class Decision(UUIDModel):
    """What a person decided about an application. The candidate is told at ``release_at``; until then it can be undone.

    Deciding and telling are different moments: the application closes when the candidate is told.
    """

    class Outcome(models.TextChoices):
        HIRED = "hired", _("Hire")
        REJECTED = "rejected", _("Not moving forward")

    application = models.ForeignKey(Application, models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.ForeignKey(RejectReason, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(_("note for the team"), max_length=2000, blank=True)
    words = models.TextField(_("a personal word to the candidate"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)
    release_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_at"]
        indexes = [
            # The sweep: what is to be told now.
            models.Index(
                name="decision_due",
                fields=["release_at"],
                condition=Q(released_at__isnull=True, undone_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="decision_one_pending",
                fields=["application"],
                condition=Q(released_at__isnull=True, undone_at__isnull=True),
            ),
            models.CheckConstraint(
                name="decision_reason_iff_rejected",
                condition=Q(outcome="rejected", reason__isnull=False) | Q(outcome="hired", reason__isnull=True),
            ),
            models.CheckConstraint(
                name="decision_released_or_undone", condition=Q(released_at__isnull=True) | Q(undone_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.application_id}"


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def owed(self) -> Self:
        """Those neither kept nor lapsed."""
        return self.filter(kept_at__isnull=True, lapsed_at__isnull=True)


class Obligation(UUIDModel):
    """Something we promised the candidate, with the time by which we promised it.

    Kept, or lapsed: then the candidate was told so, and the newer row holds the new date.
    """

    class Kind(models.TextChoices):
        DECISION = "decision", _("Tell them how it goes on")

    application = models.ForeignKey(Application, models.CASCADE, related_name="obligations")
    kind = models.CharField(max_length=20, choices=Kind)
    due_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)  # the team was told that it lapses soon
    lapsed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        ordering = ["due_at"]
        indexes = [
            # The sweep: what is owed, the next first.
            models.Index(
                name="obligation_owed", fields=["due_at"], condition=Q(kept_at__isnull=True, lapsed_at__isnull=True)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="obligation_owed_once",
                fields=["application", "kind"],
                condition=Q(kept_at__isnull=True, lapsed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} by {self.due_at:%Y-%m-%d}"
