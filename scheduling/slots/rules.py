"""The predicate: may this round start at this moment? Everything that lists or books a slot asks it (R7)."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction

from scheduling.slots import seats
from scheduling.slots.bounds import Block, Cause, blocks, candidate_blocks, earliest, latest, quotas
from scheduling.slots.hours import is_at_work
from scheduling.slots.request import MINUTES_A_DAY, Request, Span
from scheduling.slots.wallclock import instant_of, local_day, local_minute, minute_from, minute_of

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Reason:
    """One thing in the way of a start: somebody's, or with no ``person`` the request's own.

    ``span`` is the busy time or booking meant by BUSY, BOOKED and CANDIDATE_BUSY, without its gaps. For TOO_FEW_PEOPLE
    ``needed`` people of ``pool`` have to come.
    """

    cause: Cause
    person: Hashable = None
    span: Span | None = None
    pool: frozenset[Hashable] = frozenset()
    needed: int = 0


def feasible(request: Request, start: datetime) -> bool:
    """Whether the round may start at ``start``: nothing forbids it, and every seat finds somebody of its own."""
    return not any(_obstacles(request, start)) and seats.are_fillable(_free_pools(request, start))


def why(request: Request, start: datetime) -> list[Reason]:
    """What is in the way of ``start``; nothing if it is feasible. Whoever is free, or not needed, is not mentioned."""
    reasons = list(_obstacles(request, start))
    if reasons == [Reason(Cause.OUTSIDE_RANGE)]:
        return reasons
    pools = _free_pools(request, start)
    if not seats.are_fillable(pools):
        everybody = dict.fromkeys(person for pool in request.seats for person in pool)
        for person in everybody:
            reasons += _obstacles_of(request, person, start)
        reasons.append(_shortage(request, set().union(*pools)))
    return reasons


def assignments(request: Request, start: datetime) -> Iterator[seats.Team]:
    """Every way to seat people at ``start``, one id per seat, the fairest first (R13); none if it is not feasible.

    Fair is the least sum of load by weight, then whoever has not been assigned for longest, then the lowest id.
    """
    if not any(_obstacles(request, start)):
        pools = _free_pools(request, start)
        free = [request.people[person] for person in set().union(*pools)]
        yield from seats.teams(
            pools,
            share={person.id: Fraction(person.load) / Fraction(person.weight) for person in free},
            since={person.id: person.last_assigned_at or LONG_AGO for person in free},
        )


def assign(request: Request, start: datetime) -> seats.Team | None:
    """Who meets the candidate at ``start``, one id per seat; ``None`` if it is not feasible."""
    return next(assignments(request, start), None)


def _obstacles(request: Request, start: datetime) -> Iterator[Reason]:
    """What forbids ``start`` whoever comes: the range, notice and horizon, the grid, the candidate's own calendar."""
    minute = minute_of(start)
    if not minute_from(request.start) <= minute <= minute_of(request.end) - request.duration:
        yield Reason(Cause.OUTSIDE_RANGE)
        return  # however far away, even where calendars end
    last = latest(request)
    if minute < earliest(request):
        yield Reason(Cause.TOO_SOON)
    if last is not None and minute > last:
        yield Reason(Cause.TOO_FAR_AHEAD)
    if start != instant_of(minute) or local_minute(request.grid_zone, minute) % MINUTES_A_DAY % request.step:
        yield Reason(Cause.OFF_GRID)
    for block in candidate_blocks(request):
        if _forbids(block, minute):
            yield Reason(block.cause, span=block.span)


def _obstacles_of(request: Request, person_id: Hashable, start: datetime) -> Iterator[Reason]:
    """What keeps this person from starting at ``start``."""
    person = request.people.get(person_id)
    if person is None:
        yield Reason(Cause.UNKNOWN_PERSON, person_id)
        return
    minute = minute_of(start)
    if not is_at_work(person, minute, minute + request.duration):
        yield Reason(Cause.OUTSIDE_HOURS, person_id)
    for block in blocks(person, request):
        if _forbids(block, minute):
            yield Reason(block.cause, person_id, block.span)
    today = local_day(person.zone, minute)
    for quota in quotas(person, request):
        if quota.is_used_up_on(today):
            yield Reason(quota.cause, person_id)


def _forbids(block: Block, minute: int) -> bool:
    return block.after < minute < block.before


def _free_pools(request: Request, start: datetime) -> list[set[Hashable]]:
    """Of each seat those who could sit on it."""
    everybody = set[Hashable]().union(*request.seats)
    free = {person for person in everybody if not any(_obstacles_of(request, person, start))}
    return [free.intersection(pool) for pool in request.seats]


def _shortage(request: Request, free: set[Hashable]) -> Reason:
    """The seats that together find too few of ``free``, by Hall's theorem; the smallest such pool."""
    short = {pool: count for pool, count in seats.needs(request.seats).items() if len(free & pool) < count}
    pool = min(short, key=len, default=frozenset[Hashable]())
    return Reason(Cause.TOO_FEW_PEOPLE, pool=pool, needed=short.get(pool, 1))
