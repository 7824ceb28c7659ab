"""Who can meet candidates and when, what a live round is, and who has booked what.

An instant is UTC, an interval half-open, a duration in the unit its name says. Nobody is ever booked twice: the
database refuses two assignments of one interviewer that overlap and occupy.
"""

from datetime import datetime, timedelta
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hiring.accounts.models import User, validate_zone
from hiring.lib.fields import UUIDModel
from hiring.pipeline.models import OVERSEEING, Application, CandidateLink, JobStage
from hiring.rubrics.models import Assessment, QuestionSet

LIVE = "live"  # the kind of job stage that has a round
MINUTES_OF_DAY = 1440
SUNDAY = 6


class InterviewerProfileQuerySet(models.QuerySet["InterviewerProfile"]):
    def hourless(self) -> Self:
        """Those who never said when they can be met: nobody is offered a time with them."""
        ahead = timezone.now().date() - timedelta(days=1)  # wherever they are
        dates = DateOverride.objects.filter(profile=OuterRef("pk"), on__gte=ahead).exclude(windows=[])
        return self.filter(~Exists(WeeklyWindow.objects.filter(profile=OuterRef("pk"))), ~Exists(dates))


class InterviewerProfile(UUIDModel):
    """Somebody who can be booked. Limits and buffers are theirs, whatever round they sit in.

    ``zone`` is where their weekly hours are wall-clock time; a limit of ``None`` is none. ``weight`` is the share of
    meetings they are to have beside others of a pool, ``joined_load_offset`` the load they began with, so that whoever
    joins is not flooded.
    """

    user = models.OneToOneField(User, models.CASCADE, related_name="interviewer_profile")
    zone = models.CharField(_("time zone"), max_length=64, validators=[validate_zone])
    max_per_day = models.PositiveSmallIntegerField(_("most meetings a day"), null=True, blank=True)
    max_per_week = models.PositiveSmallIntegerField(_("most meetings a week"), null=True, blank=True)
    week_start = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(SUNDAY)])  # Monday 0
    buffer_before = models.PositiveSmallIntegerField(_("minutes kept free before"), default=0)
    buffer_after = models.PositiveSmallIntegerField(_("minutes kept free after"), default=0)
    weight = models.FloatField(default=1.0, validators=[MinValueValidator(0.1)])
    joined_load_offset = models.FloatField(default=0.0)

    objects = InterviewerProfileQuerySet.as_manager()

    class Meta:
        ordering = ["user__name", "user__email"]
        constraints = [
            models.CheckConstraint(name="interviewerprofile_week_start", condition=Q(week_start__lte=SUNDAY)),
            models.CheckConstraint(name="interviewerprofile_weight", condition=Q(weight__gt=0)),
        ]

    def __str__(self) -> str:
        return str(self.user)


