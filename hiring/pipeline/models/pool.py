"""The talent pool: people kept in mind for a later job."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hiring.accounts.models import User
from hiring.lib.fields import UUIDModel
from hiring.pipeline.models.applications import Application, Candidate


class PoolEntryQuerySet(models.QuerySet["PoolEntry"]):
    def for_reviewer(self, user: User) -> Self:
        """Those of whom ``user`` oversees an application, whichever it is."""
        if user.is_admin:
            return self
        return self.filter(candidate__in=Application.objects.for_reviewer(user).values("candidate"))


class PoolEntry(UUIDModel):
    """Somebody good who did not fit one job, and why to think of them for the next."""

    LONGEST_NOTE = 300

    candidate = models.OneToOneField(Candidate, models.CASCADE, related_name="pool_entry")
    note = models.CharField(_("note"), max_length=LONGEST_NOTE)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects = PoolEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name_plural = "pool entries"
        indexes = [models.Index(name="pool_newest", fields=["-created_at", "-id"])]  # a page of the pool
        constraints = [models.CheckConstraint(name="pool_entry_says_why", condition=~Q(note=""))]

    def __str__(self) -> str:
        return f"{self.candidate}: {self.note}"
