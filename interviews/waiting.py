"""While we wait for answers: the candidate is reminded, given more time or a new link; deadlines only move later."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hiring.lib import clock, moments
from hiring.lib.actors import Actor
from hiring.lib.errors import Refusal
from hiring.mail.models import Message
from hiring.pipeline import events, links, promises, transitions
from hiring.pipeline.models import Application, Candidate, CandidateLink
from interviews import deadlines, letters, locks
from interviews.locks import NotAnswerable
from interviews.models import Interview

BETWEEN_NEW_LINKS = timedelta(minutes=10)  # that a candidate may ask for by themselves
LONGEST_EXTENSION = 60  # days from now
SELF_SERVED_DAYS = 3
SELF_SERVED_BEFORE = timedelta(hours=48)


class RemindedAlready(Refusal):
    code = "reminded_already"


class NotLater(Refusal):
    """A deadline only moves later, and not out of sight."""

    code = "not_later"


@transaction.atomic
def remind(interview: Interview, *, by: Actor) -> Message:
    """Tell the candidate that their interview is still open, and how far they are.

    Refuses with ``NotAnswerable`` once handed in or over, or without a link that opens; with ``RemindedAlready`` within
    a day of the last one.
    """
    current, now = locks.locked(interview), timezone.now()
    locks.refuse_closed(current.application)
    transitions.refuse_decided(current.application)
    locks.refuse_settled(current)
    locks.refuse_expired(current)
    if not links.is_open(current.link):
        raise NotAnswerable(_("Their link has ended. Send a new link instead; the mail with it is a reminder too."))
    earlier = Message.objects.filter(dedupe_key__startswith=f"reminder:{current.pk}:")
    arrived = earlier.exclude(state__in=[Message.State.FAILED, Message.State.BOUNCED])
    if arrived.filter(created_at__gt=now - deadlines.BETWEEN_REMINDERS).exists():
        raise RemindedAlready(
            _("%(name)s was reminded within the last day. Once a day is enough.")
            % {"name": current.application.candidate}
        )
    message = letters.reminder(current, by=by, key=str(earlier.count() + 1))
    events.record(current.application, "candidate_reminded", by=by, interview=str(current.pk))
    return message


@transaction.atomic
def extend(interview: Interview, *, until: date, by: Actor) -> Message:
    """Give the candidate time until the end of the day ``until`` where they are, also after their time was over.

    A link that had expired opens again, a revoked one is replaced. Refuses with ``NotAnswerable`` once handed in, with
    ``NotLater`` when the deadline would not move later, or by more than 60 days from now.
    """
    current = locks.locked(interview)
    locks.refuse_closed(current.application)
    locks.refuse_settled(current)
    zone = promises.zone_of(current.application.candidate)
    deadline = clock.end_of_day(until, zone)
    if deadline <= _latest(current):
        with timezone.override(zone):
            last = moments.day(_latest(current))
        raise NotLater(_("Choose a day after %(day)s: a deadline only moves later.") % {"day": last})
    if deadline > clock.end_of_day_after(timezone.now(), LONGEST_EXTENSION, zone):
        raise NotLater(
            ngettext(
                "Choose a day within the next %(n)d day.", "Choose a day within the next %(n)d days.", LONGEST_EXTENSION
            )
            % {"n": LONGEST_EXTENSION}
        )
    return _extend(current, deadline, by=by)


@transaction.atomic
def take_more_time(interview: Interview, *, by: Candidate) -> Message:
    """Let the candidate give themselves three more days, without asking anybody.

    Refuses with ``NotAnswerable`` once handed in, with ``NotLater`` where ``may_take_more_time`` says no.
    """
    current = locks.locked(interview)
    locks.refuse_closed(current.application)
    locks.refuse_settled(current)
    if _has_taken_more_time(current):
        raise NotLater(_("You have given yourself more time once. If you need longer, write to us; people do ask."))
    if not may_take_more_time(current):
        raise NotLater(_("There is time left. You can give yourself more from two days before the end on."))
    zone = promises.zone_of(current.application.candidate)
    return _extend(current, clock.end_of_day_after(_latest(current), SELF_SERVED_DAYS, zone), by=by)


def may_take_more_time(interview: Interview) -> bool:
    """Whether a candidate may give themselves more time: once, from two days before the deadline on."""
    application = interview.application
    is_over = interview.status not in locks.OPEN or application.outcome is not None or application.job.archived_at
    is_early = timezone.now() < interview.deadline_at - SELF_SERVED_BEFORE
    return not is_over and not is_early and not _has_taken_more_time(interview)


@transaction.atomic
def renew_link(interview: Interview, *, by: Actor) -> Message:
    """Send a new link to the address on file and end the old one, with every device that came in through it.

    A candidate may ask for it too; asking again within ten minutes is the mail already sent.
    """
    current = locks.locked(interview)
    locks.refuse_closed(current.application)
    now = timezone.now()
    asked_by_candidate = by.actor_kind == Candidate.actor_kind
    if asked_by_candidate and links.is_open(current.link) and now - current.link.created_at < BETWEEN_NEW_LINKS:
        return letters.new_link(current, current.link, by=by)
    interview.link = _replace_link(current, by=by)
    events.record(current.application, "link_renewed", by=by, interview=str(current.pk))
    return letters.new_link(current, current.link, by=by)


@transaction.atomic
def learn_zone(application: Application, zone: str) -> None:
    """Tell the candidate's times in ``zone`` from now on, as their browser names it; an unknown name changes nothing.

    Their open deadlines move with the end of their day, and only ever later: the day they were given, or as many days
    after the invitation as everybody has.
    """
    candidate = application.candidate
    if zone == candidate.zone or not clock.is_zone(zone):
        return
    before, after = promises.zone_of(candidate), ZoneInfo(zone)
    Candidate.objects.filter(pk=candidate.pk).update(zone=zone)
    candidate.zone = zone
    for interview in (
        Interview.objects.select_for_update(of=("self",))
        .filter(application__candidate=candidate, status__in=locks.OPEN)
        .select_related("stage__interview_settings")
    ):
        days = interview.stage.interview_settings.days_to_answer
        as_given = clock.end_of_day(interview.deadline_at.astimezone(before).date(), after)
        deadline = max(as_given, deadlines.of(interview.invited_at, days, after))
        if deadline > interview.deadline_at:
            _move_deadline(interview, deadline)


def _has_taken_more_time(interview: Interview) -> bool:
    taken = interview.application.events.filter(verb="deadline_extended", actor_kind=Candidate.actor_kind)
    return taken.filter(details__interview=str(interview.pk)).exists()


def _latest(interview: Interview) -> datetime:
    return max(interview.deadline_at, timezone.now())


def _extend(interview: Interview, deadline: datetime, *, by: Actor) -> Message:
    _move_deadline(interview, deadline)
    if not links.is_open(interview.link):
        _replace_link(interview, by=by)
    events.record(interview.application, "deadline_extended", by=by, interview=str(interview.pk))
    return letters.extension(interview, by=by)


def _replace_link(interview: Interview, *, by: Actor) -> CandidateLink:
    """End the link of ``interview``, with every device that came in through it, and give it another."""
    expires_at = deadlines.link_expiry(_latest(interview))
    link = links.issue(interview.application, expires_at=expires_at)
    links.revoke(interview.link, by=by)
    Interview.objects.filter(pk=interview.pk).update(link=link)
    interview.link = link
    return link


def _move_deadline(interview: Interview, deadline: datetime) -> None:
    Interview.objects.filter(pk=interview.pk).update(deadline_at=deadline)
    interview.deadline_at = deadline
    expires_at = deadlines.link_expiry(deadline)
    if expires_at > interview.link.expires_at:
        CandidateLink.objects.filter(pk=interview.link_id).update(expires_at=expires_at)
        interview.link.expires_at = expires_at
