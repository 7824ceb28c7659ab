"""Every mail about a live round, written once: from the offer to calling off."""

from datetime import datetime, timedelta

from django.utils import timezone

from hiring.accounts.models import User
from hiring.mail.models import Message
from hiring.pipeline.models import Application
from scheduling import operations, queries, reminding, rounds, slots
from scheduling.models import Booking, LiveRound
from tests import factories, live_cast


def talk(application: Application, *, by: User) -> None:
    """Take ``application`` into a live round with ``by`` and through all that can happen there."""
    live = live_cast.live_round(application.job, [live_cast.interviewer(by)])
    application.stage = live.stage
    application.save(update_fields=["stage"])
    live.seats.create(position=2).pool.add(live_cast.interviewer(factories.user("Silent"), hours=None))
    rounds.ask_for_hours(live, by=by)
    live.seats.filter(position=2).delete()
    made = operations.offer(application, by=by, note="0")
    Message.objects.filter(kind="booking_offer").update(created_at=timezone.now() - timedelta(days=2))
    reminding.remind_to_choose(application, by=by)
    candidate = application.candidate
    first, second, third, *_more = _starts(live)
    booking = operations.confirm(made, first, phone=live_cast.CANDIDATE_PHONE, by=candidate)
    booking = operations.move(booking, second, by=candidate)
    Booking.objects.update(changed_at=timezone.now() - timedelta(days=30))
    for reminder in reminding.ALL:
        reminding.remind_due(second - reminder.lead)
    Booking.objects.update(start_at=timezone.now() - timedelta(hours=1))
    operations.mark_missed(booking, by_team=True, by=by)
    again = operations.confirm(made, third, phone=live_cast.CANDIDATE_PHONE, by=candidate)
    operations.cancel(again, by=candidate)
    operations.tell_no_times(made)


def _starts(live: LiveRound) -> list[datetime]:
    return slots.starts(queries.request(live, timezone.now()))[::6]
