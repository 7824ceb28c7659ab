"""What the pages and the verbs ask of the tables.

A question to the slot engine takes as many queries for two people as for two hundred.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Q
from django.utils import timezone

from hiring.accounts.models import Company, User
from scheduling import slots, times, zones
from scheduling.models import (
    Assignment,
    Booking,
    BusyInterval,
    DateOverride,
    InterviewerProfile,
    LiveRound,
    Offer,
    WeeklyWindow,
)

MOST_COMING, MOST_PAST = 100, 20
Windows = list[slots.Window]

LOAD_DAYS = timedelta(days=28)  # how long a meeting counts as load; those to come always do
COUNTS_AS_LOAD = (Booking.State.HELD, Booking.State.CONFIRMED, Booking.State.COMPLETED)


def request(
    live: LiveRound, now: datetime, *, of: Offer | None = None, exclude: Collection[UUID] = ()
) -> slots.Request:
    """The question which starts fit ``live`` from ``now`` on. ``exclude`` are bookings to look through.

    With ``of``, the candidate's other meetings are in their way too, and their own hold is looked through.
    """
    duration = timedelta(minutes=live.minutes)
    end = now + timedelta(days=live.horizon_days) + duration
    pools = _pools(live)
    profiles = {profile.pk: profile for pool in pools for profile in pool}
    own_holds = Booking.objects.filter(offer=of, state=Booking.State.HELD).values_list("pk", flat=True) if of else ()
    return slots.Request(
        people=_people(profiles, now, now - slots.REACH, end + slots.REACH),
        seats=tuple(tuple(profile.pk for profile in pool) for pool in pools),
        start=now,
        end=end,
        duration=live.minutes,
        step=live.step_minutes,
        grid_zone=ZoneInfo(live.grid_zone),
        now=now,
        min_notice=live.notice_hours * 60,
        max_horizon=live.horizon_days * 24 * 60,
        buffer_before=live.buffer_before,
        buffer_after=live.buffer_after,
        candidate_busy=_candidate_busy(of, now) if of else (),
        exclude=frozenset([*exclude, *own_holds]),
    )


def person(profile: InterviewerProfile, now: datetime, start: datetime, end: datetime) -> slots.Person:
    """``profile`` as the slot engine sees them, with what they have between ``start`` and ``end``."""
    return _people({profile.pk: profile}, now, start, end)[profile.pk]


def pool_of(live: LiveRound) -> list[UUID]:
    """Everybody who may sit in ``live``, in the order in which they are locked."""
    everybody = InterviewerProfile.objects.filter(seats__round=live)
    return list(everybody.order_by("pk").values_list("pk", flat=True).distinct())


def everybody(live: LiveRound) -> list[InterviewerProfile]:
    """All who may sit in ``live`` and can still sign in, by seat; nobody twice."""
    return list(dict.fromkeys(profile for pool in _pools(live) for profile in pool))


def hourless(live: LiveRound) -> list[InterviewerProfile]:
    """Who sits in ``live`` and can sign in, and never said when they can be met."""
    sitting = InterviewerProfile.objects.hourless().filter(seats__round=live, user__is_active=True)
    return list(sitting.select_related("user").distinct())


def interviewers_of(booking: Booking) -> list[InterviewerProfile]:
    """Who sits in ``booking``, by seat."""
    sitting = booking.assignments.select_related("interviewer__user").order_by("seat__position", "pk")
    return [assignment.interviewer for assignment in sitting]


def sitting(booking: Booking, people: Collection[InterviewerProfile], now: datetime) -> slots.Request:
    """The question whether exactly ``people`` could meet when ``booking`` is, whatever the round's grid and notice."""
    profiles = {profile.pk: profile for profile in people}
    return slots.Request(
        people=_people(profiles, now, booking.start_at - slots.REACH, booking.end_at + slots.REACH),
        seats=tuple((profile.pk,) for profile in people),
        start=booking.start_at,
        end=booking.end_at,
        duration=int((booking.end_at - booking.start_at).total_seconds()) // 60,
        step=1,
        grid_zone=ZoneInfo(booking.round.grid_zone),
        now=now,
        exclude=frozenset([booking.pk]),
    )


def _pools(live: LiveRound) -> list[list[InterviewerProfile]]:
    """The people of each seat who can still sign in."""
    seats = live.seats.prefetch_related("pool__user").order_by("position")
    return [[profile for profile in seat.pool.all() if profile.user.is_active] for seat in seats]


def _people(
    profiles: Mapping[UUID, InterviewerProfile], now: datetime, start: datetime, end: datetime
) -> dict[Hashable, slots.Person]:
    weekly, overrides = _weekly(profiles), _overrides(profiles, start, end)
    busy, bookings = _busy(profiles, start, end), _bookings(profiles, now, start, end)
    loads = _loads(profiles, now)
    return {
        pk: slots.Person(
            id=pk,
            zone=ZoneInfo(profile.zone),
            weekly=weekly[pk],
            overrides=overrides[pk],
            busy=busy[pk],
            bookings=bookings[pk],
            buffer_before=profile.buffer_before,
            buffer_after=profile.buffer_after,
            max_per_day=profile.max_per_day,
            max_per_week=profile.max_per_week,
            week_start=profile.week_start,
            load=profile.joined_load_offset + loads[pk][0],
            weight=profile.weight,
            last_assigned_at=loads[pk][1],
        )
        for pk, profile in profiles.items()
    }


