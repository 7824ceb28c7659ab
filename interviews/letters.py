"""The mails of the one-way interview: to whom, when, and the facts they carry. What they say is in ``words``."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from functools import partial

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hiring.accounts.models import Company, User
from hiring.lib import moments
from hiring.lib.actors import Actor
from hiring.mail import outbox
from hiring.mail.letters import Block, Filled, Letter, Value
from hiring.mail.models import Message
from hiring.pipeline import promises
from hiring.pipeline.models import Application, CandidateLink, Role
from interviews import briefing, deadlines, progress, receipts, words
from interviews.models import Interview
from interviews.receipts import Receipt


def invitation(interview: Interview, *, by: Actor, note: str = "") -> Message:
    """Ask the candidate in to ``interview``, made this moment, with ``note`` as a personal word."""
    values = _invited(interview, by, is_new=True) | {"note": note}
    return _post(words.INVITATION, interview, values, f"{interview.pk}:1", by=by)


def invitation_again(interview: Interview, *, by: Actor, number: int) -> Message:
    """Ask the candidate in with the facts as they are now. ``number`` counts the times they were, this one included."""
    return _post(words.INVITATION, interview, _invited(interview, by), f"{interview.pk}:{number}", by=by)


def invitation_words(interview: Interview, *, by: Actor) -> Filled:
    """What ``invitation`` would say, for an interview that need not be saved."""
    return outbox.read(words.INVITATION, to=candidate_of(interview), values=_invited(interview, by, is_new=True))


def reminder(interview: Interview, *, by: Actor, key: str) -> Message:
    """Say that it is still open; once for each ``key``."""
    return _post(words.REMINDER, interview, _going_on(interview, by), f"{interview.pk}:{key}", by=by)


def extension(interview: Interview, *, by: Actor) -> Message:
    """Tell the candidate the new deadline."""
    key = f"{interview.pk}:{interview.deadline_at.isoformat()}"
    return _post(words.EXTENSION, interview, _going_on(interview, by), key, by=by)


def new_link(interview: Interview, link: CandidateLink, *, by: Actor) -> Message:
    """Send the link that replaces the earlier ones."""
    return _post(words.NEW_LINK, interview, _let_in_again(interview, by), str(link.pk), by=by, link=link)


def submission(interview: Interview, *, decision_due: datetime) -> Message:
    """Tell the candidate that their answers arrived, with the receipt and the day by which they hear from us."""
    recruiters = _recruiters(interview)
    values = _handed_in(interview, receipts.of(interview), decision_due)
    by = recruiters[0] if recruiters else None
    return _post(words.SUBMISSION, interview, values, str(interview.pk), by=by)


def new_submission(interview: Interview, *, decision_due: datetime, asked: Collection[User]) -> list[Message]:
    """Tell the job's recruiters that there is something to watch; not those ``review_wanted`` asks for their card."""
    return [
        outbox.post(
            words.NEW_SUBMISSION,
            to=outbox.Recipient(email=recruiter.email, name=recruiter.get_short_name()),
            values=_to_watch(interview, decision_due),
            about=interview.application_id,
            dedupe_key=f"new-submission:{interview.pk}:{recruiter.pk}",
        )
        for recruiter in _recruiters(interview)
        if recruiter not in asked
    ]


def review_wanted(interview: Interview, reviewers: Iterable[User]) -> list[Message]:
    """Ask each of ``reviewers`` for their card; once each, however often they are asked."""
    return [
        outbox.post(
            words.REVIEW_WANTED,
            to=outbox.Recipient(email=reviewer.email, name=reviewer.get_short_name()),
            values=_to_score(interview),
            about=interview.application_id,
            dedupe_key=f"review-wanted:{interview.pk}:{reviewer.pk}",
        )
        for reviewer in reviewers
    ]


def sample(letter: Letter, application: Application, by: User) -> Mapping[str, Value]:
    """What ``letter`` about the interview of ``application`` would say now; of what has not happened, an example."""
    interview = application.interviews.select_related("application__candidate", "application__job", "link").latest(
        "invited_at"
    )
    decision_due = promises.decision_due(interview.application.job, timezone.now())
    if letter is words.INVITATION:
        return _invited(interview, by)
    if letter is words.SUBMISSION:
        receipt = receipts.of(interview) if interview.submitted_at else receipts.example()
        return _handed_in(interview, receipt, decision_due)
    if letter is words.NEW_SUBMISSION:
        return _to_watch(interview, decision_due)
    if letter is words.REVIEW_WANTED:
        return _to_score(interview)
    return _let_in_again(interview, by) if letter is words.NEW_LINK else _going_on(interview, by)