class WeeklyWindow(UUIDModel):
    """Hours that come every week, in minutes of the local day: 1440 is midnight, ``end <= start`` runs over it."""

    profile = models.ForeignKey(InterviewerProfile, models.CASCADE, related_name="weekly")
    weekday = models.PositiveSmallIntegerField()  # Monday 0
    start_minute = models.PositiveSmallIntegerField()
    end_minute = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["weekday", "start_minute"]
        constraints = [
            models.CheckConstraint(
                name="weeklywindow_in_the_week",
                condition=Q(
                    weekday__lte=SUNDAY,
                    start_minute__lt=MINUTES_OF_DAY,
                    end_minute__gte=1,
                    end_minute__lte=MINUTES_OF_DAY,
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.weekday}: {self.start_minute}–{self.end_minute}"


class DateOverride(UUIDModel):
    """The hours of one local date instead of the weekly ones; no window at all means away.

    It replaces everything on that date, also what the evening before would run over midnight.
    """

    profile = models.ForeignKey(InterviewerProfile, models.CASCADE, related_name="overrides")
    on = models.DateField()
    windows = models.JSONField(default=list, blank=True)  # [[start, end], …] in minutes, as in WeeklyWindow

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(name="dateoverride_once_a_day", fields=["profile", "on"])]

    def __str__(self) -> str:
        return f"{self.profile} on {self.on}"


class BusyInterval(UUIDModel):
    """A time somebody is not free, from their own calendar or written by hand. Tentative counts as busy."""

    class Source(models.TextChoices):
        MANUAL = "manual", _("Written by hand")
        ICS = "ics", _("Calendar file")

    profile = models.ForeignKey(InterviewerProfile, models.CASCADE, related_name="busy")
    source = models.CharField(max_length=10, choices=Source, default=Source.MANUAL)
    uid = models.CharField(max_length=255, blank=True)  # of the event in their calendar
    start_at = models.DateTimeField()
    end_at = models.DateTimeField()
    is_tentative = models.BooleanField(default=False)
    fetched_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["start_at"]
        constraints = [models.CheckConstraint(name="busyinterval_runs_forward", condition=Q(end_at__gt=F("start_at")))]
        indexes = [models.Index(name="busyinterval_of_profile", fields=["profile", "start_at"])]  # the slots of a panel

    def __str__(self) -> str:
        return f"{self.profile} busy from {self.start_at:%Y-%m-%d %H:%M}"


class LiveRoundQuerySet(models.QuerySet["LiveRound"]):
    def for_reviewer(self, user: User) -> Self:
        """The rounds of jobs ``user`` oversees; all for an admin."""
        if user.is_admin:
            return self
        return self.filter(stage__job__members__user=user, stage__job__members__role__in=OVERSEEING)


class LiveRound(UUIDModel):
    """What a job's live stage is: how long, with whom, where, and how late candidates may change their minds.

    ``step_minutes`` is the grid of starts on the wall clock of ``grid_zone``. ``meeting_url`` is one room for all, or a
    pattern in which ``{uid}`` becomes each booking's own. ``question_set`` is the guide everybody asks from.
    """

    stage = models.OneToOneField(JobStage, models.CASCADE, related_name="live_round")
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=45)
    step_minutes = models.PositiveSmallIntegerField(_("a start every … minutes"), default=15)
    grid_zone = models.CharField(_("time zone of the team"), max_length=64, validators=[validate_zone])
    notice_hours = models.PositiveSmallIntegerField(_("hours’ notice"), default=24)
    horizon_days = models.PositiveSmallIntegerField(_("days ahead"), default=14)
    buffer_before = models.PositiveSmallIntegerField(_("minutes kept free before"), default=10)
    buffer_after = models.PositiveSmallIntegerField(_("minutes kept free after"), default=10)
    question_set = models.ForeignKey(QuestionSet, models.PROTECT, null=True, blank=True, related_name="+")
    meeting_url = models.CharField(_("meeting link"), max_length=500, blank=True)
    team_phone = models.CharField(_("the team’s backup phone"), max_length=20, blank=True)  # E.164
    moves_allowed = models.PositiveSmallIntegerField(_("times a candidate may move it"), default=2)
    cutoff_hours = models.PositiveSmallIntegerField(_("hours before the start until which it may be moved"), default=24)

    objects = LiveRoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="liveround_minutes", condition=Q(minutes__gte=5, minutes__lte=480)),
            models.CheckConstraint(name="liveround_step", condition=Q(step_minutes__gte=5, step_minutes__lte=240)),
            models.CheckConstraint(name="liveround_horizon", condition=Q(horizon_days__gte=1, horizon_days__lte=120)),
        ]

    def __str__(self) -> str:
        return str(self.stage)


class Seat(UUIDModel):
    """One chair of a round: anybody of its pool may take it, and all chairs are taken by different people."""

    class Role(models.TextChoices):
        LEAD = "lead", _("Leads")
        SHADOW = "shadow", _("Listens and learns")
        NOTETAKER = "notetaker", _("Takes notes")

    round = models.ForeignKey(LiveRound, models.CASCADE, related_name="seats")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=10, choices=Role, default=Role.LEAD)
    pool = models.ManyToManyField(InterviewerProfile, related_name="seats")

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(name="seat_position", fields=["round", "position"])]

    def __str__(self) -> str:
        return f"seat {self.position} of {self.round}"


class OfferQuerySet(models.QuerySet["Offer"]):
    def for_candidate(self, application: Application) -> Self:
        return self.filter(application=application)


class Offer(UUIDModel):
    """The invitation to choose a time for one live round, with the word somebody wrote to go with it.

    Open until ``closed_at``, set when the application leaves the stage; until ``expires_at`` a time may be chosen.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="offers")
    stage = models.ForeignKey(JobStage, models.PROTECT, related_name="+")
    link = models.ForeignKey(CandidateLink, models.PROTECT, related_name="+")
    note = models.TextField(_("personal note"), max_length=2000)
    offered_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    no_times_at = models.DateTimeField(null=True, blank=True)  # the team was told that nothing is free

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                name="offer_open_once", fields=["application", "stage"], condition=Q(closed_at__isnull=True)
            ),
            models.CheckConstraint(name="offer_has_a_note", condition=~Q(note="")),
        ]

    def __str__(self) -> str:
        return f"offer to {self.application}"


class BookingQuerySet(models.QuerySet["Booking"]):
    def for_reviewer(self, user: User) -> Self:
        """The bookings ``user`` sits in, or of a job they oversee; all for an admin."""
        if user.is_admin:
            return self
        sits = Q(assignments__interviewer__user=user)
        members = Q(offer__application__job__members__user=user)
        overseen = members & Q(offer__application__job__members__role__in=OVERSEEING)
        return self.filter(sits | overseen).distinct()

    def for_candidate(self, application: Application) -> Self:
        return self.filter(offer__application=application)

    def standing(self, now: datetime) -> Self:
        """Those that take somebody's time at ``now``: agreed, or held and the hold not over."""
        return self.filter(~Q(state=Booking.State.HELD) | Q(expires_at__gt=now), state__in=Booking.TAKES_TIME)


