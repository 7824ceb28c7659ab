"""When people can be met, changed by themselves or by whoever plans: hours, dates, time off, limits.

What is booked is never moved by any of it. A booking that no longer fits is marked, and handed back to be told about.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from hiring.accounts.models import Company, User
from hiring.lib import clock
from hiring.pipeline import rules as pipeline_rules
from scheduling import attention, weeks
from scheduling.models import Booking, BusyInterval, DateOverride, InterviewerProfile, WeeklyWindow
from scheduling.slots import Window

OFFICE_HOURS = dict.fromkeys(range(5), (Window(9 * 60, 17 * 60),))
LIMITS = ("max_per_day", "max_per_week", "week_start", "buffer_before", "buffer_after")


def people(user: User) -> QuerySet[User]:
    """Whose hours ``user`` may see and change: everybody's for admins and recruiters, else their own."""
    everybody = User.objects.filter(is_active=True)
    return everybody if pipeline_rules.may_open_jobs(user) else everybody.filter(pk=user.pk)


def colleagues(user: User) -> QuerySet[User]:
    """The others whose hours ``user`` may see, with whether they ``has_hours``."""
    hours = WeeklyWindow.objects.filter(profile__user=OuterRef("pk"))
    return people(user).exclude(pk=user.pk).annotate(has_hours=Exists(hours))


def today_of(user: User) -> date:
    """The date it is where ``user`` works."""
    return timezone.now().astimezone(ZoneInfo(profile_of(user).zone)).date()


def profile_of(user: User) -> InterviewerProfile:
    """The calendar of ``user``; one that is not kept yet, with the company's zone, if they never had any."""
    known = InterviewerProfile.objects.filter(user=user).prefetch_related("weekly", "overrides", "busy").first()
    return known or InterviewerProfile(user=user, zone=_company_zone())


def change_week(user: User, week: Mapping[int, Sequence[Window]]) -> list[Booking]:
    """Replace the hours that come every week. Returns the bookings that are outside their hours now."""
    with transaction.atomic():
        profile = _locked(user)
        profile.weekly.all().delete()
        WeeklyWindow.objects.bulk_create(
            WeeklyWindow(profile=profile, weekday=weekday, start_minute=window.start, end_minute=window.end)
            for weekday, windows in week.items()
            for window in windows
        )
    return _look_over(user)


def change_limits(user: User, *, zone: str, **limits: int | None) -> list[Booking]:
    """Change the zone and ``LIMITS``. Days off stay the same days. Returns the bookings outside their hours now."""
    with transaction.atomic():
        profile = _locked(user)
        if zone != profile.zone:
            _carry_over(profile.busy.filter(source=BusyInterval.Source.MANUAL), ZoneInfo(profile.zone), ZoneInfo(zone))
        profile.zone = zone
        for name in LIMITS:
            setattr(profile, name, limits[name])
        profile.save(update_fields=["zone", *LIMITS])
    return _look_over(user)


def change_date(user: User, on: date, windows: Sequence[Window]) -> list[Booking]:
    """Give one date hours of its own; none close it. Returns the bookings outside their hours now."""
    with transaction.atomic():
        profile = _locked(user)
        DateOverride.objects.update_or_create(
            profile=profile, on=on, defaults={"windows": [list(window) for window in windows]}
        )
    return _look_over(user)


def forget_date(user: User, pk: UUID) -> list[Booking]:
    """Let a date have the hours of its weekday again. Returns the bookings outside their hours now."""
    with transaction.atomic():
        _locked(user).overrides.filter(pk=pk).delete()
    return _look_over(user)


def take_off(user: User, first: date, last: date) -> list[Booking]:
    """Be away from ``first`` to ``last``, both included. Returns the bookings outside their hours now."""
    with transaction.atomic():
        profile = _locked(user)
        zone = ZoneInfo(profile.zone)
        start, end = _midnight(first, zone), _midnight(last + timedelta(days=1), zone)
        profile.busy.get_or_create(source=BusyInterval.Source.MANUAL, start_at=start, end_at=end)
    return _look_over(user)


def come_back(user: User, pk: UUID) -> list[Booking]:
    """Take a time off back. Returns the bookings outside their hours now."""
    with transaction.atomic():
        _locked(user).busy.filter(pk=pk, source=BusyInterval.Source.MANUAL).delete()
    return _look_over(user)


def outside(user: User, now: datetime) -> list[Booking]:
    """The bookings to come that are not in the hours of ``user``, or in their time off; the next first."""
    profile = profile_of(user)
    coming = list(_coming(profile, now).select_related("offer__application__candidate", "round__stage"))
    someone = weeks.person(profile, now, max((booking.end_at for booking in coming), default=now))
    return [booking for booking in coming if not weeks.is_free_of(someone, booking.start_at, booking.end_at)]


def _look_over(user: User) -> list[Booking]:
    """Mark and unmark what is booked with ``user``, once the change is kept and nobody is locked.

    Whoever books locks the booking before the people, so it must not be the other way round here.
    """
    now = timezone.now()
    attention.look_over(now, of=profile_of(user))
    return outside(user, now)


def _coming(profile: InterviewerProfile, now: datetime) -> QuerySet[Booking]:
    sits = Booking.objects.filter(assignments__interviewer=profile.pk, assignments__occupies=True)
    return Booking.objects.filter(pk__in=sits, state=Booking.State.CONFIRMED, start_at__gt=now)


def _locked(user: User) -> InterviewerProfile:
    """The calendar of ``user``, made if there is none; nobody is booked by it while it changes."""
    profile, _made = InterviewerProfile.objects.get_or_create(user=user, defaults={"zone": _company_zone()})
    return InterviewerProfile.objects.select_for_update(of=("self",)).get(pk=profile.pk)


def _carry_over(times_off: Iterable[BusyInterval], old: ZoneInfo, new: ZoneInfo) -> None:
    for row in times_off:
        row.start_at = clock.instant(row.start_at.astimezone(old).replace(tzinfo=None), new)
        row.end_at = clock.instant(row.end_at.astimezone(old).replace(tzinfo=None), new)
        row.save(update_fields=["start_at", "end_at"])


def _midnight(on: date, zone: ZoneInfo) -> datetime:
    return clock.instant(datetime.combine(on, time.min), zone)


def _company_zone() -> str:
    company = Company.objects.current()
    return company.zone if company else "UTC"
