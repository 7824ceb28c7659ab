"""What waits in the stages of somebody's jobs: to read, to promote, to tell, to meet; a line leads to where it is done.

A number of queries that does not grow, each cut to what fits on a page.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hiring.accounts.models import User
from hiring.mail.models import Message
from hiring.pipeline.models import Application, Decision, Job, Stay
from hiring.rubrics.models import Scorecard
from interviews.models import Interview
from scheduling.models import Booking, InterviewerProfile, Offer

SHOWN = 8
AHEAD = timedelta(hours=36)
LONG = timedelta(days=2)  # without choosing a time


@dataclass(frozen=True)
class Item:
    """One line: what about whom, where it is done, and a moment or a few words that say how urgent it is."""

    text: str
    detail: str
    url: str
    note: str | Promise = ""
    at: datetime | None = None
    tone: str = ""


@dataclass(frozen=True)
class Section:
    key: str
    title: str | Promise
    items: list[Item]


def sections(user: User) -> list[Section]:
    """The lists with anything in them, what cannot wait first."""
    found = [
        Section("meetings", gettext_lazy("Meetings today and tomorrow"), _meetings(user)),
        Section("over", gettext_lazy("Meetings that are over: say how it went"), _over(user)),
        Section("to-read", gettext_lazy("Résumés to read"), _to_read(user)),
        Section("ready", gettext_lazy("Scored: decide who moves on"), _ready(user)),
        Section("untold", gettext_lazy("Decided, and not told yet"), _untold(user)),
        Section("unbooked", gettext_lazy("Offered times, and chose none yet"), _unbooked(user)),
        Section("hours", gettext_lazy("Hours nobody has stated yet"), _hourless(user)),
        Section("pass-on", gettext_lazy("Messages to pass on yourself"), _to_pass_on(user)),
    ]
    return [section for section in found if section.items]


def _overseen(user: User) -> QuerySet[Any]:
    return Application.objects.for_reviewer(user).filter(outcome__isnull=True).values("pk")


def _undecided() -> list[Q]:
    """Of rows with an ``application``: nobody has decided about it, and nobody put it aside."""
    decided = Decision.objects.pending().filter(application=OuterRef("application"))
    held = Stay.objects.filter(application=OuterRef("application"), left_at__isnull=True, held_at__isnull=False)
    return [Q(~Exists(decided)), Q(~Exists(held))]


def _to_read(user: User) -> list[Item]:
    waiting = Stay.objects.filter(left_at__isnull=True, stage__kind="screening", application__in=_overseen(user))
    queues = (
        waiting.filter(*_undecided())
        .order_by()
        .values("stage", "stage__name", "stage__job__title")
        .annotate(number=Count("pk"), since=Min("entered_at"))
        .order_by("since")[:SHOWN]
    )
    return [
        Item(
            ngettext("%(n)s application", "%(n)s applications", queue["number"]) % {"n": queue["number"]},
            f"{queue['stage__job__title']} · {queue['stage__name']}",
            reverse("reviewer:screening:queue", args=[queue["stage"]]),
            _("the first since"),
            queue["since"],
        )
        for queue in queues
    ]


def _ready(user: User) -> list[Item]:
    cards = Scorecard.objects.submitted().filter(assessment=OuterRef("assessment")).order_by()
    ready = (
        Interview.objects.filter(
            status=Interview.Status.SUBMITTED, stage=F("application__stage"), application__in=_overseen(user)
        )
        .alias(cards=Subquery(cards.values("assessment").annotate(number=Count("pk")).values("number")))
        .filter(*_undecided(), cards__gte=F("application__job__cards_needed"))
        .order_by()
        .values("application__job", "application__job__title", "stage", "stage__name")
        .annotate(number=Count("pk"))
        .order_by("-number")[:SHOWN]
    )
    return [
        Item(
            ngettext("%(n)s candidate", "%(n)s candidates", row["number"]) % {"n": row["number"]},
            f"{row['application__job__title']} · {row['stage__name']}",
            reverse("reviewer:job-shortlist", args=[row["application__job"]], query={"stage": row["stage"]}),
        )
        for row in ready
    ]


def _untold(user: User) -> list[Item]:
    rows = Decision.objects.pending().filter(application__in=_overseen(user))
    rows = rows.select_related("application__candidate", "application__job").order_by("release_at")[:SHOWN]
    return [_about(row.application, note=_("to be told on"), at=row.release_at) for row in rows]


def _meetings(user: User) -> list[Item]:
    now = timezone.now()
    return [
        _meeting(booking, at=booking.start_at)
        for booking in _booked(user).filter(end_at__gt=now, start_at__lte=now + AHEAD).order_by("start_at")[:SHOWN]
    ]


def _over(user: User) -> list[Item]:
    rows = _booked(user).filter(end_at__lte=timezone.now()).order_by("start_at")[:SHOWN]
    return [_meeting(booking, at=booking.start_at, tone="warn") for booking in rows]


def _booked(user: User) -> QuerySet[Booking]:
    return (
        Booking.objects.for_reviewer(user)
        .filter(state=Booking.State.CONFIRMED)
        .select_related("offer__application__candidate", "offer__application__job")
    )


def _meeting(booking: Booking, *, at: datetime, tone: str = "") -> Item:
    application = booking.offer.application
    url = reverse("reviewer:scheduling:booking", args=[booking.pk])
    return Item(application.candidate.name, application.job.title, url, at=at, tone=tone)


def _unbooked(user: User) -> list[Item]:
    standing = Booking.objects.filter(offer=OuterRef("pk"), state__in=Booking.TAKES_TIME)
    managed = Application.objects.managed_by(user).filter(outcome__isnull=True).values("pk")
    rows = (
        Offer.objects.filter(~Exists(standing), closed_at__isnull=True, application__in=managed)
        .filter(*_undecided(), created_at__lte=timezone.now() - LONG)
        .select_related("application__candidate", "application__job")
        .order_by("created_at")[:SHOWN]
    )
    now = timezone.now()
    return [
        _about(
            offer.application,
            note=_("could choose until") if offer.expires_at <= now else _("offered on"),
            at=min(offer.expires_at, now) if offer.expires_at <= now else offer.created_at,
            tone="warn" if offer.expires_at <= now else "",
        )
        for offer in rows
    ]


def _hourless(user: User) -> list[Item]:
    """Who sits in a round and cannot be booked: oneself, and whoever sits in those one looks after."""
    managed = Job.objects.managed_by(user).values("pk")
    asked = Q(user=user) | Q(seats__round__stage__job__in=managed)
    rows = InterviewerProfile.objects.hourless().filter(
        asked, seats__round__isnull=False, seats__round__stage__job__archived_at=None, user__is_active=True
    )
    found = rows.values_list(
        "user",
        "user__name",
        "seats__round__stage",
        "seats__round__stage__name",
        "seats__round__stage__job__title",
    )
    return [
        Item(
            _("You have not stated your hours yet")
            if pk == user.pk
            else _("%(name)s has not stated their hours yet") % {"name": name},
            f"{job} · {stage_name}",
            reverse("reviewer:availability:own")
            if pk == user.pk
            else reverse("reviewer:scheduling:round", args=[stage]),
        )
        for pk, name, stage, stage_name, job in found.order_by("user__name", "pk").distinct()[:SHOWN]
    ]


def _to_pass_on(user: User) -> list[Item]:
    """Where there is no mail server, people are the post."""
    if settings.EMAIL_URL:
        return []
    managed = Application.objects.managed_by(user).filter(outcome__isnull=True).values("pk")
    rows = Message.objects.filter(state=Message.State.ON_SCREEN, about__in=managed, person__isnull=True)
    return [
        Item(message.to_name or message.to_email, message.subject, reverse("reviewer:message", args=[message.pk]))
        for message in rows.order_by("-created_at")[:SHOWN]
    ]


def _about(application: Application, *, note: str, at: datetime, tone: str = "") -> Item:
    url = reverse("reviewer:application", args=[application.pk])
    return Item(application.candidate.name, application.job.title, url, note, at, tone)
