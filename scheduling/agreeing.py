"""What a booking keeps of the agreement: link, phones, what each side's clock read, and who is to score it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import tzdata
from django.utils import timezone

from hiring.lib import tokens
from hiring.pipeline import promises
from hiring.rubrics.models import Assessment, QuestionSetVersion, ReviewAssignment
from scheduling import placing
from scheduling.models import Booking, InterviewerProfile, LiveRound, Offer

CODE_PURPOSE = "booking-code"


def agree(made: Offer, live: LiveRound, start: datetime, *, phone: str, now: datetime) -> Booking:
    """A confirmed booking, with link and both phones as they are now."""
    booking = Booking(
        offer=made,
        round=live,
        state=Booking.State.CONFIRMED,
        start_at=start,
        end_at=start + timedelta(minutes=live.minutes),
        candidate_phone=phone,
        team_phone=live.team_phone,
        changed_at=now,
    )
    booking.meeting_url = live.meeting_url.replace("{uid}", booking.pk.hex)
    booking.backup_code = tokens.short_code(CODE_PURPOSE, booking.pk.bytes, groups=1)
    booking.assessment = _assessment(live)
    _remember_clocks(booking)
    booking.save()
    return booking


def change_time(booking: Booking, start: datetime, *, now: datetime, counts: bool) -> None:
    """The next sequence of ``booking`` begins at ``start``. ``counts`` says it was one of the candidate's moves."""
    booking.end_at = start + (booking.end_at - booking.start_at)
    booking.start_at, booking.changed_at = start, now
    booking.sequence += 1
    booking.candidate_moves += 1 if counts else 0
    booking.attention = ""
    _remember_clocks(booking)
    booking.save(
        update_fields=[
            "start_at",
            "end_at",
            "changed_at",
            "sequence",
            "candidate_moves",
            "attention",
            "candidate_zone",
            "shown",
            "tzdata",
        ]
    )


def clocks(booking: Booking) -> dict[str, str]:
    """What each side's clock reads at the start, with its offset: whatever the language."""
    zones = {"candidate": booking.candidate_zone, "team": booking.round.grid_zone}
    return {side: booking.start_at.astimezone(ZoneInfo(zone)).isoformat() for side, zone in zones.items()}


def ask_for_scores(booking: Booking) -> None:
    """Whoever sits in ``booking`` is to score it, and nobody else."""
    if booking.assessment is None:
        return
    sitting = InterviewerProfile.objects.filter(pk__in=placing.people_of(booking)).values_list("user_id", flat=True)
    asked = ReviewAssignment.objects.filter(assessment=booking.assessment)
    asked.exclude(reviewer__in=sitting).update(released_at=timezone.now())
    asked.filter(reviewer__in=sitting).update(released_at=None)
    ReviewAssignment.objects.bulk_create(
        [ReviewAssignment(assessment=booking.assessment, reviewer_id=reviewer) for reviewer in sitting],
        ignore_conflicts=True,
    )


def ask_for_no_scores(booking: Booking) -> None:
    """Nobody met anybody: nobody owes a card."""
    ReviewAssignment.objects.standing().filter(assessment=booking.assessment_id).update(released_at=timezone.now())


def _remember_clocks(booking: Booking) -> None:
    booking.candidate_zone = promises.zone_of(booking.offer.application.candidate).key
    booking.shown = clocks(booking)
    booking.tzdata = tzdata.IANA_VERSION


def _assessment(live: LiveRound) -> Assessment | None:
    """What the round is scored by: the newest published version of its guide."""
    version = (
        QuestionSetVersion.objects.filter(question_set=live.question_set_id, published_at__isnull=False)
        .order_by("-number")
        .first()
    )
    return Assessment.objects.create(kind=Assessment.Kind.BOOKING, version=version) if version else None
