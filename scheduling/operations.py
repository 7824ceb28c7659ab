"""The verbs of a live round: offer, hold, confirm, move, cancel, and say who did not come.

Whoever is first has the time. Everybody else is told so, with the times that are free now (``SlotTaken``).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hiring.accounts.models import User
from hiring.lib.actors import Actor
from hiring.pipeline import events, links, promises, transitions
from hiring.pipeline.models import Application, Candidate
from scheduling import agreeing, letters, locks, placing, queries, rules, slots
from scheduling.models import Booking, LiveRound, Offer
from scheduling.rules import AlreadyBooked, NotAgreed, NoteNeeded, NotInLiveRound, OfferEnded, SlotTaken, TooEarly


@transaction.atomic
def offer(application: Application, *, by: Actor, note: str) -> Offer:
    """Let the candidate choose a time of the live round they stand in; mails the link with the personal ``note``.

    An earlier offer of the same round ends. Refuses without a note, with ``RoundNotReady`` where they could not be met,
    and with ``AlreadyBooked``.
    """
    current = transitions.locked(application)
    live = LiveRound.objects.select_related("stage").filter(stage=current.stage_id).first()
    if live is None or current.outcome is not None:
        raise NotInLiveRound(_("%(name)s is not in a live round now.") % {"name": current.candidate})
    if not note.strip():
        raise NoteNeeded(
            _("Write a line to %(name)s first: why you want to meet them. It goes with the link.")
            % {"name": current.candidate}
        )
    rules.refuse_unready(live)
    rules.refuse_hourless(live)
    now = timezone.now()
    for earlier in Offer.objects.filter(application=current, stage=live.stage_id, closed_at=None):
        if earlier.bookings.filter(state=Booking.State.CONFIRMED).exists():
            raise AlreadyBooked(_("%(name)s has chosen a time already.") % {"name": current.candidate})
        _close(earlier, now)
    made = Offer.objects.create(
        application=current,
        stage=live.stage,
        link=links.issue(current, expires_at=now + rules.LINK_DAYS),
        note=note.strip(),
        offered_by=by if isinstance(by, User) else None,
        expires_at=now + rules.OFFER_DAYS,
    )
    events.record(current, "live_round_offered", by=by, offer=str(made.pk))
    letters.offer(made, live)
    return made


def hold(made: Offer, start: datetime, *, by: Actor) -> Booking:
    """Keep ``start`` for ten minutes, for this candidate alone; a time they held before is free again.

    Holding the same time again does not prolong it. Refuses with ``SlotTaken``, ``NotOffered``, ``AlreadyBooked`` and
    ``OfferEnded``.
    """
    with _fresh_times(made):
        return _hold(made, start)


@locks.retried
def _hold(made: Offer, start: datetime) -> Booking:
    now = timezone.now()
    current, live = _open(made, now)
    refuse_chosen(current)
    locks.interviewers(live, now)
    held = current.bookings.filter(state=Booking.State.HELD).first()
    if held and held.start_at == start and held.expires_at and now < held.expires_at:
        return held
    request = queries.request(live, now, of=current)
    placing.refuse_impossible(request, start)
    current.bookings.filter(state=Booking.State.HELD).delete()
    held = Booking.objects.create(
        offer=current,
        round=live,
        start_at=start,
        end_at=start + timedelta(minutes=live.minutes),
        state=Booking.State.HELD,
        expires_at=now + rules.HOLD,
    )
    placing.seat(held, request, start)
    return held


def confirm(made: Offer, start: datetime, *, phone: str, by: Actor) -> Booking:
    """Agree on ``start``: with the people held for it if they still can, else with others who can.

    Tells the candidate and the team, each with a calendar file. The same ``start`` confirmed twice is once. Refuses
    with ``PhoneNeeded`` without a number we can call, and as ``hold`` does.
    """
    with _fresh_times(made):
        return _confirm(made, start, phone, by)


@locks.retried
def _confirm(made: Offer, start: datetime, phone: str, by: Actor) -> Booking:
    now = timezone.now()
    current, live = _open(made, now)
    standing = _settled(current)
    if standing and standing.state == Booking.State.CONFIRMED and standing.start_at == start:
        return standing
    if standing:
        raise _already(standing)
    number = rules.phone(phone, zone=promises.zone_of(current.application.candidate).key)
    rules.refuse_unready(live)
    locks.interviewers(live, now)
    held = current.bookings.filter(state=Booking.State.HELD, start_at=start).first()
    rather = placing.people_of(held) if held else []
    request = queries.request(live, now, of=current)
    placing.refuse_impossible(request, start)
    current.bookings.filter(state=Booking.State.HELD).delete()
    booking = agreeing.agree(current, live, start, phone=number, now=now)
    placing.seat(booking, request, start, rather=rather)
    agreeing.ask_for_scores(booking)
    events.record(current.application, "booking_confirmed", by=by, booking=str(booking.pk))
    letters.confirmed(booking)
    return booking


def refuse_chosen(made: Offer) -> None:
    """Raise ``AlreadyBooked`` where a time was chosen, and stands or took place."""
    standing = _settled(made)
    if standing:
        raise _already(standing)


def move(booking: Booking, start: datetime, *, by: Actor) -> Booking:
    """Give ``booking`` another start: the same row and calendar entries, the next sequence.

    With the same people if they can, else with others. The same start is no move, and nobody is told. If the new time
    is gone nothing changes. A candidate may do it so often and until so long before; the team's own moves do not count.
    Refuses with ``CannotMove``, ``OfferEnded`` once called off, and as ``confirm`` does.
    """
    with _fresh_times(booking.offer, moving=booking):
        return _move(booking, start, by)


@locks.retried
def _move(row: Booking, start: datetime, by: Actor) -> Booking:
    now = timezone.now()
    booking = locks.booking(row)
    rules.refuse_ended(booking)
    if booking.start_at == start:
        return booking
    is_own = isinstance(by, Candidate)
    if is_own:
        rules.refuse_move(booking, now)
    locks.interviewers(booking.round, now)
    request = queries.request(booking.round, now, of=booking.offer, exclude=[booking.pk])
    placing.refuse_impossible(request, start)
    before, people = booking.start_at, queries.interviewers_of(booking)
    booking.assignments.all().delete()
    placing.seat(booking, request, start, rather=[profile.pk for profile in people])
    agreeing.change_time(booking, start, now=now, counts=is_own)
    agreeing.ask_for_scores(booking)
    pk, at = str(booking.pk), start.isoformat()
    events.record(booking.application, "booking_moved", by=by, booking=pk, sequence=booking.sequence, at=at)
    sitting = set(queries.interviewers_of(booking))
    letters.moved(booking, before=before, stayed=sitting & set(people))
    for profile in people:
        if profile not in sitting:
            letters.left(booking, profile, before=before)
    return booking


@transaction.atomic
def cancel(booking: Booking, *, by: Actor, reason: str = "", may_choose: bool = True) -> Booking:
    """Call it off: everybody's time is free and everybody is told, once. Allowed until it begins, twice is once.

    With ``may_choose`` the candidate may take another time.
    """
    current = locks.booking(booking)
    if current.state in Booking.CANCELLED:
        return current
    now = timezone.now()
    if current.state != Booking.State.CONFIRMED or now >= current.start_at:
        raise OfferEnded(_("This conversation has begun or is over, so it cannot be called off."))
    is_own = isinstance(by, Candidate)
    current.state = Booking.State.CANCELLED_BY_CANDIDATE if is_own else Booking.State.CANCELLED_BY_TEAM
    current.cancel_reason, current.cancelled_at, current.changed_at = reason.strip()[:500], now, now
    current.sequence += 1
    current.save(update_fields=["state", "cancel_reason", "cancelled_at", "changed_at", "sequence"])
    placing.release(current)
    agreeing.ask_for_no_scores(current)
    why = current.cancel_reason
    events.record(current.application, "booking_cancelled", by=by, remark=why, booking=str(current.pk))
    letters.cancelled(current, may_choose=may_choose and now < current.offer.expires_at)
    return current


@transaction.atomic
def close(application: Application, *, by: Actor) -> None:
    """End every offer of ``application``, for it leaves the round: what is held is free, what is booked is called off.

    The words to the candidate are neutral; why they leave is told elsewhere.
    """
    now = timezone.now()
    for open_offer in Offer.objects.filter(application=application, closed_at=None):
        current = locks.offer(open_offer)
        for booking in current.bookings.filter(state=Booking.State.CONFIRMED, start_at__gt=now):
            cancel(booking, by=by, may_choose=False)
        _close(current, now)


@transaction.atomic
def mark_missed(booking: Booking, *, by_team: bool, by: Actor) -> Booking:
    """Say that somebody did not come, ten minutes after the start at the earliest: the candidate, or we ourselves.

    Where it was us, the candidate is told so and may choose another time; it never counts against them. Raises
    ``TooEarly``, and ``NotAgreed`` for what was called off; said before, it stays as it was said.
    """
    current = locks.booking(booking)
    now = timezone.now()
    if current.state in {Booking.State.NO_SHOW_CANDIDATE, Booking.State.NO_SHOW_TEAM}:
        return current
    if current.state not in {Booking.State.CONFIRMED, Booking.State.COMPLETED}:
        raise NotAgreed(_("This conversation was called off, so nobody missed it."))
    if now < current.start_at + rules.GRACE:
        raise TooEarly(_("Give them ten minutes: until then nobody is late enough to be marked as not come."))
    current.state = Booking.State.NO_SHOW_TEAM if by_team else Booking.State.NO_SHOW_CANDIDATE
    current.save(update_fields=["state"])
    agreeing.ask_for_no_scores(current)
    events.record(current.application, "booking_missed", by=by, booking=str(current.pk), by_team=by_team)
    if by_team:
        until = max(current.offer.expires_at, now + rules.OFFER_DAYS)
        Offer.objects.filter(pk=current.offer_id).update(expires_at=until)
        letters.missed(current)
    return current


def complete_due(now: datetime) -> int:
    """Whatever was agreed and is over has taken place, until somebody says otherwise; the number of them."""
    over = Booking.objects.filter(state=Booking.State.CONFIRMED, end_at__lte=now)
    return over.update(state=Booking.State.COMPLETED)


@transaction.atomic
def tell_no_times(made: Offer) -> None:
    """The candidate found nothing to choose: say so to the recruiters, the first time."""
    told = Offer.objects.filter(pk=made.pk, no_times_at=None).update(no_times_at=timezone.now())
    if told:
        live = LiveRound.objects.select_related("stage").get(stage=made.stage_id)
        events.record(made.application, "no_times_found", by=made.application.candidate, offer=str(made.pk))
        letters.no_times(made, live)


def tell_in_zone(candidate: Candidate, zone: str) -> None:
    """Tell the candidate's times in ``zone`` from now on: on the page, in mails, in reminders of what is booked."""
    Candidate.objects.filter(pk=candidate.pk).update(zone=zone)
    candidate.zone = zone


