"""Every feasible start of a range at once: the predicate asked of all grid times together, as bits of big integers.

Bit ``i`` stands for the ``i``-th grid time. A stretch of time is a run of bits, a calendar is what its hours set and
its blocks and quotas clear, and people are combined a machine word at a time: O(bookings + days × windows) for each
person, then one pass over the words for each group of seats. The tests hold it against ``feasible``, start by start.
"""

from bisect import bisect_left, bisect_right
from datetime import datetime

from scheduling.slots import seats
from scheduling.slots.bounds import blocks, candidate_blocks, earliest, latest, quotas
from scheduling.slots.hours import hours
from scheduling.slots.request import MINUTES_A_DAY, Person, Request
from scheduling.slots.wallclock import instant_of, minute_from, minute_of, segments


def starts(request: Request) -> list[datetime]:
    """Every feasible start of the request's range, in order, in UTC."""
    grid = Grid(request)
    if not grid.minutes or not request.seats:
        return []
    free = {
        person: _free(request.people[person], request, grid)
        for person in {person for pool in request.seats for person in pool}
        if person in request.people
    }
    offered = grid.everything
    for block in candidate_blocks(request):
        offered &= ~grid.run(block.after + 1, block.before - 1)
    for pool, needed in seats.needs(request.seats).items():
        offered &= seats.at_least(needed, [free[person] for person in pool if person in free], grid.everything)
    return [instant_of(minute) for minute in grid.times(offered)]


def grid(request: Request) -> list[datetime]:
    """Every time of the range at which the round could start by the clock alone (R4), in order, in UTC."""
    first, last = minute_from(request.start), minute_of(request.end) - request.duration
    return [instant_of(minute) for minute in _on_the_grid(request, first, last + 1)]


class Grid:
    """The minutes at which the round may start by range, notice, horizon and step (R4, R8); sets of them are bits."""

    def __init__(self, request: Request) -> None:
        horizon = latest(request)
        first = max(minute_from(request.start), earliest(request))
        last = minute_of(request.end) - request.duration
        if horizon is not None:
            last = min(last, horizon)
        self.minutes = _on_the_grid(request, first, last + 1)
        self.everything = (1 << len(self.minutes)) - 1

    def run(self, first: int, last: int) -> int:
        """The grid times from ``first`` to ``last``, both inclusive."""
        low, high = bisect_left(self.minutes, first), bisect_right(self.minutes, last)
        return (1 << high) - (1 << low) if low < high else 0

    def times(self, bits: int) -> list[int]:
        """The minutes that ``bits`` stand for."""
        return [minute for minute, bit in zip(self.minutes, reversed(f"{bits:b}"), strict=False) if bit == "1"]


def _on_the_grid(request: Request, start: int, end: int) -> list[int]:
    """The minutes of ``[start, end)`` that are whole steps after midnight on the wall clock of the grid."""
    minutes: list[int] = []
    for segment in segments(request.grid_zone, start, end):
        for day in segment.days():
            midnight = day * MINUTES_A_DAY
            first, last = segment.clip(midnight, midnight + MINUTES_A_DAY)
            since_midnight = first + segment.offset - midnight
            minutes += range(first + -since_midnight % request.step, last, request.step)
    return minutes


def _free(person: Person, request: Request, grid: Grid) -> int:
    """The grid times at which ``person`` could start."""
    start, end = grid.minutes[0], grid.minutes[-1] + request.duration
    free = 0
    for opens, closes in hours(person, start, end):
        free |= grid.run(opens, closes - request.duration)
    for block in blocks(person, request):
        free &= ~grid.run(block.after + 1, block.before - 1)
    limits = list(quotas(person, request))
    for segment in segments(person.zone, start, end) if limits else ():
        for day in segment.days():
            if any(quota.is_used_up_on(day) for quota in limits):
                midnight = day * MINUTES_A_DAY
                first, last = segment.clip(midnight, midnight + MINUTES_A_DAY)
                free &= ~grid.run(first, last - 1)
    return free
