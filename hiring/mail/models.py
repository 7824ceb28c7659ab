"""What we told whom, or owe: a row per message, the queue only a hint."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hiring.accounts.models import User
from hiring.lib.fields import UUIDModel


class Message(UUIDModel):
    """One mail to one person.

    The texts hold ``LINK`` where the recipient's secret link goes; it is filled in when the message is sent or
    shown to somebody who may see it, so that no secret is stored.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        SENDING = "sending", _("Sending")
        SENT = "sent", _("Sent")
        ON_SCREEN = "on_screen", _("To be read on screen")
        BOUNCED = "bounced", _("Bounced")
        FAILED = "failed", _("Not sent")

    kind = models.CharField(max_length=40)
    dedupe_key = models.CharField(max_length=200, unique=True)
    about = models.UUIDField(null=True, blank=True, db_index=True)  # an application; no foreign key upward
    # LINK becomes the secret of this candidate link, or the link by which this colleague sets a password.
    link = models.UUIDField(null=True, blank=True)
    person = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="+")
    to_email = models.EmailField()
    to_name = models.CharField(max_length=200, blank=True)
    reply_to = models.EmailField(blank=True)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    calendar = models.TextField(
        blank=True, default="", db_default=""
    )  # an iCalendar file; its METHOD says what it does
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    attempt = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True)

    LINK = "[[your link]]"

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            # The sweep: what is owed and due.
            models.Index(name="message_due", fields=["next_attempt_at"], condition=Q(state__in=["queued", "sending"])),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.to_email}"


class OwnWording(models.Model):
    """The company's own words for one kind of message (``hiring.mail.letters``); where there is none, the product's."""

    kind = models.CharField(primary_key=True, max_length=40)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    def __str__(self) -> str:
        return self.kind
