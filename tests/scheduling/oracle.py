"""The rules of slots once more, minute by minute and as slow as that is. Shares only its words with the engine."""

from collections.abc import Hashable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

from scheduling.slots import Person, Request, Taken

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def starts(request: Request) -> list[datetime]:
    first = request.start.astimezone(UTC)
    minutes = [first + n * MINUTE for n in range((request.end - request.start) // MINUTE)]
    return [minute for minute in minutes if offers(request, minute)]


def offers(request: Request, start: datetime) -> bool:
    end = start + request.duration * MINUTE
    return (
        request.start <= start
        and end <= request.end
        and on_the_grid(request, start)
        and start - request.now >= request.min_notice * MINUTE
        and (request.max_horizon is None or start - request.now <= request.max_horizon * MINUTE)
        and not any(since < until and since < end and start < until for since, until in request.candidate_busy)
        and fill([[person for person in pool if can_come(person, request, start)] for pool in request.seats])
    )


def can_come(person_id: Hashable, request: Request, start: datetime) -> bool:
    person = request.people.get(person_id)
    return (
        person is not None
        and has_time(person, request, start)
        and takes_more(person, request, start)
        and all(works(person, start + n * MINUTE) for n in range(request.duration))
    )


def on_the_grid(request: Request, start: datetime) -> bool:
    local = start.astimezone(request.grid_zone)
    return (local.hour * 60 + local.minute) % request.step == 0


def works(person: Person, moment: datetime) -> bool:
    local = moment.astimezone(person.zone)
    today, minute = local.date(), local.hour * 60 + local.minute

    def windows(day: date) -> Sequence[tuple[int, int]]:
        return person.overrides.get(day, person.weekly.get(day.weekday(), ()))

    if any(opens <= minute < closes or closes <= opens <= minute for opens, closes in windows(today)):
        return True
    return today not in person.overrides and any(minute < closes <= opens for opens, closes in windows(today - DAY))


def has_time(person: Person, request: Request, start: datetime) -> bool:
    end = start + request.duration * MINUTE
    before = max(person.buffer_before, request.buffer_before) * MINUTE
    after = max(person.buffer_after, request.buffer_after) * MINUTE
    for since, until in person.busy:
        if since < until and since < end + after and start - before < until:
            return False
    for other in counted(person, request):
        theirs_before = max(person.buffer_before, other.buffer_before) * MINUTE
        theirs_after = max(person.buffer_after, other.buffer_after) * MINUTE
        follows = other.end <= start and start - other.end >= max(theirs_after, before)
        precedes = end <= other.start and other.start - end >= max(after, theirs_before)
        if other.start < other.end and not follows and not precedes:
            return False
    return True


def takes_more(person: Person, request: Request, start: datetime) -> bool:
    def week(day: date) -> date:
        return day - (day.weekday() - person.week_start) % 7 * DAY

    today = start.astimezone(person.zone).date()
    days = [other.start.astimezone(person.zone).date() for other in counted(person, request)]
    this_day, this_week = days.count(today), [week(day) for day in days].count(week(today))
    return (person.max_per_day is None or this_day < person.max_per_day) and (
        person.max_per_week is None or this_week < person.max_per_week
    )


def counted(person: Person, request: Request) -> Iterator[Taken]:
    return (other for other in person.bookings if other.id not in request.exclude)


def fill(pools: Sequence[Sequence[Hashable]], taken: tuple[Hashable, ...] = ()) -> bool:
    return not pools or any(fill(pools[1:], (*taken, person)) for person in pools[0] if person not in taken)
