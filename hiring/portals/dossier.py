"""Everything one application's page shows one person, gathered before the template runs."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hiring.accounts.models import User
from hiring.mail import outbox, reading
from hiring.mail.models import Message
from hiring.pipeline import events, links, rules
from hiring.pipeline.models import Application, Event, Obligation
from hiring.portals import queries
from hiring.portals.forms import ReviewerForm
from hiring.portals.queries import Seat, Standing
from hiring.rubrics import visibility
from hiring.rubrics.visibility import Sight
from interviews import operations, reviewing
from interviews.models import Interview


@dataclass(frozen=True)
class Moment:
    """One line of the timeline."""

    text: str | Promise
    at: datetime
    by: str


@dataclass(frozen=True)
class Dossier:
    """``link_url`` is empty for whoever may not see the candidate's own link, and once it has ended.

    Until somebody is invited, whoever may do it reads the ``draft`` of the invitation, or ``not_invitable``: why not.
    """

    standing: Standing
    may_manage: bool
    interview: Interview | None
    link_is_open: bool
    link_url: str
    draft: outbox.Words | None
    not_invitable: str
    cards_needed: int
    seats: list[Seat]
    is_blind: bool
    reviewer_form: ReviewerForm | None
    promise: Obligation | None
    timeline: list[Moment]
    messages: list[Message]

    @property
    def cards_in(self) -> int:
        return sum(seat.handed_in_at is not None for seat in self.seats)


def dossier(application: Application, user: User) -> Dossier:
    """What ``user``, who oversees ``application``, may know of it now."""
    job = application.job
    needed = reviewing.cards_needed(job)
    may_manage = rules.may_manage(user, job)
    interview = (
        application.interviews.filter(stage=application.stage_id).select_related("link", "assessment__version").first()
    )
    is_blind = interview is not None and (
        visibility.sight(user, interview.assessment, oversees=True) is Sight.OWN_FIRST
    )
    is_open = interview is not None and links.is_open(interview.link)
    seats = _seats(interview, user, is_blind=is_blind) if interview else []
    draft, not_invitable = _draft(application, user) if may_manage and interview is None else (None, "")
    return Dossier(
        standing=queries.standing(queries.candidacies(job, user).get(pk=application.pk), cards_needed=needed),
        may_manage=may_manage,
        interview=interview,
        link_is_open=is_open,
        link_url=reading.link_url(interview.link_id) if interview and is_open and may_manage else "",
        draft=draft,
        not_invitable=not_invitable,
        cards_needed=needed,
        seats=seats,
        is_blind=is_blind,
        reviewer_form=_reviewer_form(application, seats) if interview else None,
        promise=application.obligations.filter(kept_at__isnull=True).order_by("due_at").first(),
        timeline=timeline(application, hide_cards_from=user if is_blind else None),
        messages=list(queries.messages_about(application)),
    )


def _draft(application: Application, user: User) -> tuple[outbox.Words | None, str]:
    try:
        words = operations.draft_invitation(application, by=user)
    except operations.NotInvitable as refusal:
        return None, str(refusal)
    return replace(words, text=reading.without_link(words.text)), ""


def _seats(interview: Interview, user: User, *, is_blind: bool) -> list[Seat]:
    """Who is asked. While ``user`` still owes a card, that others' are in is not told either."""
    seats = queries.seats(interview)
    return [Seat(seat.reviewer, None) for seat in seats] if is_blind else seats


def _reviewer_form(application: Application, seats: list[Seat]) -> ReviewerForm:
    taken = {seat.reviewer.pk for seat in seats}
    return ReviewerForm(
        possible=[user for user in reviewing.possible_reviewers(application.job) if user.pk not in taken]
    )


def timeline(application: Application, *, hide_cards_from: User | None) -> list[Moment]:
    """What happened to ``application``, newest first. Whoever still owes a card does not learn of others'."""
    history = list(application.events.order_by("-at"))
    if hide_cards_from is not None:
        history = [
            event for event in history if event.verb != "scorecard_submitted" or event.actor_id == hide_cards_from.pk
        ]
    names = queries.people([*(event.actor_id for event in history), *_mentioned(history)])
    return [_moment(event, application, names) for event in history]


def _mentioned(history: Iterable[Event]) -> list[UUID]:
    return [UUID(str(event.details["reviewer"])) for event in history if event.details.get("reviewer")]


def _moment(event: Event, application: Application, names: dict[UUID, str]) -> Moment:
    text: str | Promise = events.VERBS.get(event.verb, event.verb)
    if event.details.get("reviewer"):
        who = names.get(UUID(str(event.details["reviewer"])), _("somebody"))
        text = _("%(what)s: %(who)s") % {"what": text, "who": who}
    if event.actor_kind == "candidate":
        by = application.candidate.name
    elif event.actor_id is None:
        by = "Callback"
    else:
        by = names.get(event.actor_id, _("somebody who left"))
    return Moment(text, event.at, by)
