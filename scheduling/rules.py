"""What may be done with an offer or a booking, and the words for when it may not."""

from datetime import datetime, timedelta

import phonenumbers
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from hiring.accounts.models import Company
from hiring.lib.errors import Refusal
from hiring.pipeline.models import Application
from scheduling import zones
from scheduling.models import Booking, InterviewerProfile, LiveRound, Offer

HOLD = timedelta(minutes=10)
GRACE = timedelta(minutes=10)  # after the start, before anybody is said not to have come
OFFER_DAYS = timedelta(days=21)  # to choose a time
LINK_DAYS = timedelta(days=120)  # the way back to a booking outlives the offer


class NotInLiveRound(Refusal):
    code = "not_in_live_round"


class NoteNeeded(Refusal):
    code = "note_needed"


class RoundNotReady(Refusal):
    code = "round_not_ready"


class OfferEnded(Refusal):
    """The offer, or the booking, is over: nothing can be chosen or changed any more."""

    code = "offer_ended"


class AlreadyBooked(Refusal):
    code = "already_booked"


class SlotTaken(Refusal):
    """Somebody else was faster. ``times`` in the details are starts that are free now, in UTC."""

    code = "slot_taken"

    @property
    def free(self) -> list[datetime] | None:
        """Those times; ``None`` where nobody asked for them."""
        times = self.detail.get("times")
        return [datetime.fromisoformat(time) for time in times] if isinstance(times, list) else None


class NotOffered(SlotTaken):
    """A start that could not have been chosen on the page, whoever is busy: 422 where there are statuses."""

    code = "not_offered"


class PhoneNeeded(Refusal):
    code = "phone_needed"


class CannotMove(Refusal):
    """No more moves, or too late for one. A person can still help."""

    code = "cannot_move"


class NotAgreed(Refusal):
    """Nobody has to come any more."""

    code = "not_agreed"


class TooEarly(Refusal):
    code = "too_early"


def phone(typed: str, *, zone: str = "") -> str:
    """The number in E.164; without a country code it is read as one of the country of ``zone``.

    Raises ``PhoneNeeded`` for what cannot be called.
    """
    try:
        number = phonenumbers.parse(typed[:40], zones.country(zone) or None)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise PhoneNeeded(_("Please write a phone number we can call, with its country code, like +44 20 7946 0018."))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def spoken(number: str) -> str:
    """An E.164 number as people read it: ``+351 21 555 0143``."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def refuse_unready(live: LiveRound) -> None:
    """Nobody is asked to choose a time of a round in which they could not be met."""
    if not live.meeting_url or not live.team_phone:
        raise RoundNotReady(
            _("“%(round)s” has no meeting link or no backup phone yet. Add both first.") % {"round": live}
        )
    if not live.seats.exists() or live.seats.filter(pool=None).exists():
        raise RoundNotReady(_("“%(round)s” has a seat nobody can take yet. Choose who interviews.") % {"round": live})


def refuse_hourless(live: LiveRound) -> None:
    """Nobody is asked to choose among times that cannot exist: in every seat somebody has said their hours."""
    silent = set(InterviewerProfile.objects.hourless().filter(seats__round=live).values_list("pk", flat=True))
    for seat in live.seats.prefetch_related("pool__user"):
        pool = [profile for profile in seat.pool.all() if profile.user.is_active]
        if not pool:
            raise RoundNotReady(
                _("“%(round)s” has a seat nobody can take yet. Choose who interviews.") % {"round": live}
            )
        if all(profile.pk in silent for profile in pool):
            people = get_text_list([str(profile) for profile in pool], _("and"))
            raise RoundNotReady(
                _("“%(round)s” has no times yet: %(people)s never said when they can be met. Ask them first.")
                % {"round": live, "people": people}
            )


def refuse_closed(application: Application, offer: Offer) -> None:
    """Neutral words: why it ended is told in a letter, not here."""
    if application.outcome is not None or offer.closed_at is not None:
        raise OfferEnded(_("There is no time to choose here any more. If you have a question, write to us."))


def refuse_expired(offer: Offer, now: datetime) -> None:
    if now >= offer.expires_at:
        raise OfferEnded(_("The time to choose has passed. Write to us, and we find another one together."))


def refuse_ended(booking: Booking) -> None:
    """For whoever would change it: it was called off, or has been."""
    if booking.state != Booking.State.CONFIRMED or booking.offer.application.outcome is not None:
        raise OfferEnded(_("This conversation is not booked any more, so it cannot be moved."))


def may_choose(offer: Offer, now: datetime) -> bool:
    """Whether the candidate may choose a time by themselves."""
    return offer.application.outcome is None and offer.closed_at is None and now < offer.expires_at


def moves_left(booking: Booking) -> int:
    return max(0, booking.round.moves_allowed - booking.candidate_moves)


def cutoff(booking: Booking) -> datetime:
    """The last moment at which the candidate may move it, elapsed time before the start."""
    return booking.start_at - timedelta(hours=booking.round.cutoff_hours)


def may_move(booking: Booking, now: datetime) -> bool:
    """Whether the candidate may still move it by themselves."""
    return booking.state == Booking.State.CONFIRMED and moves_left(booking) > 0 and now <= cutoff(booking)


def refuse_move(booking: Booking, now: datetime) -> None:
    """The candidate's move, refused with where to turn to."""
    if may_move(booking, now):
        return
    company = Company.objects.current()
    words = {"address": company.reply_to if company else "", "phone": spoken(booking.team_phone)}
    if now > cutoff(booking):
        raise CannotMove(
            _("It is too close to the start to move it here. Call %(phone)s or write to %(address)s: we sort it out.")
            % words
        )
    raise CannotMove(
        _("You have moved it as often as this page can. Write to %(address)s: a person finds a time with you.") % words
    )
