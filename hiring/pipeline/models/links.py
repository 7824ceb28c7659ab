"""The candidate's ways in: links in mails, and the browsers that came in through them."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from hiring.lib.fields import UUIDModel
from hiring.pipeline.models.applications import Application


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