def candidate_of(interview: Interview) -> outbox.Recipient:
    candidate = interview.application.candidate
    return outbox.Recipient(email=candidate.email, name=candidate.name, locale=candidate.locale, zone=candidate.zone)


def _post(
    letter: Letter,
    interview: Interview,
    values: Mapping[str, Value],
    key: str,
    *,
    by: Actor | None,
    link: CandidateLink | None = None,
) -> Message:
    return outbox.post(
        letter,
        to=candidate_of(interview),
        values=values,
        about=interview.application_id,
        dedupe_key=f"{letter.kind.replace('_', '-')}:{key}",
        link=link.pk if link else interview.link_id,
        reply_to=by.email if isinstance(by, User) else "",
    )


def _from(interview: Interview, by: Actor) -> dict[str, Value]:
    """What every mail of somebody to the candidate knows."""
    sender = by.name if isinstance(by, User) else ""
    return {
        "job": interview.application.job.title,
        "deadline": partial(moments.moment, interview.deadline_at),
        "sender": sender,
        "reader": sender or gettext_lazy("a person"),
    }


def _invited(interview: Interview, by: Actor, *, is_new: bool = False) -> dict[str, Value]:
    facts = briefing.of(interview, company=_company(), is_new=is_new)
    return _from(interview, by) | {
        "note": "",
        "minutes": str(facts.minutes),
        "what_to_expect": Block("emails/facts", {"briefing": facts}, for_many=True),
        "why": Block("candidate/interviews/why", for_many=True),
    }


def _going_on(interview: Interview, by: Actor) -> dict[str, Value]:
    return _from(interview, by) | {"progress": partial(_how_far, interview)}


def _how_far(interview: Interview) -> str:
    how_far = progress.of(interview)
    recorded, asked = len(how_far.ready), len(how_far.lines)
    if not recorded:
        minutes = briefing.of(interview, company=_company()).minutes
        return ngettext("It takes about %(n)d minute.", "It takes about %(n)d minutes.", minutes) % {"n": minutes}
    if recorded == asked:
        return _("Your answers are recorded; only sending them is left.")
    return _("%(done)d of %(all)d answers are recorded, and kept.") % {"done": recorded, "all": asked}


def _let_in_again(interview: Interview, by: Actor) -> dict[str, Value]:
    is_open = interview.submitted_at is None and deadlines.is_open(interview, timezone.now())
    return _from(interview, by) | ({} if is_open else {"deadline": ""})


def _handed_in(interview: Interview, receipt: Receipt, decision_due: datetime) -> dict[str, Value]:
    facts = briefing.of(interview, company=_company())
    return {
        "job": interview.application.job.title,
        "receipt": Block("emails/receipt", {"receipt": receipt}),
        "verify_link": settings.BASE_URL + reverse("verify", args=[receipt.code]),
        "watchers": lambda: facts.who_watches,
        "decision_day": partial(moments.day, decision_due),
    }


def _to_watch(interview: Interview, decision_due: datetime) -> dict[str, Value]:
    return {
        "candidate": interview.application.candidate.name,
        "job": interview.application.job.title,
        "decision_day": partial(moments.day, decision_due),
        "link": settings.BASE_URL + reverse("reviewer:application", args=[interview.application_id]),
    }


def _to_score(interview: Interview) -> dict[str, Value]:
    """Nothing of who it is: the page shows no name before the card is in."""
    owed = interview.application.obligations.owed().order_by("due_at").first()
    return {
        "job": interview.application.job.title,
        "decision_day": partial(moments.day, owed.due_at) if owed else "",
        "link": settings.BASE_URL + reverse("reviewer:interviews:cockpit", args=[interview.pk]),
    }


def _company() -> str:
    company = Company.objects.current()
    return company.name if company else "Callback"


def _recruiters(interview: Interview) -> list[User]:
    members = interview.application.job.members.filter(role=Role.RECRUITER, user__is_active=True)
    return [member.user for member in members.select_related("user")]