class Booking(UUIDModel):
    """One candidate's meeting, or the time held for them while they confirm.

    ``sequence`` grows with every change calendars must learn of, the two calendar UIDs derive from the id. Link and
    phones are as they were agreed, whatever the round says later. ``shown`` is what each side read (``candidate``,
    ``team``) by the clocks of ``tzdata``: should a zone's rules change, that is how it is noticed.
    """

    class State(models.TextChoices):
        HELD = "held", _("Held")
        CONFIRMED = "confirmed", _("Booked")
        COMPLETED = "completed", _("Met")
        NO_SHOW_CANDIDATE = "no_show_candidate", _("Candidate did not come")
        NO_SHOW_TEAM = "no_show_team", _("We did not come")
        CANCELLED_BY_CANDIDATE = "cancelled_by_candidate", _("Called off by the candidate")
        CANCELLED_BY_TEAM = "cancelled_by_team", _("Called off by us")

    class Attention(models.TextChoices):
        """What somebody has to look at although the booking stands."""

        OUTSIDE_HOURS = "outside_hours", _("Outside the hours of somebody in it")
        CLOCK_MOVED = "clock_moved", _("A time zone’s rules changed: somebody’s clock reads another hour")
        INTERVIEWER_LEFT = "interviewer_left", _("Somebody in it can no longer sign in")

    TAKES_TIME = (State.HELD, State.CONFIRMED, State.COMPLETED, State.NO_SHOW_CANDIDATE, State.NO_SHOW_TEAM)
    CANCELLED = (State.CANCELLED_BY_CANDIDATE, State.CANCELLED_BY_TEAM)
    SETTLED = (State.CONFIRMED, State.COMPLETED, State.NO_SHOW_CANDIDATE)  # they choose no other by themselves

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="bookings")
    round = models.ForeignKey(LiveRound, models.PROTECT, related_name="bookings")
    assessment = models.OneToOneField(Assessment, models.PROTECT, null=True, blank=True, related_name="booking")
    start_at = models.DateTimeField()
    end_at = models.DateTimeField()
    state = models.CharField(max_length=24, choices=State)
    attention = models.CharField(max_length=20, choices=Attention, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)  # of a hold
    sequence = models.PositiveIntegerField(default=0)
    candidate_moves = models.PositiveSmallIntegerField(default=0)  # the team's own do not count
    candidate_zone = models.CharField(max_length=64, blank=True)
    candidate_phone = models.CharField(max_length=20, blank=True)  # E.164
    team_phone = models.CharField(max_length=20, blank=True)  # E.164
    meeting_url = models.CharField(max_length=500, blank=True)
    backup_code = models.CharField(max_length=12, blank=True)  # said on the phone, so both know who it is
    shown = models.JSONField(default=dict, blank=True)
    tzdata = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)  # of the current sequence
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=500, blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["start_at"]
        constraints = [
            models.CheckConstraint(name="booking_runs_forward", condition=Q(end_at__gt=F("start_at"))),
            models.CheckConstraint(
                name="booking_held_iff_it_expires",
                condition=Q(state="held", expires_at__isnull=False) | ~Q(state="held") & Q(expires_at__isnull=True),
            ),
            models.CheckConstraint(
                name="booking_has_link_and_phones",
                condition=Q(state="held") | ~Q(meeting_url="") & ~Q(candidate_phone="") & ~Q(team_phone=""),
            ),
            models.UniqueConstraint(name="booking_one_hold", fields=["offer"], condition=Q(state="held")),
            models.UniqueConstraint(name="booking_one_confirmed", fields=["offer"], condition=Q(state="confirmed")),
        ]
        indexes = [
            # The sweep: bookings to remind of, and those that are over.
            models.Index(name="booking_coming", fields=["start_at"], condition=Q(state="confirmed")),
        ]

    def __str__(self) -> str:
        return f"{self.offer.application} at {self.start_at:%Y-%m-%d %H:%M}"

    @property
    def application(self) -> Application:
        return self.offer.application


class Assignment(UUIDModel):
    """One interviewer's part in a booking. While it ``occupies``, nothing else of theirs can overlap it."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="assignments")
    seat = models.ForeignKey(Seat, models.SET_NULL, null=True, blank=True, related_name="+")
    interviewer = models.ForeignKey(InterviewerProfile, models.PROTECT, related_name="assignments")
    during = DateTimeRangeField()  # the meeting alone: buffers are a rule, not a wall
    occupies = models.BooleanField(default=True)
    assigned_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["seat__position"]
        constraints = [
            ExclusionConstraint(
                name="assignment_never_twice_at_once",
                expressions=[("interviewer", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(occupies=True),
            ),
            models.UniqueConstraint(name="assignment_once", fields=["booking", "interviewer"]),
        ]

    def __str__(self) -> str:
        return f"{self.interviewer} in {self.booking_id}"
