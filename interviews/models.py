"""One candidate's one-way interview: what they were asked, what they recorded, what they sent.

A chunk has no row: the store's acknowledgement of a write-once, digest-checked put is the commit, the manifest at
completion is the ledger (docs/recording.md).
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
from hiring.pipeline.models import OVERSEEING, Application, CandidateLink, JobStage
from hiring.rubrics.models import Assessment, Question, QuestionSet, QuestionSetVersion


class InterviewSettings(UUIDModel):
    """What a job's one-way stage asks, and how long people have."""

    stage = models.OneToOneField(JobStage, models.CASCADE, related_name="interview_settings")
    question_set = models.ForeignKey(QuestionSet, models.PROTECT, related_name="+")
    days_to_answer = models.PositiveSmallIntegerField(_("days to answer"), default=7)

    class Meta:
        verbose_name_plural = "interview settings"
        constraints = [
            models.CheckConstraint(
                name="interviewsettings_days", condition=Q(days_to_answer__gte=1, days_to_answer__lte=60)
            )
        ]

    def __str__(self) -> str:
        return f"{self.stage}: {self.question_set}"


class InterviewQuerySet(models.QuerySet["Interview"]):
    def for_reviewer(self, user: User) -> Self:
        """The interviews ``user`` may watch: assigned to them, or of a job they oversee; all for an admin."""
        if user.is_admin:
            return self
        assigned = Q(assessment__assignments__reviewer=user, assessment__assignments__released_at__isnull=True)
        overseen = Q(application__job__members__user=user, application__job__members__role__in=OVERSEEING)
        return self.filter(assigned | overseen).distinct()

    def overseen_by(self, user: User) -> Self:
        """The interviews whose candidates ``user`` oversees: they assign reviewers, and may ask to see scores."""
        return self.filter(application__in=Application.objects.for_reviewer(user))

    def told_to(self, user: User) -> Self:
        """Those handed in by candidates ``user`` oversees or meets: they may watch by name, and see no score by it."""
        overseen = Q(application__in=Application.objects.for_reviewer(user))
        return self.filter(overseen | Q(application__in=stages.met_by(user)), status=Interview.Status.SUBMITTED)

    def for_candidate(self, application: Application) -> Self:
        return self.filter(application=application)


class Interview(UUIDModel):
    class Status(models.TextChoices):
        INVITED = "invited", _("Invited")
        STARTED = "started", _("Recording")
        SUBMITTED = "submitted", _("Handed in")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    application = models.ForeignKey(Application, models.PROTECT, related_name="interviews")
    stage = models.ForeignKey(JobStage, models.PROTECT, related_name="+")
    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="interview")
    link = models.OneToOneField(CandidateLink, models.PROTECT, related_name="interview")
    status = models.CharField(max_length=10, choices=Status, default=Status.INVITED)
    invited_at = models.DateTimeField(default=timezone.now)
    deadline_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    receipt = models.CharField(max_length=40, blank=True)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at"]
        constraints = [
            models.UniqueConstraint(name="interview_once_per_stage", fields=["application", "stage"]),
            models.CheckConstraint(
                name="interview_submitted_iff_receipt",
                condition=Q(status="submitted", submitted_at__isnull=False) & ~Q(receipt="")
                | ~Q(status="submitted") & Q(submitted_at__isnull=True, receipt=""),
            ),
            models.UniqueConstraint(name="interview_receipt", fields=["receipt"], condition=~Q(receipt="")),
        ]

    def __str__(self) -> str:
        return f"interview of {self.application}"

    @property
    def version(self) -> QuestionSetVersion:
        """The frozen version this candidate is asked and scored by."""
        return self.assessment.version


class Consent(UUIDModel):
    """What the candidate agreed to before the camera opened, provable word for word."""

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="consents")
    notice_version = models.CharField(max_length=20)
    text_sha256 = models.CharField(max_length=64)
    retention_days = models.PositiveIntegerField()
    locale = models.CharField(max_length=12)
    agreed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-agreed_at"]

    def __str__(self) -> str:
        return f"{self.notice_version} at {self.agreed_at:%Y-%m-%d}"


class Answer(UUIDModel):
    """One question of one interview. Reviewers see ``chosen_take`` and no other."""

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    chosen_take = models.OneToOneField("Take", models.PROTECT, null=True, blank=True, related_name="chosen_for")

    class Meta:
        ordering = ["question__position"]
        constraints = [models.UniqueConstraint(name="answer_once", fields=["interview", "question"])]

    def __str__(self) -> str:
        return f"answer to {self.question_id}"


