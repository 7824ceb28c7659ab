"""Setting a live round up: what it is, who sits in it, and the hours of whoever never said theirs."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from hiring.accounts.models import Company, User
from hiring.lib.actors import Actor
from hiring.pipeline.models import JobStage
from scheduling.models import InterviewerProfile, LiveRound, Seat, WeeklyWindow

OFFICE_HOURS = (9 * 60, 17 * 60)
WORKING_DAYS = "01234"


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
        seat.pool.set([profile_of(user) for user in users])
    return live


@transaction.atomic
def profile_of(user: User) -> InterviewerProfile:
    """Their profile; who has none gets one with office hours on the company's working days, to be changed by them."""
    profile, is_new = InterviewerProfile.objects.get_or_create(user=user, defaults={"zone": _zone()})
    if is_new:
        company = Company.objects.current()
        start, end = OFFICE_HOURS
        WeeklyWindow.objects.bulk_create(
            WeeklyWindow(profile=profile, weekday=int(day), start_minute=start, end_minute=end)
            for day in (company.working_days if company else WORKING_DAYS)
        )
    return profile


def _zone() -> str:
    company = Company.objects.current()
    return company.zone if company else "UTC"
