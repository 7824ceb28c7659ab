"""The two calendar copies of a booking: what the candidate's says, what the team's says, each in its own words."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from hiring.accounts.models import Company
from hiring.pipeline import promises
from scheduling import ics, rules, times
from scheduling.ics import Method, Person, Side
from scheduling.models import Booking, InterviewerProfile


def for_candidate(booking: Booking, people: Sequence[InterviewerProfile], method: Method) -> str:
    """The candidate's file: whom they meet by name, no address of anybody on the team, no page of ours."""
    candidate, company = booking.application.candidate, _company()
    with timezone.override(promises.zone_of(candidate)), translation.override(candidate.locale or company.locale):
        words = {
            "job": booking.application.job.title,
            "company": company.name,
            "people": names(people),
            "when": times.when(booking.start_at, booking.end_at),
            **_ways(booking),
        }
        invitation = _invitation(
            booking,
            Side.CANDIDATE,
            company=company.name,
            summary=_("%(job)s: conversation with %(company)s") % words,
            description=_(
                "%(when)s\nYou meet %(people)s.\nWhere: %(link)s\n"
                "If the link does not work, call %(team_phone)s and say %(code)s. We call you on %(own_phone)s.\n"
                "To move or cancel it, use the link in our mails."
            )
            % words,
            people=[Person(candidate.name, candidate.email)],
            method=method,
        )
        return ics.write(invitation, method)


def for_team(booking: Booking, people: Sequence[InterviewerProfile], method: Method) -> str:
    """The team's file: who the candidate is, how to reach them, where the booking's page is."""
    company = _company()
    zone = ZoneInfo(booking.round.grid_zone)
    with timezone.override(zone), translation.override(company.locale):
        words = {
            "candidate": booking.application.candidate.name,
            "job": booking.application.job.title,
            "people": names(people),
            "when": times.when(booking.start_at, booking.end_at),
            "page": page_of(booking),
            **_ways(booking),
        }
        invitation = _invitation(
            booking,
            Side.TEAM,
            company=company.name,
            summary=_("%(candidate)s: %(job)s") % words,
            description=_(
                "%(when)s\nWith %(people)s.\nWhere: %(link)s\nThe candidate’s phone: %(own_phone)s (say %(code)s)\n"
                "The booking: %(page)s"
            )
            % words,
            people=[Person(profile.user.name, profile.user.email) for profile in people],
            method=method,
        )
        return ics.write(invitation, method)


def page_of(booking: Booking) -> str:
    """Where the team reads about it."""
    return settings.BASE_URL + reverse("reviewer:scheduling:booking", args=[booking.pk])


def names(people: Sequence[InterviewerProfile]) -> str:
    """``Grace and Katherine``, in the current language; nobody twice."""
    return get_text_list(list(dict.fromkeys(str(profile.user) for profile in people)), _("and"))


def _invitation(
    booking: Booking,
    side: Side,
    *,
    company: str,
    summary: str,
    description: str,
    people: Sequence[Person],
    method: Method,
) -> ics.Invitation:
    return ics.Invitation(
        booking=booking.pk,
        side=side,
        sequence=booking.sequence,
        stamp=booking.changed_at,
        start=booking.start_at,
        end=booking.end_at,
        company=company,
        summary=summary,
        description=description,
        meeting_url=booking.meeting_url,
        phone=booking.team_phone if side is Side.CANDIDATE else booking.candidate_phone,
        people=people,
        is_off=booking.state in Booking.CANCELLED,
    )


def _ways(booking: Booking) -> dict[str, str]:
    return {
        "link": booking.meeting_url,
        "team_phone": rules.spoken(booking.team_phone),
        "own_phone": rules.spoken(booking.candidate_phone),
        "code": booking.backup_code,
    }


def _company() -> Company:
    return Company.objects.current() or Company(name="Callback")
