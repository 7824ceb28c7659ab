"""What is asked, what a weak, average and strong answer sounds like, and what people scored.

A ``Question`` stands either in the bank (``version`` is null) or in one version of a question set; the same row and
the same copy serve both. A published version never changes: triggers refuse it.
"""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hiring.accounts.models import User
from hiring.lib.fields import UUIDModel

ANCHORED = (1, 3, 5)  # the levels every pair must describe before publishing
LEVELS = (1, 2, 3, 4, 5)


class Competency(UUIDModel):
    name = models.CharField(_("name"), max_length=80, unique=True)
    description = models.CharField(_("what it means here"), max_length=400, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "competencies"

    def __str__(self) -> str:
        return self.name


class QuestionSet(UUIDModel):
    """A named, reusable list of questions: at most one draft being edited, any number of published versions."""

    name = models.CharField(_("name"), max_length=120)
    created_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class QuestionSetVersion(UUIDModel):
    """The questions of a set at one time. A draft until ``published_at``; then it is what candidates are asked.

    ``revision`` counts the edits of a draft, so that of two people editing at once the second is shown both values.
    """

    question_set = models.ForeignKey(QuestionSet, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(default=0)
    intro = models.TextField(_("a word before they begin"), max_length=2000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(name="version_number", fields=["question_set", "number"]),
            models.UniqueConstraint(
                name="version_one_draft", fields=["question_set"], condition=Q(published_at__isnull=True)
            ),
            models.CheckConstraint(
                name="version_publisher_iff_published",
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_set} v{self.number}"


class Question(UUIDModel):
    """One question with its limits. ``None`` think time or retakes means unlimited.

    ``origin`` is the row it was copied from, kept only where that row stays: in the bank or in a published version.
    ``revision`` counts its edits (words, limits, competencies, anchors), as the version's counts the draft's.
    """

    version = models.ForeignKey(QuestionSetVersion, models.PROTECT, null=True, blank=True, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    origin = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    text = models.TextField(_("question"), max_length=600)
    # One a line: what to ask next, where somebody is there to ask. Only a live round shows them.
    probes = models.TextField(_("follow-up probes"), max_length=1200, blank=True, db_default="")
    think_seconds = models.PositiveSmallIntegerField(_("time to think, in seconds"), null=True, blank=True, default=60)
    auto_start = models.BooleanField(_("recording starts by itself when thinking time is over"), default=False)
    answer_seconds = models.PositiveSmallIntegerField(_("longest answer, in seconds"), default=120)
    retakes = models.PositiveSmallIntegerField(_("retakes"), null=True, blank=True, default=2)
    required = models.BooleanField(_("an answer is needed"), default=True)
    role_family = models.CharField(_("role family"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=12, default="en")
    created_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["position", "created_at"]
        constraints = [
            models.UniqueConstraint(
                name="question_position",
                fields=["version", "position"],
                condition=Q(version__isnull=False),
            ),
            models.CheckConstraint(
                name="question_answer_seconds", condition=Q(answer_seconds__gte=30, answer_seconds__lte=600)
            ),
            models.CheckConstraint(
                name="question_think_seconds", condition=Q(think_seconds__isnull=True) | Q(think_seconds__lte=300)
            ),
            models.CheckConstraint(name="question_retakes", condition=Q(retakes__isnull=True) | Q(retakes__lte=10)),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def probe_lines(self) -> list[str]:
        return [line.strip() for line in self.probes.splitlines() if line.strip()]


class QuestionCompetency(UUIDModel):
    """A competency a question is scored on: one to three each."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="competencies")
    competency = models.ForeignKey(Competency, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="questioncompetency_once", fields=["question", "competency"])]

    def __str__(self) -> str:
        return str(self.competency)


class Anchor(UUIDModel):
    """What an answer at ``level`` sounds like, for one competency of one question."""

    pair = models.ForeignKey(QuestionCompetency, models.CASCADE, related_name="anchors")
    level = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=400)

    class Meta:
        ordering = ["-level"]
        constraints = [
            models.UniqueConstraint(name="anchor_once", fields=["pair", "level"]),
            models.CheckConstraint(name="anchor_level", condition=Q(level__gte=1, level__lte=5)),
            models.CheckConstraint(name="anchor_says_something", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.level}: {self.text}"


class Assessment(UUIDModel):
    """The thing a scorecard scores: an interview or a booking, with the version it is scored by."""

    class Kind(models.TextChoices):
        INTERVIEW = "interview", _("One-way interview")
        BOOKING = "booking", _("Live round")

    kind = models.CharField(max_length=10, choices=Kind)
    version = models.ForeignKey(QuestionSetVersion, models.PROTECT, related_name="assessments")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class ReviewAssignmentQuerySet(models.QuerySet["ReviewAssignment"]):
    def standing(self) -> Self:
        """Those not released: their reviewers owe a card."""
        return self.filter(released_at__isnull=True)


class ReviewAssignment(UUIDModel):
    """Somebody who is to score an assessment, and sees nothing of others' scores until their own card is in."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="assignments")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="review_assignments")
    assigned_at = models.DateTimeField(default=timezone.now)
    released_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["assigned_at"]
        constraints = [models.UniqueConstraint(name="reviewassignment_once", fields=["assessment", "reviewer"])]

    def __str__(self) -> str:
        return f"{self.reviewer} scores {self.assessment_id}"


class ScoreSighting(UUIDModel):
    """Somebody not assigned saw the scores of an assessment, and can no longer be assigned to it."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="sightings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(name="scoresighting_once", fields=["assessment", "user"])]

    def __str__(self) -> str:
        return f"{self.user} saw {self.assessment_id}"


class ScorecardQuerySet(models.QuerySet["Scorecard"]):
    def submitted(self) -> Self:
        return self.filter(submitted_at__isnull=False)

    def of(self, user: User) -> Self:
        return self.filter(reviewer=user)


class Scorecard(UUIDModel):
    """One reviewer's scores of one assessment. A draft until ``submitted_at``, immutable from then on.

    ``version`` counts the saves, so that of two tabs the second is shown both values.
    """

    class Recommendation(models.TextChoices):
        PASS = "pass", _("Move forward")
        HOLD = "hold", _("Hold")
        NO = "no", _("Do not move forward")

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="scorecards")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="scorecards")
    version = models.PositiveIntegerField(default=0)
    recommendation = models.CharField(_("recommendation"), max_length=10, choices=Recommendation, blank=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        ordering = ["submitted_at", "created_at"]
        constraints = [models.UniqueConstraint(name="scorecard_once", fields=["assessment", "reviewer"])]

    def __str__(self) -> str:
        return f"{self.reviewer} on {self.assessment_id}"


class Score(UUIDModel):
    """1 to 5, or no evidence in this answer: one of the two, never a low score instead."""

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="scores")
    pair = models.ForeignKey(QuestionCompetency, models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    no_evidence = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="score_once", fields=["scorecard", "pair"]),
            models.CheckConstraint(
                name="score_or_no_evidence",
                condition=Q(value__gte=1, value__lte=5, no_evidence=False) | Q(value__isnull=True, no_evidence=True),
            ),
        ]

    def __str__(self) -> str:
        return "no evidence" if self.no_evidence else str(self.value)


class EvidenceNote(UUIDModel):
    """What the candidate said or did, stamped with the second of the answer at which they did."""

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="notes")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    at_seconds = models.FloatField(null=True, blank=True)
    text = models.CharField(max_length=1000)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["question__position", "at_seconds", "created_at"]

    def __str__(self) -> str:
        return self.text[:80]