def _weekly(people: Collection[UUID]) -> Mapping[UUID, dict[int, list[slots.Window]]]:
    found: dict[UUID, dict[int, list[slots.Window]]] = defaultdict(lambda: defaultdict(list))
    for row in WeeklyWindow.objects.filter(profile__in=people):
        found[row.profile_id][row.weekday].append(slots.Window(row.start_minute, row.end_minute))
    return found


def _overrides(
    people: Collection[UUID], start: datetime, end: datetime
) -> Mapping[UUID, dict[date, list[slots.Window]]]:
    found: dict[UUID, dict[date, list[slots.Window]]] = defaultdict(dict)
    days = (start.date() - timedelta(days=1), end.date() + timedelta(days=1))  # some zones are a day away
    for row in DateOverride.objects.filter(profile__in=people, on__range=days):
        found[row.profile_id][row.on] = [slots.Window(*window) for window in row.windows]
    return found


def _busy(people: Collection[UUID], start: datetime, end: datetime) -> Mapping[UUID, list[slots.Span]]:
    found: dict[UUID, list[slots.Span]] = defaultdict(list)
    for row in BusyInterval.objects.filter(profile__in=people, start_at__lt=end, end_at__gt=start):
        found[row.profile_id].append(slots.Span(row.start_at, row.end_at))
    return found


def _bookings(
    people: Collection[UUID], now: datetime, start: datetime, end: datetime
) -> Mapping[UUID, list[slots.Taken]]:
    found: dict[UUID, list[slots.Taken]] = defaultdict(list)
    taken = Assignment.objects.filter(
        interviewer__in=people,
        occupies=True,
        during__overlap=(start, end),
        booking__in=Booking.objects.standing(now),
    )
    for row in taken.select_related("booking__round").order_by("during"):
        booking, live = row.booking, row.booking.round
        found[row.interviewer_id].append(
            slots.Taken(booking.pk, booking.start_at, booking.end_at, live.buffer_before, live.buffer_after)
        )
    return found


def _loads(people: Iterable[UUID], now: datetime) -> Mapping[UUID, tuple[int, datetime | None]]:
    """How many meetings each carries, and when they last were given one. Who did not come is nobody's load."""
    is_load = Q(booking__state__in=COUNTS_AS_LOAD) & (Q(booking__expires_at=None) | Q(booking__expires_at__gt=now))
    counted = (
        Assignment.objects.filter(interviewer__in=list(people), occupies=True, booking__start_at__gt=now - LOAD_DAYS)
        .order_by()
        .values_list("interviewer_id")
        .annotate(load=Count("pk", filter=is_load), last=Max("assigned_at"))
    )
    return defaultdict(lambda: (0, None), {person: (load, last) for person, load, last in counted})


def _candidate_busy(of: Offer, now: datetime) -> list[tuple[datetime, datetime]]:
    """The candidate's other meetings with us, whatever they applied for."""
    others = Booking.objects.standing(now).filter(
        offer__application__candidate=of.application.candidate_id, end_at__gt=now
    )
    return list(others.exclude(offer=of).values_list("start_at", "end_at"))


@dataclass(frozen=True, slots=True)
class Entry:
    """A booking in somebody's diary, its times in words by their clock."""

    booking: Booking
    when: str
    people: str


@dataclass(frozen=True, slots=True)
class Diary:
    coming: list[Entry]
    past: list[Entry]
    zone: str


def diary(user: User, now: datetime) -> Diary:
    """The conversations ``user`` sits in: those to come, the next first, and the last of those that were."""
    sits = Booking.objects.filter(assignments__interviewer__user=user).exclude(state=Booking.State.HELD)
    sits = sits.select_related("offer__application__candidate", "offer__application__job", "round__stage")
    sits = sits.prefetch_related("assignments__interviewer__user")
    zone = zone_of(user)
    with timezone.override(zone):
        coming = sits.filter(end_at__gt=now, state=Booking.State.CONFIRMED).order_by("start_at")
        past = sits.filter(end_at__lte=now).exclude(state__in=Booking.CANCELLED).order_by("-start_at")
        return Diary(_entries(coming[:MOST_COMING]), _entries(past[:MOST_PAST]), zones.label(zone.key, now))


def zone_of(user: User) -> ZoneInfo:
    """The zone somebody on the team reads times in: that of their hours, else the company's."""
    known = InterviewerProfile.objects.filter(user=user).values_list("zone", flat=True).first()
    company = Company.objects.current()
    return ZoneInfo(known or (company.zone if company else zones.UTC))


def _entries(bookings: Iterable[Booking]) -> list[Entry]:
    return [
        Entry(
            booking,
            times.when(booking.start_at, booking.end_at),
            ", ".join(str(sitting.interviewer) for sitting in booking.assignments.all()),
        )
        for booking in bookings
    ]
