"""Setting a live round up: what it is, who sits in it, and asking for the hours of whoever never said theirs."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from hiring.accounts.models import Company, User
from hiring.lib.actors import Actor
from hiring.pipeline.models import JobStage
from scheduling import letters, queries
from scheduling.models import InterviewerProfile, LiveRound, Seat


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
def ask_for_hours(live: LiveRound, *, by: User) -> list[InterviewerProfile]:
    """Ask whoever sits in ``live`` and never said their hours to say them, once a day; those who were asked."""
    hourless = queries.hourless(live)
    for profile in hourless:
        letters.hours_wanted(profile, live, by=by)
    return hourless


def _profile_of(user: User) -> InterviewerProfile:
    """Their calendar; who has none gets an empty one. The hours are theirs to say."""
    return InterviewerProfile.objects.get_or_create(user=user, defaults={"zone": _zone()})[0]


def _zone() -> str:
    company = Company.objects.current()
    return company.zone if company else "UTC"