class Take(UUIDModel):
    """One recording of an answer.

    ``epoch`` is the writer's: each recorder run takes the next, and only the current one may complete. ``attempt``
    counts the workers that claimed it; their writes are fenced by it, so it only ever grows. ``attempts_allowed`` is
    how far it may go before the take has failed; whoever puts a failed take back to work allows a few more. A prefix
    that a reload or crash left behind is ``interrupted`` and costs no retake.
    """

    ATTEMPTS = 3  # to make a take playable; as many again for what follows

    class State(models.TextChoices):
        RECORDING = "recording", _("Recording")
        ABANDONED = "abandoned", _("Left in the middle")
        RECEIVED = "received", _("Received")
        PLAYABLE = "playable", _("Ready to watch")
        FAILED = "failed", _("Could not be read")

    class Failure(models.TextChoices):
        """Whose fault it was. The labels are for people, in their language: nobody is blamed."""

        TRANSIENT = "transient", _("Something on our side was down while we prepared it. The recording itself is kept.")
        INPUT = "input", _("What arrived cannot be played.")
        BUG = "bug", _("Something went wrong on our side while we prepared it. The recording itself is kept.")

    class Flaw(models.TextChoices):
        """What is wrong with a recording that cannot be read, in the same way."""

        FORMAT = "format", _("What arrived is neither a WebM nor an MP4 recording.")
        BEGINNING = "beginning", _("The beginning of what arrived cannot be read.")
        EMPTY = "empty", _("What arrived holds neither picture nor sound.")
        DAMAGED = "damaged", _("What arrived is damaged.")
        NOTHING = "nothing", _("Nothing of it arrived.")

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="takes")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.RECORDING)
    epoch = models.PositiveSmallIntegerField(default=1)
    interrupted = models.BooleanField(default=False)
    started_at = models.DateTimeField(default=timezone.now)
    received_at = models.DateTimeField(null=True, blank=True)
    playable_at = models.DateTimeField(null=True, blank=True)
    mime = models.CharField(max_length=120, blank=True)
    claimed_seconds = models.FloatField(null=True, blank=True)
    manifest = models.JSONField(default=list, blank=True)  # [{"epoch", "pieces": [{"size", "sha256"}]}]

    attempt = models.PositiveSmallIntegerField(default=0)
    attempts_allowed = models.PositiveSmallIntegerField(default=ATTEMPTS, db_default=ATTEMPTS)
    retried_at = models.DateTimeField(null=True, blank=True)  # somebody asked for it again after it had failed
    lease_until = models.DateTimeField(null=True, blank=True)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=10, choices=Failure, blank=True)
    failure_flaw = models.CharField(max_length=10, choices=Flaw, blank=True, default="", db_default="")
    failure_text = models.CharField(max_length=300, blank=True)  # for whoever looks into it: technical, in English

    revision = models.PositiveSmallIntegerField(default=0)  # media/<take>/<revision>/…
    video = models.CharField(max_length=20, blank=True)  # video.mp4 or video.webm
    seconds = models.FloatField(null=True, blank=True)
    bytes = models.PositiveBigIntegerField(null=True, blank=True)
    analysed_at = models.DateTimeField(null=True, blank=True)  # poster, waveform and the findings below are there
    silent = models.BooleanField(default=False)
    black = models.BooleanField(default=False)
    loudness = models.FloatField(null=True, blank=True)  # LUFS
    speech = models.JSONField(default=list, blank=True)  # [[start, end], …] in seconds

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="take_number", fields=["answer", "number"]),
            models.CheckConstraint(
                name="take_playable_has_video", condition=~Q(state="playable") | ~Q(video="") & Q(seconds__isnull=False)
            ),
            models.CheckConstraint(
                name="take_failed_says_why", condition=~Q(state="failed") | ~Q(failure="") & ~Q(failure_text="")
            ),
        ]
        indexes = [
            # The sweep: takes with work to do, received or just published.
            models.Index(name="take_due", fields=["next_attempt_at"], condition=Q(next_attempt_at__isnull=False)),
            # The sweep: recordings nobody has touched for a while.
            models.Index(name="take_recording", fields=["started_at"], condition=Q(state="recording")),
            # The sweep: prefixes to recover once nobody can come back.
            models.Index(name="take_abandoned", fields=["started_at"], condition=Q(state="abandoned")),
        ]

    def __str__(self) -> str:
        return f"take {self.number}"

    @property
    def why(self) -> str:
        """Why it failed, in the reader's language."""
        return self.get_failure_flaw_display() or self.get_failure_display()

    @property
    def is_our_fault(self) -> bool:
        """It failed, and not for what was recorded."""
        return self.failure in {self.Failure.TRANSIENT, self.Failure.BUG}


class MediaAccess(UUIDModel):
    """A reviewer was given the address of a recording: who saw what, when."""

    take = models.ForeignKey(Take, models.CASCADE, related_name="accesses")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        verbose_name_plural = "media accesses"

    def __str__(self) -> str:
        return f"{self.user} watched {self.take_id}"
