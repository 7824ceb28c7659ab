"""Model pieces every app uses."""

import uuid

from django.db import models


class UUIDModel(models.Model):
    """A row with a random public id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True
