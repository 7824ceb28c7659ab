"""The verbs of the pipeline: open a job, say who works on it, take somebody in, move them.

How a job's process is put together and when the public sees it is ``process``; how an application ends, ``decisions``.
"""

from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hiring.accounts.models import User
from hiring.lib.actors import Actor
from hiring.lib.errors import Refusal
from hiring.pipeline import events, letters, promises, stages, transitions
from hiring.pipeline.models import Application, Candidate, Job, JobMember, JobStage, ProcessTemplate, Role, Stay
from hiring.pipeline.transitions import Move


class AlreadyInThisJob(Refusal):
    code = "already_in_this_job"


class JobClosed(Refusal):
    code = "job_closed"


class NotStaff(Refusal):
    code = "not_staff"


@transaction.atomic
def open_job(  # every argument is a line of the form
    *,
    title: str,
    by: User,
    location: str = "",
    description: str = "",
    decision_days: int = 5,
    cards_needed: int = 2,
    template: ProcessTemplate | None = None,
) -> Job:
    """A new job with the stages of ``template``, or else one one-way interview. Whoever opens it recruits for it."""
    job = Job.objects.create(
        title=title,
        slug=_free_slug(title),
        location=location,
        description=description,
        decision_days=decision_days,
        cards_needed=cards_needed,
    )
    planned = [(stage.kind, stage.name) for stage in template.stages.all()] if template else []
    for position, (kind, name) in enumerate(planned or [("interview", _("One-way interview"))], start=1):
        JobStage.objects.create(job=job, position=position, kind=kind, name=name)
    JobMember.objects.create(job=job, user=by, role=Role.RECRUITER)
    return job


def change_job(job: Job, *, title: str, location: str, description: str, decision_days: int, cards_needed: int) -> Job:
    """Change what the job says and needs. Its address stays; dates already promised stay."""
    job.title, job.location, job.description = title, location, description
    job.decision_days, job.cards_needed = decision_days, cards_needed
    job.save(update_fields=["title", "location", "description", "decision_days", "cards_needed"])
    return job


@transaction.atomic
def add_member(job: Job, user: User, *, role: Role | str, by: Actor) -> JobMember:
    """Let ``user`` work on ``job`` as ``role``; asked again with another role, that replaces the first."""
    if not user.is_active:
        raise NotStaff(_("%(name)s can’t sign in any more. Reactivate them first.") % {"name": user})
    member, _created = JobMember.objects.update_or_create(job=job, user=user, defaults={"role": Role(role)})
    return member


def remove_member(member: JobMember, *, by: Actor) -> None:
    """End a membership. From the next request on, the job is not there for them."""
    member.delete()


@transaction.atomic
def add_candidate(job: Job, *, name: str, email: str, by: Actor, zone: str = "") -> Application:
    """Put a person into the first stage of ``job``. A known e-mail is the same person, under the name we have.

    Their stage is not begun: whoever adds somebody says whether they hear of it. Refuses with ``AlreadyInThisJob``
    while an earlier application of theirs is open, and for an archived job.
    """
    if job.archived_at is not None:
        raise JobClosed(_("“%(job)s” is closed, so nobody can be added to it.") % {"job": job})
    candidate = known_or_new(name=name, email=email, zone=zone)
    application = enter(job, candidate)
    events.record(application, "application_added", by=by)
    return application


@transaction.atomic
def enter(job: Job, candidate: Candidate, *, source: str = "") -> Application:
    """Put ``candidate`` into the first stage of ``job``; the event is the caller's. Refuses as ``add_candidate``."""
    first = job.stages.order_by("position").first()
    if first is None:
        raise JobClosed(_("“%(job)s” has no stage yet to put somebody into.") % {"job": job})
    try:
        with transaction.atomic():
            application = Application.objects.create(candidate=candidate, job=job, stage=first, source=source)
    except IntegrityError as error:
        raise _already_here(candidate, job) from error
    Stay.objects.create(application=application, stage=first, entered_at=application.created_at)
    return application


@transaction.atomic
def advance(application: Application, *, by: Actor, note: str = "", together: UUID | None = None) -> Application:
    """On to the job's next stage, which tells the candidate, with ``note`` as a personal word.

    ``together`` is of many that are moved in one go. Raises ``IllegalMove``, and what the stage left (its gate) or
    entered refuses.
    """
    return _told(transitions.move(application, Move.ADVANCE, by=by, note=note), by, together)


@transaction.atomic
def skip(
    application: Application, *, by: Actor, reason: str, note: str = "", together: UUID | None = None
) -> Application:
    """On to the next stage past a gate that would refuse: ``reason`` is required, and kept for everybody to read."""
    return _told(transitions.move(application, Move.SKIP, by=by, reason=reason, note=note), by, together)


@transaction.atomic
def withdraw(application: Application, *, by: Candidate, reason: str = "") -> Application:
    """The candidate takes their application back. Why is theirs to say or not; the job's recruiters are told."""
    withdrawn = transitions.move(application, Move.WITHDRAW, by=by, reason=reason)
    promises.keep(withdrawn)
    letters.withdrew(withdrawn, reason=reason)
    return withdrawn


def reopen(application: Application, *, by: User, reason: str) -> Application:
    """Open a closed application again, in the stage where it ended. The candidate is told by whoever reopens it."""
    return transitions.move(application, Move.REOPEN, by=by, reason=reason)


def known_or_new(*, name: str, email: str, zone: str = "") -> Candidate:
    """The candidate with this address, under the name we have; otherwise a new one. An address that turned out to be
    another candidate's leads to them."""
    known = Candidate.objects.filter(email__iexact=email).select_related("merged_into").first()
    if known is not None:
        return known.merged_into or known
    try:
        with transaction.atomic():
            return Candidate.objects.create(name=name, email=email.lower(), zone=zone)
    except IntegrityError:  # somebody else added them this very moment
        return Candidate.objects.get(email__iexact=email)


def _already_here(candidate: Candidate, job: Job) -> AlreadyInThisJob:
    standing = Application.objects.get(candidate=candidate, job=job, outcome__isnull=True)
    sentence = _("%(name)s (%(email)s) is already in “%(job)s”, since %(day)s.") % {
        "name": candidate.name,
        "email": candidate.email,
        "job": job,
        "day": date_format(standing.created_at, pgettext("date format", "j F Y")),
    }
    return AlreadyInThisJob(sentence, application=str(standing.pk))


def _free_slug(title: str) -> str:
    stem = slugify(title)[:140] or "job"
    if not Job.objects.filter(slug=stem).exists():
        return stem
    return f"{stem}-{uuid4().hex[:6]}"


def _told(moved: Application, by: Actor, together: UUID | None) -> Application:
    """``moved``, with its recruiters told where people had scored: who reads résumés sees them go."""
    entered, left = moved.stays.select_related("stage").order_by("-entered_at")[:2]
    if isinstance(by, User) and stages.all_kinds()[left.stage.kind].is_scored:
        letters.moved_on(moved, by=by, together=together, key=entered.pk)
    return moved
