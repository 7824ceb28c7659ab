"""Who sits where: every seat takes one person of its pool, and nobody sits twice. Knows ids, and no calendar."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from heapq import heappop, heappush

Pool = Collection[Hashable]
Team = tuple[Hashable, ...]


def are_fillable(pools: Sequence[Pool]) -> bool:
    """Whether the seats can all be taken at once. No seats at all mean nobody comes, so they cannot."""
    return bool(pools) and len(_seated(pools, set[Hashable]().union(*pools))) == len(pools)


def _seated(pools: Sequence[Pool], people: Iterable[Hashable]) -> dict[int, Hashable]:
    """As many seats taken as can be, by people as early in ``people`` as can be.

    Everybody is asked once, by Kuhn's augmenting paths: who sat down stays, if on another seat. The sets of people who
    can sit at once are a matroid, so asking in the order of what people cost fills the seats at the least cost.
    """
    sitting: dict[int, Hashable] = {}

    def sits_down(person: Hashable, asked: set[int]) -> bool:
        for seat, pool in enumerate(pools):
            if seat not in asked and person in pool:
                asked.add(seat)
                if seat not in sitting or sits_down(sitting[seat], asked):
                    sitting[seat] = person
                    return True
        return False

    for person in people:
        if len(sitting) < len(pools):
            sits_down(person, set())
    return sitting


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

    Of equal sums those come first who have waited longest, seat by seat, then the lowest ids. A best-first search: half
    a team stands in line where the best it can still become would, so the first whole one is the best of all.
    """
    by_share = sorted(set[Hashable]().union(*pools), key=lambda person: share[person])
    frontier: list[tuple[Fraction, tuple[datetime, ...], tuple[str, ...], Team]] = []

    def consider(team: Team) -> None:
        rest = [set(pool).difference(team) for pool in pools[len(team) :]]
        seated = _seated(rest, by_share)
        if len(seated) == len(rest):
            cost = sum((share[person] for person in (*team, *seated.values())), Fraction(0))
            longest = (min(since[person] for person in pool) for pool in rest)
            waits = (*(since[person] for person in team), *longest)
            heappush(frontier, (cost, waits, tuple(map(str, team)), team))

    if pools:
        consider(())
    while frontier:
        *_, team = heappop(frontier)
        if len(team) == len(pools):
            yield team
        else:
            for person in set(pools[len(team)]).difference(team):
                consider((*team, person))
