"""Setting a live round up: what it is, who sits in it, and asking for the hours of whoever never said theirs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from hiring.accounts.models import Company, User
from hiring.lib.actors import Actor
from hiring.mail.models import Message
from hiring.pipeline import messages as told
from hiring.pipeline.models import JobStage
from scheduling import letters, queries
from scheduling.models import InterviewerProfile, LiveRound, Seat
from scheduling.team_words import HOURS_WANTED


@dataclass(frozen=True)
class Asked:
    """Who was asked for their hours: now, and who had been earlier today."""

    now: list[InterviewerProfile]
    earlier: list[InterviewerProfile]


@dataclass(frozen=True)
class Hourless:
    """Somebody without hours, and the last mail that asked for them."""

    profile: InterviewerProfile
    mail: Message | None


def of(stage: JobStage) -> LiveRound:
    """The round of ``stage``; one not saved yet, in the company's zone, where nobody has said what it is."""
    known = LiveRound.objects.select_related("stage__job").filter(stage=stage).first()
    return known or LiveRound(stage=stage, grid_zone=_zone())


@transaction.atomic
def change(live: LiveRound, values: Mapping[str, object], seats: Sequence[Sequence[User]], *, by: Actor) -> LiveRound:
    """Keep what the round is, with a seat for each of ``seats``. Agreed bookings stay as they were agreed."""
    for name, value in values.items():
        setattr(live, name, value)
    live.save()
    live.seats.filter(position__gt=len(seats)).delete()
    for position, users in enumerate(seats, start=1):
        seat, _is_new = Seat.objects.get_or_create(round=live, position=position)
        seat.pool.set([_profile_of(user) for user in users])
    return live


@transaction.atomic
def ask_for_hours(live: LiveRound, *, by: User) -> Asked:
    """Ask whoever sits in ``live`` and never said their hours to say them; each of them once a day."""
    hourless = queries.hourless(live)
    earlier = letters.asked_today(hourless)
    asked = Asked([profile for profile in hourless if profile not in earlier], earlier)
    for profile in asked.now:
        letters.hours_wanted(profile, live, by=by)
    return asked


def hourless(live: LiveRound, *, reader: User) -> list[Hourless]:
    """Who sits in ``live`` and never said their hours, each with the mail that asked last if ``reader`` may read it."""
    sitting = queries.hourless(live)
    to = [profile.user.email for profile in sitting]
    mails = told.for_reviewer(reader).filter(kind=HOURS_WANTED.kind, to_email__in=to).order_by("created_at")
    last = {mail.to_email: mail for mail in mails}
    return [Hourless(profile, last.get(profile.user.email)) for profile in sitting]


def _profile_of(user: User) -> InterviewerProfile:
    """Their calendar; who has none gets an empty one. The hours are theirs to say."""
    return InterviewerProfile.objects.get_or_create(user=user, defaults={"zone": _zone()})[0]


def _zone() -> str:
    company = Company.objects.current()
    return company.zone if company else "UTC"
