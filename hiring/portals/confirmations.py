"""The mails about applying: to whom, and the facts they carry. What they say is in ``words``."""

from collections.abc import Mapping
from functools import partial

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from hiring.accounts.models import User
from hiring.lib import moments
from hiring.mail import outbox
from hiring.mail.letters import Block, Letter, Value
from hiring.mail.models import Message
from hiring.pipeline import letters as pipelining
from hiring.pipeline import links
from hiring.pipeline.models import Application, Obligation
from hiring.portals import roadmap, words


def received(application: Application) -> Message:
    """Tell the candidate that everything arrived, and all that follows."""
    return _to_candidate(words.APPLICATION_RECEIVED, application, _received(application), str(application.pk))


def repeated(application: Application) -> Message | None:
    """Tell whoever applied twice that the first time counts. Once a day: nobody's mailbox is filled by somebody else.

    ``None`` when that was said today.
    """
    key = f"{application.pk}:{timezone.now().date()}"
    if Message.objects.filter(dedupe_key=_dedupe_key(words.APPLICATION_REPEATED, key)).exists():
        return None
    return _to_candidate(words.APPLICATION_REPEATED, application, _repeated(application), key)


def announce(application: Application, *, trouble: str) -> list[Message]:
    """Tell the job's recruiters that somebody applied; ``trouble`` is why the first stage could not begin, if so."""
    return [
        outbox.post(
            words.NEW_APPLICATION,
            to=outbox.Recipient(email=recruiter.email, name=recruiter.get_short_name()),
            values=_announced(application, trouble),
            about=application.pk,
            dedupe_key=f"new-application:{application.pk}:{recruiter.pk}",
        )
        for recruiter in pipelining.recruiters_of(application)
    ]


def sample(letter: Letter, application: Application, by: User) -> Mapping[str, Value]:
    """What ``letter`` about ``application`` would say now."""
    if letter is words.NEW_APPLICATION:
        return _announced(application, "")
    made = _repeated(application) if letter is words.APPLICATION_REPEATED else _received(application)
    return {**made, "sender": by.name, "reader": by.name}


def _to_candidate(letter: Letter, application: Application, values: Mapping[str, Value], key: str) -> Message:
    recruiters = pipelining.recruiters_of(application)
    return outbox.post(
        letter,
        to=pipelining.candidate_of(application),
        values=values,
        about=application.pk,
        dedupe_key=_dedupe_key(letter, key),
        link=links.lasting(application).pk,
        reply_to=recruiters[0].email if recruiters else "",
    )


def _dedupe_key(letter: Letter, key: str) -> str:
    return f"{letter.kind.replace('_', '-')}:{key}"


def _from(application: Application) -> dict[str, Value]:
    recruiters = pipelining.recruiters_of(application)
    sender = recruiters[0].name if recruiters else ""
    return {"job": application.job.title, "sender": sender, "reader": sender or gettext_lazy("a person")}


def _received(application: Application) -> dict[str, Value]:
    road = roadmap.of(application.job, since=application.created_at)
    return {
        **_from(application),
        "decision_day": _promised(application),
        "process": Block("emails/process", {"road": road}),
    }


def _repeated(application: Application) -> dict[str, Value]:
    return {**_from(application), "applied_day": partial(moments.day, application.created_at)}


def _announced(application: Application, trouble: str) -> dict[str, Value]:
    return {
        "candidate": application.candidate.name,
        "job": application.job.title,
        "decision_day": _promised(application),
        "trouble": trouble,
        "link": settings.BASE_URL + reverse("reviewer:application", args=[application.pk]),
    }


def _promised(application: Application) -> Value:
    """By when we owe ``application`` an answer; nothing while it is the candidate's turn."""
    owed = Obligation.objects.owed().filter(application=application, kind=Obligation.Kind.DECISION).first()
    return partial(moments.day, owed.due_at) if owed else ""
