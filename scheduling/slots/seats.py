"""Who sits where: every seat takes one person of its pool, and nobody sits twice. Knows ids, and no calendar."""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from heapq import heappop, heappush

Pool = Collection[Hashable]
Team = tuple[Hashable, ...]


def are_fillable(pools: Sequence[Pool]) -> bool:
    """Whether the seats can all be taken at once. No seats at all mean nobody comes, so they cannot."""
    seat_of: dict[Hashable, int] = {}

    def seat_somebody(seat: int, asked: set[Hashable]) -> bool:
        """Kuhn's augmenting path: take somebody free, or somebody whose own seat another can take."""
        for person in pools[seat]:
            if person not in asked:
                asked.add(person)
                if person not in seat_of or seat_somebody(seat_of[person], asked):
                    seat_of[person] = seat
                    return True
        return False

    return bool(pools) and all(seat_somebody(seat, set()) for seat in range(len(pools)))


def needs(pools: Sequence[Pool]) -> dict[frozenset[Hashable], int]:
    """How many people are needed of each union of pools. By Hall's theorem, who has them all can fill every seat."""
    needed: dict[frozenset[Hashable], int] = {frozenset(): 0}
    for pool in pools:
        for union, count in list(needed.items()):
            wider = union | frozenset(pool)
            needed[wider] = max(needed.get(wider, 0), count + 1)
    return needed


def at_least(count: int, sets: Sequence[int], everything: int) -> int:
    """The bits that are in ``count`` or more of ``sets``, all bits at a time; ``everything`` has every bit."""
    reached = [everything] + [0] * count  # reached[n]: in n or more of the sets so far
    for bits in sets:
        for n in range(count, 0, -1):
            reached[n] |= reached[n - 1] & bits
    return reached[count]


def teams(
    pools: Sequence[Pool], *, share: Mapping[Hashable, Fraction], since: Mapping[Hashable, datetime]
) -> Iterator[Team]:
    """Every way to fill the seats, one id each in the order of ``pools``, the least sum of shares first.

    Of equal sums those come first who have waited longest, seat by seat, then the lowest ids. A best-first search, by
    the cost so far and the least that the empty seats can cost; a branch that cannot fill them is not entered.
    """
    least = [min((share[person] for person in pool), default=Fraction(0)) for pool in pools]
    frontier: list[tuple[Fraction, tuple[datetime, ...], tuple[str, ...], Team]] = []
    if are_fillable(pools):
        heappush(frontier, (sum(least, Fraction(0)), (), (), ()))
    while frontier:
        cost, waits, names, team = heappop(frontier)
        seat = len(team)
        if seat == len(pools):
            yield team
            continue
        for person in set(pools[seat]).difference(team):
            rest = [set(pool).difference(team, (person,)) for pool in pools[seat + 1 :]]
            if not rest or are_fillable(rest):
                dearer = cost - least[seat] + share[person]
                heappush(frontier, (dearer, (*waits, since[person]), (*names, str(person)), (*team, person)))
