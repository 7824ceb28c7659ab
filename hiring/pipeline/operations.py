"""The verbs of the pipeline: open a job, say who works on it, add a candidate."""

from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hiring.accounts.models import User
from hiring.lib.actors import Actor
from hiring.lib.errors import Refusal
from hiring.pipeline import events
from hiring.pipeline.models import Application, Candidate, Job, JobMember, JobStage, Role


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
    stage_kind: str = "interview",
    stage_name: str = "",
) -> Job:
    """A new job with its first stage. Whoever opens it recruits for it."""
    job = Job.objects.create(
        title=title,
        slug=_free_slug(title),
        location=location,
        description=description,
        decision_days=decision_days,
        cards_needed=cards_needed,
    )
    JobStage.objects.create(job=job, position=1, kind=stage_kind, name=stage_name or _("One-way interview"))
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

    Refuses with ``AlreadyInThisJob`` while an earlier application of theirs is open, and for an archived job.
    """
    if job.archived_at is not None:
        raise JobClosed(_("“%(job)s” is closed, so nobody can be added to it.") % {"job": job})
    candidate = _candidate(name=name, email=email, zone=zone)
    first = job.stages.order_by("position").first()
    if first is None:
        raise JobClosed(_("“%(job)s” has no stage yet to put somebody into.") % {"job": job})
    try:
        with transaction.atomic():
            application = Application.objects.create(candidate=candidate, job=job, stage=first)
    except IntegrityError as error:
        raise _already_here(candidate, job) from error
    events.record(application, "application_added", by=by)
    return application


def _candidate(*, name: str, email: str, zone: str) -> Candidate:
    known = Candidate.objects.filter(email__iexact=email).first()
    if known is not None:
        return known
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
