"""What somebody sent to be read, what the job asks for, and what reviewers found.

A document's bytes lie in the object store (``documents/<uuid>/original``); what a worker could read of them is here.
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hiring.accounts.models import User
from hiring.lib.fields import UUIDModel
from hiring.pipeline import stages
from hiring.pipeline.models import Application, JobStage

LONGEST_ANSWER = 200


class DocumentQuerySet(models.QuerySet["Document"]):
    def for_reviewer(self, user: User) -> Self:
        """The documents of the applications ``user`` oversees."""
        return self.filter(application__in=Application.objects.for_reviewer(user))

    def readable_by(self, user: User) -> Self:
        """``for_reviewer``, and those of the candidates ``user`` meets."""
        mine = Q(application__in=Application.objects.for_reviewer(user)) | Q(application__in=stages.met_by(user))
        return self.filter(mine)

    def for_candidate(self, application: Application) -> Self:
        return self.filter(application=application)


class Document(UUIDModel):
    """One file of one application, and what could be read of it.

    ``attempt`` counts the workers that claimed it; their writes are fenced by it. ``content`` is what people read:
    ``[{"page": 1, "text": …}, …]`` where there are page images, else blocks (headings, paragraphs, lists, tables).
    """

    ATTEMPTS = 3

    class Kind(models.TextChoices):
        RESUME = "resume", _("Résumé")

    class State(models.TextChoices):
        RECEIVED = "received", _("Being prepared")
        READY = "ready", _("Ready to read")
        FAILED = "failed", _("Could not be shown")

    class Failure(models.TextChoices):
        """Whose fault it was. The labels are for people, in their language: nobody is blamed."""

        TRANSIENT = (
            "transient",
            _("Something on our side was down while we prepared this document. The file itself is kept."),
        )
        INPUT = "input", _("This document cannot be shown here. The file itself is kept.")
        BUG = "bug", _("Something went wrong on our side while we prepared this document. The file itself is kept.")

    application = models.ForeignKey(Application, models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.RESUME)
    name = models.CharField(max_length=160)  # as the sender called it, made safe to show; never a path
    media_type = models.CharField(max_length=100)  # told by the bytes
    bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=10, choices=Failure, blank=True)
    failure_text = models.CharField(max_length=300, blank=True)  # for whoever looks into it: technical, in English

    pages = models.PositiveSmallIntegerField(default=0)  # page images in the store; 0 where there is text alone
    content = models.JSONField(default=list, blank=True)
    text = models.TextField(blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="document_failed_says_why", condition=~Q(state="failed") | ~Q(failure="") & ~Q(failure_text="")
            ),
        ]
        indexes = [
            # The sweep: documents a worker has yet to prepare.
            models.Index(name="document_due", fields=["next_attempt_at"], condition=Q(next_attempt_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def why(self) -> str:
        """Why it cannot be shown, in the reader's language."""
        return self.get_failure_display()


class DocumentAccess(UUIDModel):
    """A reviewer was given a document: who saw which résumé, when, and whether they took the file itself."""

    class What(models.TextChoices):
        READING = "reading", _("Read")
        ORIGINAL = "original", _("Downloaded")

    document = models.ForeignKey(Document, models.CASCADE, related_name="accesses")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    what = models.CharField(max_length=10, choices=What)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        verbose_name_plural = "document accesses"

    def __str__(self) -> str:
        return f"{self.user}: {self.get_what_display()}"


class Criterion(UUIDModel):
    """One thing a résumé must or should show. Taken out of use rather than deleted: marks point at it."""

    class Need(models.TextChoices):
        MUST = "must", _("Must have")
        SHOULD = "should", _("Should have")

    stage = models.ForeignKey(JobStage, models.CASCADE, related_name="criteria")
    position = models.PositiveSmallIntegerField(default=0)
    need = models.CharField(_("how much it matters"), max_length=10, choices=Need, default=Need.MUST)
    text = models.CharField(_("what to look for"), max_length=200)
    terms = models.CharField(
        _("words to highlight"), max_length=300, blank=True, help_text=_("Separated by commas: Zendesk, ticket, SLA.")
    )
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["need", "position"]
        verbose_name_plural = "criteria"

    def __str__(self) -> str:
        return self.text

    @property
    def term_list(self) -> list[str]:
        return [term for part in self.terms.split(",") if (term := part.strip())]


class CriterionMark(UUIDModel):
    """What one reviewer found of one criterion in one application."""

    class Value(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNCLEAR = "unclear", _("Unclear")

    application = models.ForeignKey(Application, models.PROTECT, related_name="criterion_marks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="marks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    value = models.CharField(max_length=10, choices=Value)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(name="criterionmark_once", fields=["application", "criterion", "by"])]

    def __str__(self) -> str:
        return self.get_value_display()


class KnockoutQuestion(UUIDModel):
    """Something everybody is asked when they apply. An answer may raise a flag for a person; it rejects nobody."""

    class Kind(models.TextChoices):
        YES_NO = "yes_no", _("Yes or no")
        CHOICE = "choice", _("One of several answers")

    stage = models.ForeignKey(JobStage, models.CASCADE, related_name="knockout_questions")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind of answer"), max_length=10, choices=Kind, default=Kind.YES_NO)
    text = models.CharField(_("question"), max_length=200)
    choices = models.JSONField(default=list, blank=True)  # what one may answer
    flags_when = models.JSONField(default=list, blank=True)  # the answers that raise it
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.text


class KnockoutAnswer(UUIDModel):
    """What one candidate answered, with the question as it was asked."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="knockout_answers")
    question = models.ForeignKey(KnockoutQuestion, models.PROTECT, related_name="answers")
    asked = models.CharField(max_length=200)
    value = models.CharField(max_length=LONGEST_ANSWER)
    is_flagged = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["question__position"]
        constraints = [models.UniqueConstraint(name="knockoutanswer_once", fields=["application", "question"])]

    def __str__(self) -> str:
        return self.value
