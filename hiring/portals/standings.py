"""Where a candidate stands within their stage, as a recruiter says it; the database tells it, so that lists can count.

One expression says which standing is an application's: the rows of a page show it, the filter of a list asks for it,
and the counts are made of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from threading import get_ident
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hiring.mail.models import Message
from hiring.pipeline.models import Application, CandidateLink, Decision, JobStage, Obligation, Stay
from hiring.rubrics.models import ReviewAssignment, Scorecard
from interviews.models import Interview
from scheduling.models import Booking
from screening.models import KnockoutAnswer

NOT_ARRIVED = (Message.State.BOUNCED, Message.State.FAILED)


@dataclass(frozen=True)
class Standing:
    key: str
    words: str | Promise
    tone: str = ""


OF_KIND: dict[str, tuple[Standing, ...]] = {
    "screening": (
        Standing("to_read", _("To be read")),
        Standing("held", _("On hold"), "warn"),
    ),
    "interview": (
        Standing("to_invite", _("Not invited yet"), "warn"),
        Standing("bounced", _("Invitation did not arrive"), "bad"),
        Standing("invited", _("Invited")),
        Standing("opened", _("Opened the invitation")),
        Standing("started", _("Recording")),
        Standing("overdue", _("Deadline passed"), "warn"),
        Standing("submitted", _("Handed in"), "good"),
        Standing("scored", _("Scored"), "good"),
        Standing("called_off", _("Called off")),
    ),
    "live": (
        Standing("to_offer", _("No times offered yet"), "warn"),
        Standing("offered", _("To choose a time")),
        Standing("offer_over", _("Chose no time"), "warn"),
        Standing("live_called_off", _("Meeting called off"), "warn"),
        Standing("booked", _("Booked"), "good"),
        Standing("to_close", _("Meeting is over"), "good"),
        Standing("met", _("Met"), "good"),
        Standing("missed", _("Did not meet"), "bad"),
    ),
}
ENDED = (
    Standing("hired", _("Hired"), "good"),
    Standing("rejected", _("Not moving forward")),
    Standing("withdrawn", _("Withdrew")),
)
ELSEWHERE = Standing("here", _("In this stage"))
STANDINGS = {each.key: each for group in (*OF_KIND.values(), ENDED, (ELSEWHERE,)) for each in group}
KIND_OF = {each.key: kind for kind, group in OF_KIND.items() for each in group}


def described(chosen: Iterable[UUID] | QuerySet[Any], *, cards_needed: int) -> QuerySet[Any]:
    """The applications whose ids are ``chosen``, with all that a line about a candidate says: ``standing_key``,
    ``entered_at`` (into their stage, nothing once closed), of their interview ``deadline_at``, ``submitted_at``,
    ``cards_in`` and ``is_asked`` (somebody is to score it), and what to notice: ``is_pending`` (decided, not told),
    ``is_late``, ``is_put_aside`` (where no standing says so), ``is_flagged`` (an answer to look at) and ``is_cut_off``
    (the last message did not arrive).
    """
    return _described(cards_needed, _minute(), get_ident()).filter(pk__in=chosen)


def _minute() -> datetime:
    """Now, to the minute: for so long what follows is kept, which takes longer to put together than to answer.

    Each thread keeps its own: compiling a query writes into those within it.
    """
    return timezone.now().replace(second=0, microsecond=0)


@lru_cache(maxsize=32)
def _described(cards_needed: int, now: datetime, thread: int) -> QuerySet[Any]:
    """Everybody described, never asked as it is."""
    asked = ReviewAssignment.objects.standing().filter(assessment=OuterRef("interview__assessment")).order_by()
    everybody: QuerySet[Any] = (
        since(_shown(_placed(cards_needed, now, "", thread)))
        .select_related("candidate", "stage")
        # Not EXISTS: for that the planner reads every assignment there is.
        .alias(first_asked=Subquery(asked.values("pk")[:1]))
        .annotate(
            is_put_aside=Q(stay__held_at__isnull=False) & ~Q(stage__kind="screening"),
            deadline_at=F("interview__deadline_at"),
            submitted_at=F("interview__submitted_at"),
            cards_in=F("cards"),
            is_asked=Case(When(first_asked__isnull=False, then=True), default=False),
            is_pending=is_pending(),
            is_late=is_late(now),
            is_flagged=Exists(KnockoutAnswer.objects.filter(application=OuterRef("pk"), is_flagged=True)),
            is_cut_off=Case(When(told_state__in=NOT_ARRIVED, then=True), default=False),
        )
    )
    return everybody


def of(application: Application, *, cards_needed: int) -> Standing:
    """Where one ``application`` stands."""
    it = _shown(placed(cards_needed=cards_needed, kind=application.stage.kind)).filter(pk=application.pk)
    return STANDINGS[it.values_list("standing_key", flat=True).get()]


def placed(*, cards_needed: int, kind: str = "") -> Any:
    """Everybody, in no order, to be filtered by their ``standing_key``, told from what their stage keeps of them; only
    those who stand in, or ended in, stages of one ``kind`` where one is given, which spares the database the rest.
    """
    return _placed(cards_needed, _minute(), kind, get_ident())


@lru_cache(maxsize=64)
def _placed(cards_needed: int, now: datetime, kind: str, thread: int) -> QuerySet[Any]:
    everybody = Application.objects.order_by()
    rows: QuerySet[Any] = everybody.filter(stage__kind=kind) if kind else everybody
    if kind in {"", "interview"}:
        rows = _with_interview(rows)
    if kind in {"", "live"}:
        rows = _with_offer(rows, now)
    found: QuerySet[Any] = told(rows).alias(standing_key=_key(cards_needed, now, kind))
    return found


def _shown(rows: QuerySet[Any]) -> QuerySet[Any]:
    """``rows`` that carry their ``standing_key``."""
    shown: QuerySet[Any] = rows.annotate(standing_key=F("standing_key"))
    return shown


def _with_interview(rows: QuerySet[Application]) -> QuerySet[Any]:
    """``rows`` beside the ``interview`` of the stage they stand in, the number of its ``cards``, and when its link was
    ``opened_at`` first."""
    cards = Scorecard.objects.submitted().filter(assessment=OuterRef("interview__assessment")).order_by()
    opened = CandidateLink.objects.filter(pk=OuterRef("interview__link")).order_by().values("entered_at")
    found: QuerySet[Any] = rows.alias(
        interview=FilteredRelation("interviews", condition=Q(interviews__stage=F("stage"))),
        cards=Coalesce(Subquery(cards.values("assessment").annotate(number=Count("pk")).values("number")), 0),
        opened_at=Subquery(opened),
    )
    return found


def _with_offer(rows: QuerySet[Application], now: datetime) -> QuerySet[Any]:
    """``rows`` beside the ``offer`` of the stage they stand in, and what its latest booking says as ``agreed``."""
    bookings = _bookings(now).filter(offer=OuterRef("offer__pk"))
    found: QuerySet[Any] = rows.alias(
        offer=FilteredRelation("offers", condition=Q(offers__stage=F("stage"), offers__closed_at__isnull=True)),
        agreed=Coalesce(Subquery(bookings.values("key")[:1]), Value("offered")),
    )
    return found


def told(rows: QuerySet[Application]) -> QuerySet[Any]:
    """``rows`` to be filtered by ``told_state``: that of the last message to each candidate, be there others about
    them to colleagues."""
    theirs = Application.objects.filter(pk=OuterRef("about"), candidate__email__iexact=OuterRef("to_email"))
    last = Message.objects.filter(Exists(theirs), about=OuterRef("pk")).order_by("-created_at")
    found: QuerySet[Any] = rows.alias(told_state=Subquery(last.values("state")[:1]))
    return found


def since(rows: QuerySet[Application]) -> QuerySet[Any]:
    """``rows`` with ``entered_at``: since when they stand in their stage; nothing once closed."""
    stay = FilteredRelation("stays", condition=Q(stays__left_at__isnull=True))
    told: QuerySet[Any] = rows.alias(stay=stay).annotate(entered_at=F("stay__entered_at"))
    return told


def count(stage: JobStage, *, cards_needed: int) -> dict[str, int]:
    """How many open applications are in each standing of ``stage``."""
    everybody = _shown(placed(cards_needed=cards_needed, kind=stage.kind))
    here = everybody.filter(job=stage.job_id, stage=stage, outcome__isnull=True)
    return dict(here.values_list("standing_key").annotate(Count("pk")))


def is_pending() -> Exists:
    """Somebody decided, and the candidate does not know."""
    return Exists(Decision.objects.pending().filter(application=OuterRef("pk")))


def is_late(now: datetime) -> Exists:
    """They wait for an answer beyond a day we promised it by, also where we asked them for more time meanwhile."""
    waits = Obligation.objects.filter(application=OuterRef("pk"), kept_at__isnull=True)
    return Exists(waits.filter(Q(due_at__lte=now) | Q(lapsed_at__isnull=False)))


def _key(cards_needed: int, now: datetime, kind: str) -> Case:
    within = {"interview": _of_interview(cards_needed, now), "screening": _of_screening(), "live": _of_offer(now)}
    open_here = [When(stage__kind=each, then=key) for each, key in within.items()]
    return Case(
        When(outcome__isnull=False, then="outcome"),
        *([] if kind else open_here),
        default=within.get(kind, Value(ELSEWHERE.key)),
        output_field=CharField(),
    )


def _of_screening() -> Case:
    held = Stay.objects.filter(application=OuterRef("pk"), left_at__isnull=True, held_at__isnull=False)
    return Case(When(Exists(held), then=Value("held")), default=Value("to_read"))


def _of_interview(cards_needed: int, now: datetime) -> Case:
    """The first of these that is so.

    What is dear to know is asked within the branch that needs it, so that counting a large stage stays cheap.
    """
    scored = Case(When(cards__gte=cards_needed, then=Value("scored")), default=Value("submitted"))
    return Case(
        When(interview__isnull=True, then=Value("to_invite")),
        When(interview__status=Interview.Status.WITHDRAWN, then=Value("called_off")),
        When(interview__status=Interview.Status.SUBMITTED, then=scored),
        When(interview__deadline_at__lte=now, then=Value("overdue")),
        When(interview__status=Interview.Status.STARTED, then=Value("started")),
        When(opened_at__isnull=False, then=Value("opened")),
        When(told_state__in=NOT_ARRIVED, then=Value("bounced")),
        default=Value("invited"),
    )


def _of_offer(now: datetime) -> Case:
    """What its latest booking says; it is over only while no time is agreed."""
    return Case(
        When(offer__isnull=True, then=Value("to_offer")),
        When(agreed__in=["offered", "live_called_off"], offer__expires_at__lte=now, then=Value("offer_over")),
        default="agreed",
    )


def _bookings(now: datetime) -> QuerySet[Any]:
    """Bookings, the latest first, with the ``key`` of the standing each would make; one only held changes nothing."""
    missed = [Booking.State.NO_SHOW_CANDIDATE, Booking.State.NO_SHOW_TEAM]
    key = Case(
        When(state=Booking.State.COMPLETED, then=Value("met")),
        When(state__in=missed, then=Value("missed")),
        When(state=Booking.State.CONFIRMED, end_at__lte=now, then=Value("to_close")),
        When(state=Booking.State.CONFIRMED, then=Value("booked")),
        When(state__in=Booking.CANCELLED, then=Value("live_called_off")),
        default=Value("offered"),
    )
    return Booking.objects.annotate(key=key).order_by("-created_at")
