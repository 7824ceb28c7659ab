"""The mails and calendar files of live rounds: to whom, when, and the facts they carry. What they say is in the words.

Everybody's times are told by their own clock. A key per sequence makes each said once, however often it is asked for.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from hiring.accounts.models import Company, User
from hiring.lib import moments
from hiring.lib.actors import Actor
from hiring.mail import outbox
from hiring.mail.letters import Block, Letter, Value
from hiring.mail.models import Message
from hiring.pipeline.models import Role
from scheduling import copies, queries, rules, team_words, times, words
from scheduling.copies import names
from scheduling.ics import Method
from scheduling.models import Booking, InterviewerProfile, LiveRound, Offer

TAKEN_OVER = gettext_lazy("It was moved, and somebody else takes it over.")


def offer(made: Offer, live: LiveRound) -> Message:
    """Ask the candidate to choose a time, with the personal note."""
    values = _to_anybody(made) | {
        "minutes": str(live.minutes),
        "people": partial(names, queries.everybody(live)),
        "note": Block("emails/note", {"note": made.note}),
        "until": partial(moments.day, made.expires_at),
    }
    return _to_candidate(words.OFFER, made, values, str(made.pk))


def still_to_choose(made: Offer, live: LiveRound, *, number: int, by: Actor) -> Message:
    """Say that a time can still be chosen, in the name of whoever reminds. ``number`` counts the times it was said."""
    sender = by.name if isinstance(by, User) else ""
    values = _to_anybody(made) | {
        "minutes": str(live.minutes),
        "people": partial(names, queries.everybody(live)),
        "until": partial(moments.day, made.expires_at),
        "sender": sender,
        "reader": sender or gettext_lazy("a person"),
    }
    return _to_candidate(words.STILL_TO_CHOOSE, made, values, f"{made.pk}:{number}")


def confirmed(booking: Booking) -> None:
    """Tell the candidate and everybody who sits in it."""
    people = queries.interviewers_of(booking)
    _agreed(words.CONFIRMED, booking, people, Method.REQUEST)
    calendar = copies.for_team(booking, people, Method.REQUEST)
    for profile in people:
        _to_interviewer(team_words.BOOKED, booking, profile, people, calendar)


def moved(booking: Booking, *, before: datetime, stayed: Iterable[InterviewerProfile]) -> None:
    """Tell everybody the new time: the candidate, those who ``stayed`` in it, and those who are new."""
    people, remained = queries.interviewers_of(booking), set(stayed)
    was: dict[str, Value] = {"before": _when(before, booking)}
    _agreed(words.MOVED, booking, people, Method.REQUEST, more=was)
    calendar = copies.for_team(booking, people, Method.REQUEST)
    for profile in people:
        letter = team_words.MOVED if profile in remained else team_words.BOOKED
        _to_interviewer(letter, booking, profile, people, calendar, more=was)


def left(booking: Booking, profile: InterviewerProfile, *, before: datetime) -> None:
    """Take a booking that goes on without ``profile`` out of their calendar, and of nobody else's."""
    calendar = copies.for_team(booking, [profile], Method.CANCEL)
    more: dict[str, Value] = {"when": _when(before, booking), "reason": TAKEN_OVER}
    _to_interviewer(team_words.CANCELLED, booking, profile, [profile], calendar, more=more)


def cancelled(booking: Booking, *, may_choose: bool) -> None:
    """Take it out of every calendar. ``may_choose`` says that the candidate may choose another time."""
    people = queries.interviewers_of(booking)
    again = {"again_link": Message.LINK if may_choose else ""}
    _agreed(words.CANCELLED, booking, people, Method.CANCEL, more=again)
    calendar = copies.for_team(booking, people, Method.CANCEL)
    for profile in people:
        reason: dict[str, Value] = {"reason": booking.cancel_reason}
        _to_interviewer(team_words.CANCELLED, booking, profile, people, calendar, more=reason)


def remind_candidate(booking: Booking, *, kind: str, soon: Value) -> Message:
    """Say once per sequence and ``kind`` that it begins ``soon``."""
    people = queries.interviewers_of(booking)
    return _agreed(words.REMINDER, booking, people, more={"soon": soon}, kind=kind)


def remind_team(booking: Booking) -> None:
    """Say once per sequence that it begins in a quarter of an hour."""
    people = queries.interviewers_of(booking)
    for profile in people:
        _to_interviewer(team_words.REMINDER, booking, profile, people)


def missed(booking: Booking) -> Message:
    """Say sorry that nobody came, with the way to another time."""
    return _agreed(words.MISSED, booking, queries.interviewers_of(booking))


def no_times(about: Offer, live: LiveRound) -> None:
    """Tell the job's recruiters that the candidate finds nothing to choose."""
    application = about.application
    for recruiter in recruiters(about):
        outbox.post(
            team_words.NO_TIMES,
            to=outbox.Recipient(email=recruiter.email, name=recruiter.get_short_name()),
            values={
                "candidate": application.candidate.name,
                "job": application.job.title,
                "round": live.stage.name,
                "link": settings.BASE_URL + reverse("reviewer:scheduling:round", args=[live.stage_id]),
            },
            about=application.pk,
            dedupe_key=f"no-times:{about.pk}:{recruiter.pk}",
        )


