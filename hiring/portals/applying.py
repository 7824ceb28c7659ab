"""Applying: what somebody sends us about themselves, and all that follows from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from hiring.lib import clock
from hiring.lib.actors import SYSTEM
from hiring.lib.errors import Refusal
from hiring.pipeline import events, process, promises, stages
from hiring.pipeline import operations as pipeline
from hiring.pipeline.models import Application, Candidate, Job
from hiring.portals import confirmations
from interviews import waiting
from screening import documents, knockouts
from screening.documents import Accepted

SAME_PRESS = timedelta(minutes=1)  # within it, a second form is the same one sent twice


@dataclass(frozen=True, slots=True)
class Sent:
    """What somebody typed and chose. ``phone`` is in E.164; ``answers`` are those to ``knockouts.form_fields``."""

    name: str
    email: str
    phone: str = ""
    profile_url: str = ""
    source: str = ""
    zone: str = ""
    resume: Accepted | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)


def apply(job: Job, sent: Sent) -> Application | None:
    """Take in an application for ``job``: confirm it to the candidate, tell the recruiters, begin its first stage.

    ``None`` where the address has an open application in ``job``: then only that address is told, so that nobody can
    find out who applied. Raises ``NotTakingApplications``, and ``NotStored`` where the résumé could not be kept.
    """
    if sent.resume is not None:
        documents.store(sent.resume)
    application = None
    try:
        application = _take_in(job, sent)
    except pipeline.AlreadyInThisJob:
        _tell_again(job, sent.email)
    finally:
        if application is None and sent.resume is not None:
            documents.discard(sent.resume)
    return application


@transaction.atomic
def _take_in(job: Job, sent: Sent) -> Application:
    zone = sent.zone if clock.is_zone(sent.zone) else ""
    candidate = pipeline.known_or_new(name=sent.name, email=sent.email, zone=zone)
    application = pipeline.enter(job, candidate, source=sent.source)
    process.refuse_private(job)  # read after the insert, which waits for whoever closes the job at this moment
    _learn(application, sent)
    events.record(application, "application_received", by=candidate)
    knockouts.save(application, sent.answers)
    if sent.resume is not None:
        documents.attach(application, sent.resume, by=candidate)
    promises.promise_decision(application, since=application.created_at)
    trouble = _begin(application)
    confirmations.received(application)
    confirmations.announce(application, trouble=trouble)
    return application


def _learn(application: Application, sent: Sent) -> None:
    """Keep what we did not know of the candidate. What we knew stays: whoever sends this need only know an address."""
    candidate = application.candidate
    if not candidate.zone:
        waiting.learn_zone(application, sent.zone)
    unknown = {
        name: said
        for name in ("phone", "profile_url")
        if (said := getattr(sent, name)) and not getattr(candidate, name)
    }
    if unknown:
        Candidate.objects.filter(pk=candidate.pk).update(**unknown)


def _begin(application: Application) -> str:
    """Begin the first stage. Where that is refused the application stands all the same: the reason, for the team.

    When the first step is the candidate's, we owe them nothing until they took it.
    """
    try:
        with transaction.atomic():
            stages.of(application).open(application, by=SYSTEM)
    except Refusal as refusal:
        events.record(application, "stage_not_begun", by=SYSTEM, remark=str(refusal), code=refusal.code)
        return str(refusal)
    step = stages.of(application).next_step(application)
    if step is not None and step.url:
        promises.keep(application)
    return ""


@transaction.atomic
def _tell_again(job: Job, email: str) -> None:
    theirs = Q(candidate__email__iexact=email) | Q(candidate__absorbed__email__iexact=email)
    standing = Application.objects.select_related("candidate", "job").filter(theirs, job=job, outcome__isnull=True)
    application = standing.first()
    if application is None or timezone.now() - application.created_at < SAME_PRESS:
        return
    if confirmations.repeated(application) is not None:
        events.record(application, "application_repeated", by=SYSTEM)
