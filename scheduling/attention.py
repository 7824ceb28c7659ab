"""Bookings that stand but need somebody's eye: outside hours, an hour that moved by law, somebody who has left.

Nothing is called off for it. The mark goes again once the reason has.
"""

from datetime import datetime

import tzdata

from scheduling import agreeing, queries, weeks
from scheduling.models import Booking, InterviewerProfile


def look_over(now: datetime, *, of: InterviewerProfile | None = None) -> int:
    """Mark every booking ahead with what is wrong with it, or with nothing; the number whose mark changed.

    With ``of``, only the bookings they sit in.
    """
    ahead = Booking.objects.filter(state=Booking.State.CONFIRMED, start_at__gt=now).select_related("round__stage")
    if of is not None:
        ahead = ahead.filter(assignments__in=of.assignments.filter(occupies=True))
    changed = 0
    for booking in ahead.prefetch_related("assignments__interviewer__user"):
        found = _wrong_with(booking, now)
        if found != booking.attention:
            changed += Booking.objects.filter(
                pk=booking.pk, sequence=booking.sequence, state=Booking.State.CONFIRMED
            ).update(attention=found)
    return changed


def _wrong_with(booking: Booking, now: datetime) -> str:
    people = [sitting.interviewer for sitting in booking.assignments.all()]
    if any(not profile.user.is_active for profile in people):
        return Booking.Attention.INTERVIEWER_LEFT
    if booking.tzdata != tzdata.IANA_VERSION and agreeing.clocks(booking) != booking.shown:
        return Booking.Attention.CLOCK_MOVED
    calendars = queries.sitting(booking, people, now).people.values()
    if not all(weeks.is_free_of(person, booking.start_at, booking.end_at) for person in calendars):
        return Booking.Attention.OUTSIDE_HOURS
    return ""