def hours_wanted(profile: InterviewerProfile, live: LiveRound, *, by: User) -> Message:
    """Ask ``profile`` to say when they can be met; once on the company's day, whatever rounds they sit in."""
    return outbox.post(
        team_words.HOURS_WANTED,
        to=outbox.Recipient(email=profile.user.email, name=profile.user.get_short_name()),
        values={
            "job": live.stage.job.title,
            "round": live.stage.name,
            "sender": by.name,
            "link": settings.BASE_URL + reverse("reviewer:availability:own"),
        },
        about=None,
        dedupe_key=_hours_key(profile),
        reply_to=by.email,
    )


def asked_today(profiles: Iterable[InterviewerProfile]) -> list[InterviewerProfile]:
    """Those of ``profiles`` whom ``hours_wanted`` has asked today."""
    keys = {_hours_key(profile): profile for profile in profiles}
    written = set(Message.objects.filter(dedupe_key__in=keys).values_list("dedupe_key", flat=True))
    return [profile for key, profile in keys.items() if key in written]


def _hours_key(profile: InterviewerProfile) -> str:
    company = Company.objects.current() or Company()
    return f"hours-wanted:{profile.pk}:{timezone.localdate(timezone=ZoneInfo(company.zone)):%Y-%m-%d}"


def recruiters(about: Offer) -> list[User]:
    members = about.application.job.members.filter(role=Role.RECRUITER, user__is_active=True)
    return [member.user for member in members.select_related("user")]


def agreed_values(booking: Booking, people: Sequence[InterviewerProfile]) -> dict[str, Value]:
    """What a mail to the candidate about ``booking`` knows."""
    return _to_anybody(booking.offer) | {
        "minutes": str(booking.round.minutes),
        "people": partial(names, people),
        "when": _when(booking.start_at, booking),
        "team_time": partial(times.elsewhere, booking.start_at, booking.round.grid_zone),
        "meeting_link": booking.meeting_url,
        "team_phone": rules.spoken(booking.team_phone),
        "own_phone": rules.spoken(booking.candidate_phone),
        "code": booking.backup_code,
    }


def team_values(booking: Booking, people: Sequence[InterviewerProfile]) -> dict[str, Value]:
    """What a mail to somebody who sits in ``booking`` knows."""
    return {
        "candidate": booking.application.candidate.name,
        "job": booking.application.job.title,
        "when": _when(booking.start_at, booking),
        "people": partial(names, people),
        "meeting_link": booking.meeting_url,
        "own_phone": rules.spoken(booking.candidate_phone),
        "link": copies.page_of(booking),
    }


def _when(start: datetime, booking: Booking) -> Value:
    return partial(times.when, start, start + (booking.end_at - booking.start_at))


def _to_anybody(about: Offer) -> dict[str, Value]:
    sender = about.offered_by.name if about.offered_by else ""
    return {
        "job": about.application.job.title,
        "sender": sender,
        "reader": sender or gettext_lazy("a person"),
    }


def _agreed(
    letter: Letter,
    booking: Booking,
    people: Sequence[InterviewerProfile],
    method: Method | None = None,
    *,
    more: Mapping[str, Value] | None = None,
    kind: str = "",
) -> Message:
    calendar = copies.for_candidate(booking, people, method) if method else ""
    values = {**agreed_values(booking, people), **(more or {})}
    key = f"{booking.pk}:{booking.sequence}" + (f":{kind}" if kind else "")
    return _to_candidate(letter, booking.offer, values, key, calendar=calendar)


def _to_candidate(
    letter: Letter, about: Offer, values: Mapping[str, Value], key: str, *, calendar: str = ""
) -> Message:
    candidate = about.application.candidate
    return outbox.post(
        letter,
        to=outbox.Recipient(candidate.email, candidate.name, candidate.locale, candidate.zone),
        values=values,
        about=about.application_id,
        dedupe_key=f"{letter.kind.replace('_', '-')}:{key}",
        link=about.link_id,
        reply_to=about.offered_by.email if about.offered_by and about.offered_by.is_active else "",
        calendar=calendar,
    )


def _to_interviewer(
    letter: Letter,
    booking: Booking,
    profile: InterviewerProfile,
    people: Sequence[InterviewerProfile],
    calendar: str = "",
    *,
    more: Mapping[str, Value] | None = None,
) -> None:
    outbox.post(
        letter,
        to=outbox.Recipient(profile.user.email, profile.user.get_short_name(), zone=profile.zone),
        values={**team_values(booking, people), **(more or {})},
        about=booking.offer.application_id,
        dedupe_key=f"{letter.kind.replace('_', '-')}:{booking.pk}:{booking.sequence}:{profile.pk}",
        calendar=calendar,
    )
