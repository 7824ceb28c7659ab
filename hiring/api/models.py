"""Who may use the API, and which of their requests were already answered."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from hiring.lib.fields import UUIDModel


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def working(self) -> Self:
        """Those that let somebody in now."""
        unended = Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
        return self.filter(unended, revoked_at__isnull=True, user__is_active=True)


class ApiToken(UUIDModel):
    """A staff member's key to the API; it may do what they may do. Only the secret's SHA-256 is stored."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class IdempotentRequest(UUIDModel):
    """A POST that named an ``Idempotency-Key``, and what it was answered. ``status`` is null while in flight."""

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    response = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(name="idempotentrequest_once", fields=["token", "key"])]

    def __str__(self) -> str:
        return self.key
