"""The mails of the one-way interview: what they are about, to whom, and the facts they carry."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from hiring.accounts.models import Company, User
from hiring.lib.actors import Actor
from hiring.mail import outbox
from hiring.mail.models import Message
from hiring.pipeline.models import CandidateLink, Role
from interviews import briefing, deadlines, receipts
from interviews.models import Interview


def invitation(interview: Interview, *, by: Actor, number: int = 1) -> Message:
    """Ask the candidate in. ``number`` counts the times they were."""
    return outbox.post(
        "invitation",
        to=candidate_of(interview),
        context=_invited_to(interview, by=by),
        about=interview.application_id,
        dedupe_key=f"invitation:{interview.pk}:{number}",
        link=interview.link_id,
        reply_to=_address(by),
    )


def invitation_words(interview: Interview, *, by: Actor) -> outbox.Words:
    """What ``invitation`` would say, for an interview that need not be saved."""
    return outbox.write("invitation", to=candidate_of(interview), context=_invited_to(interview, by=by))


def new_link(interview: Interview, link: CandidateLink, *, by: Actor) -> Message:
    """Send the link that replaces the earlier ones."""
    return outbox.post(
        "new_link",
        to=candidate_of(interview),
        context={
            "job": interview.application.job,
            "deadline_at": interview.deadline_at,
            "is_open": interview.submitted_at is None and deadlines.is_open(interview, timezone.now()),
            "sender": _name(by),
        },
        about=interview.application_id,
        dedupe_key=f"new-link:{link.pk}",
        link=link.pk,
        reply_to=_address(by),
    )


def submission(interview: Interview, *, decision_due: datetime) -> Message:
    """Tell the candidate that their answers arrived, with the receipt and the day by which they hear from us."""
    receipt, recruiters = receipts.of(interview), _recruiters(interview)
    company = Company.objects.current() or Company()
    return outbox.post(
        "submission",
        to=candidate_of(interview),
        context={
            "job": interview.application.job,
            "receipt": receipt,
            "verify_url": settings.BASE_URL + reverse("verify", args=[receipt.code]),
            "watchers": briefing.of(interview, company=company.name).who_watches,
            "decision_due": decision_due,
        },
        about=interview.application_id,
        dedupe_key=f"submission:{interview.pk}",
        link=interview.link_id,
        reply_to=recruiters[0].email if recruiters else "",
    )


def new_submission(interview: Interview, *, decision_due: datetime) -> list[Message]:
    """Tell the job's recruiters that there is something to watch."""
    application = interview.application
    return [
        outbox.post(
            "new_submission",
            to=outbox.Recipient(email=recruiter.email, name=recruiter.get_short_name()),
            context={
                "candidate": application.candidate,
                "job": application.job,
                "decision_due": decision_due,
                "url": settings.BASE_URL + reverse("reviewer:application", args=[application.pk]),
            },
            about=application.pk,
            dedupe_key=f"new-submission:{interview.pk}:{recruiter.pk}",
        )
        for recruiter in _recruiters(interview)
    ]


def candidate_of(interview: Interview) -> outbox.Recipient:
    candidate = interview.application.candidate
    return outbox.Recipient(email=candidate.email, name=candidate.name, locale=candidate.locale, zone=candidate.zone)


def _invited_to(interview: Interview, *, by: Actor) -> dict[str, object]:
    company = Company.objects.current() or Company()
    words = briefing.of(interview, company=company.name)
    return {"job": interview.application.job, "briefing": words, "sender": _name(by)}


def _recruiters(interview: Interview) -> list[User]:
    members = interview.application.job.members.filter(role=Role.RECRUITER, user__is_active=True)
    return [member.user for member in members.select_related("user")]


def _name(by: Actor) -> str:
    return by.name if isinstance(by, User) else ""


def _address(by: Actor) -> str:
    return by.email if isinstance(by, User) else ""
