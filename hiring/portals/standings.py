"""Where a candidate stands within their stage, as a recruiter says it; the database tells it, so that lists can count.

One expression says which standing is an application's: the rows of a page show it, the filter of a list asks for it,
and the counts are made of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
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
from hiring.pipeline.models import Application, CandidateLink, Decision, JobStage, Obligation
from hiring.rubrics.models import ReviewAssignment, Scorecard
from interviews.models import Interview
from scheduling.models import Booking, Offer
from screening.models import KnockoutAnswer, Screening

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


def described(chosen: Iterable[UUID] | QuerySet[Any], *, cards_needed: int) -> QuerySet[Any]:
    """The applications whose ids are ``chosen``, with all that a line about a candidate says: ``standing_key``,
    ``entered_at`` (into their stage, nothing once closed), of their interview ``deadline_at``, ``submitted_at``,
    ``cards_in`` and ``is_asked`` (somebody is to score it), and what to notice: ``is_pending`` (decided, not told),
    ``is_late``, ``is_flagged`` (an answer to look at) and ``is_cut_off`` (the last message did not arrive).
    """
    return _described(cards_needed, timezone.now().replace(second=0, microsecond=0)).filter(pk__in=chosen)


@lru_cache(maxsize=32)
def _described(cards_needed: int, now: datetime) -> QuerySet[Any]:
    """Everybody described, never asked as it is. Kept for a minute: to put it together takes longer than its answer."""
    interview = Interview.objects.filter(application=OuterRef("pk"), stage=OuterRef("stage"))
    asked = ReviewAssignment.objects.standing().filter(assessment__interview__application=OuterRef("pk"))
    everybody: QuerySet[Any] = (
        told(placed(Application.objects.order_by(), cards_needed=cards_needed, now=now))
        .select_related("candidate", "stage", "job")
        .annotate(
            deadline_at=Subquery(interview.values("deadline_at")[:1]),
            submitted_at=Subquery(interview.values("submitted_at")[:1]),
            cards_in=Subquery(interview.annotate(number=_cards()).values("number")[:1]),
            is_asked=Exists(asked.filter(assessment__interview__stage=OuterRef("stage"))),
            is_pending=is_pending(),
            is_late=is_late(now),
            is_flagged=Exists(KnockoutAnswer.objects.filter(application=OuterRef("pk"), is_flagged=True)),
            is_cut_off=Case(When(told_state__in=NOT_ARRIVED, then=True), default=False),
        )
    )
    return everybody


def of(application: Application, *, cards_needed: int) -> Standing:
    """Where one ``application`` stands."""
    found: str = described([application.pk], cards_needed=cards_needed).get().standing_key
    return STANDINGS[found]


def placed(rows: QuerySet[Application], *, cards_needed: int, now: datetime | None = None) -> QuerySet[Any]:
    """``rows`` with their ``standing_key``, and ``entered_at`` as ``since`` tells it."""
    told: QuerySet[Any] = since(rows).annotate(standing_key=_key(cards_needed, now or timezone.now()))
    return told


def told(rows: QuerySet[Application]) -> QuerySet[Any]:
    """``rows`` to be filtered by ``told_state``: that of the last message to each candidate."""
    found: QuerySet[Any] = rows.alias(told_state=_last_told("pk"))
    return found


def since(rows: QuerySet[Application]) -> QuerySet[Any]:
    """``rows`` with ``entered_at``: since when they stand in their stage; nothing once closed."""
    stay = FilteredRelation("stays", condition=Q(stays__left_at__isnull=True))
    told: QuerySet[Any] = rows.alias(stay=stay).annotate(entered_at=F("stay__entered_at"))
    return told


def count(stage: JobStage, *, cards_needed: int) -> dict[str, int]:
    """How many open applications are in each standing of ``stage``, told from the stage's own rows."""
    everybody = Application.objects.filter(job=stage.job_id, stage=stage, outcome__isnull=True)
    here = {"stage": stage, "application__stage": stage, "application__outcome__isnull": True}
    now = timezone.now()
    match stage.kind:
        case "interview":
            first, rows = "to_invite", _interviews(Interview.objects.filter(**here), cards_needed, now)
        case "screening":
            first, rows = "to_read", _screenings(Screening.objects.filter(**here))
        case "live":
            first, rows = "to_offer", _offers(Offer.objects.filter(**here, closed_at__isnull=True), now)
        case _:
            return {ELSEWHERE.key: everybody.count()}
    found = dict(rows.order_by().values_list("key").annotate(Count("pk")))
    found[first] = found.get(first, 0) + everybody.count() - sum(found.values())
    return found


