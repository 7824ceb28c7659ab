"""The pipeline's own mails: to whom, when, and the facts they carry. What they say is in ``words``."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from hiring.accounts.models import User
from hiring.lib import moments
from hiring.mail import outbox
from hiring.mail.letters import Filled, Letter, Value
from hiring.mail.models import Message
from hiring.pipeline import links, words
from hiring.pipeline.models import Application, Decision, Obligation, Role


def decision(told: Decision) -> Message:
    """Tell the candidate what was decided."""
    application = told.application
    return outbox.post(
        _letter_of(told),
        to=candidate_of(application),
        values=_decided(told),
        about=application.pk,
        dedupe_key=f"decision:{told.pk}",
        link=links.lasting(application).pk,
        reply_to=told.decided_by.email,
    )


def decision_words(told: Decision) -> Filled:
    """What ``decision`` would say, for one that need not be saved."""
    return outbox.read(_letter_of(told), to=candidate_of(told.application), values=_decided(told))


def still_on_it(lapsed: Obligation, renewed: Obligation) -> Message:
    """Tell the candidate that ``lapsed`` cannot be kept, and the day of ``renewed``."""
    application = lapsed.application
    recruiters = recruiters_of(application)
    values = _from(application, recruiters[0] if recruiters else None)
    return outbox.post(
        words.STILL_ON_IT,
        to=candidate_of(application),
        values={**values, **_days(lapsed.due_at, renewed.due_at)},
        about=application.pk,
        dedupe_key=f"still-on-it:{lapsed.pk}",
        link=links.lasting(application).pk,
        reply_to=recruiters[0].email if recruiters else "",
    )


def promise_due(owed: Obligation) -> list[Message]:
    """Tell the job's recruiters that ``owed`` lapses soon."""
    application = owed.application
    return [
        outbox.post(
            words.PROMISE_DUE,
            to=outbox.Recipient(email=recruiter.email, name=recruiter.get_short_name()),
            values=_lapsing(application, owed.due_at),
            about=application.pk,
            dedupe_key=f"promise-due:{owed.pk}:{recruiter.pk}",
        )
        for recruiter in recruiters_of(application)
    ]


def withdrew(application: Application, *, reason: str) -> list[Message]:
    """Tell the job's recruiters that the candidate took their application back, with the reason if they gave one."""
    again = application.events.filter(verb="application_withdrawn").count()  # somebody can apply, and leave, twice
    return [
        outbox.post(
            words.CANDIDATE_WITHDREW,
            to=outbox.Recipient(email=recruiter.email, name=recruiter.get_short_name()),
            values=_leaving(application, reason),
            about=application.pk,
            dedupe_key=f"candidate-withdrew:{application.pk}:{again}:{recruiter.pk}",
        )
        for recruiter in recruiters_of(application)
    ]


def moved_on(application: Application, *, by: User, together: UUID | None, key: UUID) -> list[Message]:
    """Tell the job's recruiters that ``by`` moved ``application`` on, unless it was one of them.

    What is done ``together`` is told once, however many it is; ``key`` tells one move from the next.
    """
    recruiters = recruiters_of(application)
    return [
        outbox.post(
            words.MOVED_ON,
            to=outbox.Recipient(email=recruiter.email, name=recruiter.get_short_name()),
            values=_moved(application, by, is_one=together is None),
            about=application.pk,
            dedupe_key=f"moved-on:{together or key}:{recruiter.pk}",
        )
        for recruiter in recruiters
        if by not in recruiters
    ]


def sample(letter: Letter, application: Application, by: User) -> Mapping[str, Value]:
    """What ``letter`` about ``application`` would say now; of what has not happened, an example."""
    soon = timezone.now()
    if letter is words.PROMISE_DUE:
        return _lapsing(application, soon)
    if letter is words.CANDIDATE_WITHDREW:
        return _leaving(application, "")
    if letter is words.MOVED_ON:
        return _moved(application, by, is_one=True)
    if letter is words.STILL_ON_IT:
        return {**_from(application, by), **_days(soon, soon)}
    return {**_from(application, by), "why": "", "personal": ""}


def candidate_of(application: Application) -> outbox.Recipient:
    candidate = application.candidate
    return outbox.Recipient(email=candidate.email, name=candidate.name, locale=candidate.locale, zone=candidate.zone)


def recruiters_of(application: Application) -> list[User]:
    members = application.job.members.filter(role=Role.RECRUITER, user__is_active=True)
    return [member.user for member in members.select_related("user")]


def _letter_of(told: Decision) -> Letter:
    return words.HIRED if told.outcome == Decision.Outcome.HIRED else words.REJECTED


def _from(application: Application, by: User | None) -> dict[str, Value]:
    sender = by.name if by else ""
    return {"job": application.job.title, "sender": sender, "reader": sender or gettext_lazy("a person")}


def _decided(told: Decision) -> dict[str, Value]:
    values = {**_from(told.application, told.decided_by), "personal": told.words}
    return (
        values
        if told.outcome == Decision.Outcome.HIRED
        else {**values, "why": told.reason.words if told.reason else ""}
    )


def _days(promised: datetime, renewed: datetime) -> dict[str, Value]:
    return {"promised_day": partial(moments.day, promised), "new_day": partial(moments.day, renewed)}


def _lapsing(application: Application, due_at: datetime) -> dict[str, Value]:
    return {
        "candidate": application.candidate.name,
        "job": application.job.title,
        "promised_day": partial(moments.day, due_at),
        "link": settings.BASE_URL + reverse("reviewer:application", args=[application.pk]),
    }


def _leaving(application: Application, reason: str) -> dict[str, Value]:
    return {
        "candidate": application.candidate.name,
        "job": application.job.title,
        "reason": reason.strip(),
        "link": settings.BASE_URL + reverse("reviewer:application", args=[application.pk]),
    }


def _moved(application: Application, by: User, *, is_one: bool) -> dict[str, Value]:
    page, pk = ("reviewer:application", application.pk) if is_one else ("reviewer:job", application.job_id)
    return {
        "people": application.candidate.name if is_one else gettext_lazy("candidates"),
        "by": by.name,
        "job": application.job.title,
        "link": settings.BASE_URL + reverse(page, args=[pk]),
    }
