"""Bookings that stand but need somebody's eye: outside hours, an hour that moved by law, somebody who has left.

Nothing is called off for it. The mark goes again once the reason has.
"""

from datetime import datetime

import tzdata

from scheduling import agreeing, placing, queries, slots
from scheduling.models import Booking


def look_over(now: datetime) -> int:
    """Mark every booking ahead with what is wrong with it, or with nothing; the number whose mark changed."""
    ahead = Booking.objects.filter(state=Booking.State.CONFIRMED, start_at__gt=now).select_related("round__stage")
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
    hours = placing.with_empty_calendars(queries.sitting(booking, people, now))
    if not slots.feasible(hours, booking.start_at):
        return Booking.Attention.OUTSIDE_HOURS
    return ""
