"""What moving on from a live round rests on: the conversation, and the scorecard of everybody who was in it."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hiring.pipeline.models import Application
from hiring.pipeline.stages import GateClosed, NotYet
from hiring.rubrics.models import ReviewAssignment, Scorecard
from scheduling.kit import MEETS
from scheduling.models import Booking


def check(application: Application, now: datetime) -> None:
    """Raise ``GateClosed`` until everybody who sat in the conversation has handed in their card of it.

    Where the round has no guide there are no cards to wait for, so that it is over is enough. From whoever can no
    longer sign in none is awaited.
    """
    name = application.candidate
    booking = max(_met_here(application), key=lambda one: one.start_at, default=None)
    if booking is None or now < (booking.start_at if booking.assessment_id else booking.end_at):
        raise NotYet(_("The conversation with %(name)s has not taken place yet.") % {"name": name})
    if booking.assessment_id is None:
        return
    card = Scorecard.objects.submitted().filter(assessment=OuterRef("assessment"), reviewer=OuterRef("reviewer"))
    asked: QuerySet[Any] = ReviewAssignment.objects.standing().filter(assessment=booking.assessment_id)
    panel = list(asked.annotate(is_in=Exists(card)).select_related("reviewer").order_by("reviewer__name"))
    missing = [one.reviewer for one in panel if not one.is_in and one.reviewer.is_active]
    handed_in = sum(one.is_in for one in panel)
    if missing:
        people = get_text_list([person.get_short_name() for person in missing], _("and"))
        raise GateClosed(
            ngettext(
                "The scorecard of %(people)s about the conversation with %(name)s is not in yet.",
                "The scorecards of %(people)s about the conversation with %(name)s are not in yet.",
                len(missing),
            )
            % {"people": people, "name": name},
            cards=handed_in,
            needed=handed_in + len(missing),
        )
    if not handed_in:
        raise GateClosed(
            _("Nobody has handed in a scorecard about the conversation with %(name)s.") % {"name": name}, cards=0
        )


def _met_here(application: Application) -> list[Booking]:
    """What was agreed in the stage ``application`` stands in, from memory where its offers were loaded."""
    offers = [offer for offer in application.offers.all() if offer.stage_id == application.stage_id]
    return [booking for offer in offers for booking in offer.bookings.all() if booking.state in MEETS]