def is_pending() -> Exists:
    """Somebody decided, and the candidate does not know."""
    return Exists(Decision.objects.pending().filter(application=OuterRef("pk")))


def is_late(now: datetime) -> Exists:
    """They wait for an answer beyond a day we promised it by, also where we asked them for more time meanwhile."""
    waits = Obligation.objects.filter(application=OuterRef("pk"), kept_at__isnull=True)
    return Exists(waits.filter(Q(due_at__lte=now) | Q(lapsed_at__isnull=False)))


def _key(cards_needed: int, now: datetime) -> Case:
    here = {"application": OuterRef("pk"), "stage": OuterRef("stage")}
    interviews = _interviews(Interview.objects.filter(**here), cards_needed, now)
    offers = _offers(Offer.objects.filter(**here).order_by("-created_at"), now)
    return Case(
        When(outcome__isnull=False, then="outcome"),
        When(stage__kind="interview", then=_or(interviews, "to_invite")),
        When(stage__kind="screening", then=_or(_screenings(Screening.objects.filter(**here)), "to_read")),
        When(stage__kind="live", then=_or(offers, "to_offer")),
        default=Value(ELSEWHERE.key),
        output_field=CharField(),
    )


def _or(rows: QuerySet[Any], otherwise: str) -> Coalesce:
    """The key of the first of ``rows``; ``otherwise`` where the stage has not begun for them."""
    return Coalesce(Subquery(rows.values("key")[:1]), Value(otherwise), output_field=CharField())


def _screenings(rows: QuerySet[Screening]) -> QuerySet[Any]:
    return rows.annotate(key=Case(When(state=Screening.State.HELD, then=Value("held")), default=Value("to_read")))


def _interviews(rows: QuerySet[Interview], cards_needed: int, now: datetime) -> QuerySet[Any]:
    """``rows`` with the ``key`` of each: the first of these that is so.

    What is dear to know is asked within the branch that needs it, so that counting a large stage stays cheap.
    """
    scored = Case(When(cards__gte=cards_needed, then=Value("scored")), default=Value("submitted"))
    has_entered = Exists(CandidateLink.objects.filter(pk=OuterRef("link"), entered_at__isnull=False))
    return rows.alias(cards=_cards(), told_state=_last_told("application")).annotate(
        key=Case(
            When(status=Interview.Status.WITHDRAWN, then=Value("called_off")),
            When(status=Interview.Status.SUBMITTED, then=scored),
            When(deadline_at__lte=now, then=Value("overdue")),
            When(status=Interview.Status.STARTED, then=Value("started")),
            When(has_entered, then=Value("opened")),
            When(told_state__in=NOT_ARRIVED, then=Value("bounced")),
            default=Value("invited"),
            output_field=CharField(),
        )
    )


def _offers(rows: QuerySet[Offer], now: datetime) -> QuerySet[Any]:
    """``rows`` with the ``key`` of each, which its latest booking says once there is one."""
    latest = Booking.objects.filter(offer=OuterRef("pk")).order_by("-created_at")
    return rows.alias(
        booked=Subquery(latest.values("state")[:1]), ends_at=Subquery(latest.values("end_at")[:1])
    ).annotate(
        key=Case(
            When(booked=Booking.State.COMPLETED, then=Value("met")),
            When(booked__in=[Booking.State.NO_SHOW_CANDIDATE, Booking.State.NO_SHOW_TEAM], then=Value("missed")),
            When(booked=Booking.State.CONFIRMED, ends_at__lte=now, then=Value("to_close")),
            When(booked=Booking.State.CONFIRMED, then=Value("booked")),
            When(expires_at__lte=now, then=Value("offer_over")),
            When(booked__in=Booking.CANCELLED, then=Value("live_called_off")),
            default=Value("offered"),
            output_field=CharField(),
        )
    )


def _cards() -> Coalesce:
    """How many scorecards of an interview are in."""
    cards = Scorecard.objects.submitted().filter(assessment=OuterRef("assessment")).order_by()
    return Coalesce(Subquery(cards.values("assessment").annotate(number=Count("pk")).values("number")), 0)


def _last_told(application: str) -> Subquery:
    """The state of the last message to the candidate of ``application``, be there others about them to colleagues."""
    theirs = Application.objects.filter(pk=OuterRef("about"), candidate__email__iexact=OuterRef("to_email"))
    told = Message.objects.filter(Exists(theirs), about=OuterRef(application))
    return Subquery(told.order_by("-created_at").values("state")[:1])
