"""What the staff keep for themselves about their pages."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hiring.lib.fields import UUIDModel
from hiring.pipeline.models import Job


class SavedFilter(UUIDModel):
    """A part of a job's list that somebody comes back to: the ``query`` of its address, under a name of theirs."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters")
    job = models.ForeignKey(Job, models.CASCADE, related_name="saved_filters")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=1000)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(name="savedfilter_once", fields=["user", "job", "name"])]

    def __str__(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """Where the list shows it."""
        return f"{reverse('reviewer:job', args=[self.job_id])}?{self.query}"