def _open(made: Offer, now: datetime) -> tuple[Offer, LiveRound]:
    """The offer, locked, and its round; a refusal once nothing can be chosen."""
    current = locks.offer(made)
    rules.refuse_closed(current.application, current)
    rules.refuse_expired(current, now)
    return current, LiveRound.objects.select_related("stage").get(stage=current.stage_id)


def _close(made: Offer, now: datetime) -> None:
    made.bookings.filter(state=Booking.State.HELD).delete()
    Offer.objects.filter(pk=made.pk).update(closed_at=now)


def _settled(made: Offer) -> Booking | None:
    return made.bookings.filter(state__in=Booking.SETTLED).select_related("round").first()


def _already(standing: Booking) -> AlreadyBooked:
    if standing.state == Booking.State.CONFIRMED:
        return AlreadyBooked(_("You have chosen a time already. You can move it instead."), booking=str(standing.pk))
    return AlreadyBooked(_("The time you had chosen is over. Write to us if you need another one."))


@contextmanager
def _fresh_times(made: Offer, *, moving: Booking | None = None) -> Iterator[None]:
    """Whoever is told that a time is gone hears which are free, asked once no lock is held any more: the refusal has
    taken back the verb's transaction by then, or its savepoint in a caller's, and what that had locked.
    """
    try:
        yield
    except SlotTaken as refusal:
        live = LiveRound.objects.select_related("stage").get(stage=made.stage_id)
        request = queries.request(live, timezone.now(), of=made, exclude=[moving.pk] if moving else [])
        refusal.detail["times"] = [f"{start:%Y-%m-%dT%H:%M:%SZ}" for start in slots.starts(request)]  # in UTC
        raise
