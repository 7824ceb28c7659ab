"""Everything one application's page shows one person, gathered before the template runs."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from hiring.accounts.models import User
from hiring.mail import reading
from hiring.mail.models import Message
from hiring.pipeline import links, rules
from hiring.pipeline.forms import HoldForm
from hiring.pipeline.models import Application, Obligation, PoolEntry
from hiring.pipeline.promises import zone_of
from hiring.portals import letters, meetings, queries, standings
from hiring.portals.forms import ExtensionForm, ReviewerForm
from hiring.portals.letters import Reading
from hiring.portals.meetings import Meeting
from hiring.portals.onward import Onward, debts, onward
from hiring.portals.pool import PoolForm
from hiring.portals.queries import Seat
from hiring.portals.standings import Standing
from hiring.portals.timeline import Moment, timeline
from interviews import operations, reviewing
from interviews import queries as interviewing
from interviews.locks import NotInvitable
from interviews.models import Interview, Take
from scheduling.forms.reviewer import OfferForm
from screening import papers
from screening.papers import Papers

USUAL_EXTENSION = timedelta(days=3)


@dataclass(frozen=True)
class Dossier:
    """``link_url`` is empty for whoever may not see the candidate's own link, and once it has ended.

    ``interview`` is that of the stage they stand in (``is_current``), or the latest. Until they are invited, whoever
    may do it reads the ``draft`` of the invitation, or ``not_invitable``: why not.
    """

    standing: Standing
    onward: Onward
    may_manage: bool
    interview: Interview | None
    is_current: bool
    meetings: list[Meeting]
    offer_form: OfferForm | None
    hold_form: HoldForm
    pool_entry: PoolEntry | None
    pool_form: PoolForm
    failed: list[Take]
    link_is_open: bool
    link_url: str
    draft: Reading | None
    not_invitable: str
    cards_needed: int
    seats: list[Seat]
    is_blind: bool
    owes_card: bool
    reviewer_form: ReviewerForm | None
    extension_form: ExtensionForm | None
    promise: Obligation | None
    timeline: list[Moment]
    messages: list[Message]
    papers: Papers

    @property
    def watch_first(self) -> bool:
        """Whether watching is what comes next: nobody can be moved on before."""
        return self.is_blind or (self.is_current and bool(self.onward.gate))

    @property
    def cards_in(self) -> int:
        return sum(seat.handed_in_at is not None for seat in self.seats)


def dossier(application: Application, user: User) -> Dossier:
    """What ``user``, who oversees ``application``, may know of it now."""
    job = application.job
    prefetch_related_objects([job], "stages")
    needed = reviewing.cards_needed(job)
    may_manage = rules.may_manage(user, job)
    interview = _interview(application)
    is_current = interview is not None and interview.stage_id == application.stage_id
    asked = queries.seats(interview) if interview else []
    is_blind = any(seat.reviewer == user and seat.handed_in_at is None for seat in asked)
    owed = debts(user, [application.candidate_id])
    owes_here = any(debt.is_of(application) for debt in owed)
    owes_card = is_blind or bool(owed)
    is_open = interview is not None and links.is_open(interview.link)
    # While they still owe a card, that others' are in is not told either.
    seats = [Seat(seat.reviewer, None) for seat in asked] if is_blind else asked
    draft, not_invitable = (
        _draft(application, user)
        if may_manage and not is_current and application.stage.kind == "interview"
        else (None, "")
    )
    met = meetings.of(application)
    return Dossier(
        standing=standings.of(application, cards_needed=needed),
        onward=onward(application, owes_card=owes_here),
        may_manage=may_manage,
        interview=interview,
        is_current=is_current,
        meetings=met,
        hold_form=HoldForm(auto_id="hold_%s", needs_reason=True),
        pool_entry=getattr(application.candidate, "pool_entry", None),
        pool_form=PoolForm(auto_id="pool_%s"),
        offer_form=OfferForm() if meetings.may_be_asked(application, met) else None,
        failed=list(interviewing.failed_takes(interview)) if interview else [],
        link_is_open=is_open,
        link_url=reading.link_url(interview.link_id) if interview and is_open and may_manage else "",
        draft=draft,
        not_invitable=not_invitable,
        cards_needed=needed,
        seats=seats,
        is_blind=is_blind,
        owes_card=owes_card,
        reviewer_form=_reviewer_form(application, seats) if is_current else None,
        extension_form=_extension_form(interview) if interview and is_current and may_manage else None,
        promise=application.obligations.owed().order_by("due_at").first(),
        timeline=timeline(application, hide_cards_from=user if owes_card else None),
        messages=list(queries.messages_about(application)),
        papers=papers.of(application, user),
    )


def _interview(application: Application) -> Interview | None:
    """That of the stage they stand in, or else the latest they had: what was recorded stays in sight."""
    whole = Interview.objects.select_related("link", "assessment__version__question_set").order_by("-invited_at")
    prefetch_related_objects([application], Prefetch("interviews", whole))
    found = list(application.interviews.all())
    return next((one for one in found if one.stage_id == application.stage_id), found[0] if found else None)


def _draft(application: Application, user: User) -> tuple[Reading | None, str]:
    try:
        filled = operations.draft_invitation(application, by=user)
    except NotInvitable as refusal:
        return None, str(refusal)
    return letters.shown(filled, to=application.candidate.name), ""


def _extension_form(interview: Interview) -> ExtensionForm | None:
    """``None`` once handed in. Three more days are offered, as most ask for no more."""
    if interview.submitted_at is not None:
        return None
    later = max(interview.deadline_at, timezone.now()) + USUAL_EXTENSION
    return ExtensionForm(initial={"until": later.astimezone(zone_of(interview.application.candidate)).date()})


def _reviewer_form(application: Application, seats: list[Seat]) -> ReviewerForm | None:
    """``None`` once everybody is asked who could be."""
    taken = {seat.reviewer.pk for seat in seats}
    possible = [user for user in reviewing.possible_reviewers(application.job) if user.pk not in taken]
    return ReviewerForm(possible=possible) if possible else None
