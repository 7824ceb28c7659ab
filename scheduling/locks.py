"""Rows held for a change, always in the same order: the application, the offer, its booking, interviewers by id."""

import random
import time
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _

from hiring.lib import contention
from hiring.pipeline.models import Application
from scheduling import queries
from scheduling.models import Booking, InterviewerProfile, LiveRound, Offer

P = ParamSpec("P")
T = TypeVar("T")

TRIES = 3
LONGEST_PAUSE = 0.1  # seconds


def retried(verb: Callable[P, T]) -> Callable[P, T]:
    """Run ``verb`` in a transaction of its own; what only failed for being at the same time as others is tried again.

    Inside somebody else's transaction there is nothing to try again: it is lost as a whole.
    """

    @wraps(verb)
    def tried(*args: P.args, **kwargs: P.kwargs) -> T:
        for attempt in range(1, TRIES + 1):
            try:
                with transaction.atomic():
                    return verb(*args, **kwargs)
            except OperationalError as error:
                if not contention.is_passing(error) or connection.in_atomic_block:
                    raise
                if attempt == TRIES:
                    break
                time.sleep(random.uniform(0, LONGEST_PAUSE))  # noqa: S311 (spreads load, guards nothing)
        raise contention.TooBusy(_("Many people are choosing a time right now. Please try once more."))

    return tried


def offer(row: Offer) -> Offer:
    """The offer, and before it its application, as they are now; joined after the locks, for what they name moves."""
    Application.objects.select_for_update(of=("self",)).get(pk=row.application_id)
    Offer.objects.select_for_update(of=("self",)).get(pk=row.pk)
    related = ("application__candidate", "application__job", "stage__live_round", "link", "offered_by")
    return Offer.objects.select_related(*related).get(pk=row.pk)


def booking(row: Booking) -> Booking:
    """The booking, its offer and application, as they are now."""
    held = offer(row.offer)
    Booking.objects.select_for_update(of=("self",)).get(pk=row.pk)
    current = Booking.objects.select_related("round__stage", "assessment").get(pk=row.pk)
    current.offer = held
    return current


def interviewers(live: LiveRound, now: datetime) -> None:
    """Everybody who may sit in ``live``, in one order for all; holds of theirs that are over are gone afterwards.

    Limits per day cannot be seen by a constraint, so whoever books first takes the people whose limits they are.
    """
    everybody = queries.pool_of(live)
    list(
        InterviewerProfile.objects.select_for_update(no_key=True)
        .filter(pk__in=everybody)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    over = Booking.objects.filter(state=Booking.State.HELD, expires_at__lte=now)
    over.filter(assignments__interviewer__in=everybody).delete()
