"""The live rounds of one application, as its page tells them: asked, agreed, met, or why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from hiring.pipeline.models import Application
from scheduling.models import Booking, Offer


@dataclass(frozen=True)
class Meeting:
    """One invitation to choose a time, and the booking that came of it, the latest where there were several."""

    offer: Offer
    booking: Booking | None
    people: Sequence[str]
    waits: bool
    is_ahead: bool

    @property
    def is_settled(self) -> bool:
        """Whether a time stands, ahead or behind."""
        return self.booking is not None and self.booking.state not in Booking.CANCELLED

    @property
    def until(self) -> datetime:
        """Until when a time may be chosen."""
        return self.offer.expires_at


def of(application: Application) -> list[Meeting]:
    """Newest first; a time somebody only holds is not told, it may be gone in a minute."""
    now = timezone.now()
    whole = Offer.objects.select_related("stage", "offered_by")
    told = whole.prefetch_related("bookings__assignments__interviewer__user")
    prefetch_related_objects([application], Prefetch("offers", told))  # the gate of the stage asks for them too
    return [_meeting(offer, now) for offer in application.offers.all()]


def may_be_asked(application: Application, known: Sequence[Meeting]) -> bool:
    """Whether somebody stands in a live round and has neither a link to choose by nor a time ahead of them: added or
    opened again, called off, or the link ran out."""
    if application.outcome is not None or application.stage.kind != "live":
        return False
    here = [meeting for meeting in known if meeting.offer.stage_id == application.stage_id]
    return not any(meeting.waits or meeting.is_settled for meeting in here)


def _meeting(offer: Offer, now: datetime) -> Meeting:
    agreed = [booking for booking in offer.bookings.all() if booking.state != Booking.State.HELD]
    booking = max(agreed, key=lambda one: one.created_at, default=None)
    stands = booking is not None and booking.state not in Booking.CANCELLED
    return Meeting(
        offer=offer,
        booking=booking,
        people=[str(seat.interviewer) for seat in booking.assignments.all()] if booking else [],
        waits=not stands and offer.closed_at is None and offer.expires_at > now,
        is_ahead=booking is not None and booking.state == Booking.State.CONFIRMED and booking.start_at > now,
    )
