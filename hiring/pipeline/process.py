"""How a job's process is put together, when the public sees the job, and when it is over."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hiring.lib.errors import Refusal
from hiring.pipeline import stages
from hiring.pipeline.models import Application, Decision, Job, JobStage

MOST_STAGES = 10


class StageInUse(Refusal):
    code = "stage_in_use"


class TooManyStages(Refusal):
    code = "too_many_stages"


class CandidatesUndecided(Refusal):
    """A job with people in it who do not know how it goes on is not closed."""

    code = "candidates_undecided"


class NothingToPublish(Refusal):
    code = "nothing_to_publish"


class NotTakingApplications(Refusal):
    code = "not_taking_applications"


@transaction.atomic
def add_stage(job: Job, kind: str, *, name: str = "") -> JobStage:
    """Another stage of ``kind`` at the end of the process of ``job``. Raises ``TooManyStages`` beyond ten."""
    last = _locked_stages(job)
    if len(last) >= MOST_STAGES:
        raise TooManyStages(
            _("A process has at most %(n)d stages. Candidates would not see its end.") % {"n": MOST_STAGES}
        )
    position = last[-1].position + 1 if last else 1
    called = name.strip() or str(stages.all_kinds()[kind].name)
    return JobStage.objects.create(job=job, position=position, kind=kind, name=called)


def rename_stage(stage: JobStage, *, name: str) -> JobStage:
    stage.name = name.strip()
    stage.save(update_fields=["name"])
    return stage


@transaction.atomic
def order_stages(job: Job, order: Sequence[UUID]) -> None:
    """Put the stages of ``job`` into ``order``; those it does not name come last, as they were. Whoever stands in a
    stage goes on from there."""
    standing = _locked_stages(job)
    places = {pk: place for place, pk in enumerate(order)}
    wanted = sorted(standing, key=lambda stage: (places.get(stage.pk, len(places)), stage.position))
    beyond = max((stage.position for stage in standing), default=0)
    for shift in (beyond, 0):  # two passes: no two stages may share a position even for a moment
        for position, stage in enumerate(wanted, start=1 + shift):
            JobStage.objects.filter(pk=stage.pk).update(position=position)


def moved(order: Sequence[UUID], one: UUID, *, by: int) -> list[UUID]:
    """``order`` with ``one`` moved by so many places, as far as there are any."""
    rest = [other for other in order if other != one]
    place = min(max(order.index(one) + by, 0), len(rest))
    return [*rest[:place], one, *rest[place:]]


@transaction.atomic
def remove_stage(stage: JobStage) -> None:
    """Take a stage out of a process. Raises ``StageInUse`` once anybody was in it: their history names it."""
    if len(_locked_stages(stage.job)) == 1:
        raise StageInUse(_("“%(stage)s” is the only stage of this job; a process needs one.") % {"stage": stage})
    try:
        with transaction.atomic():
            stage.delete()
    except ProtectedError as error:
        raise StageInUse(_("Candidates have been in “%(stage)s”, so it stays.") % {"stage": stage}) from error


def publish(job: Job) -> Job:
    """Show ``job`` on the public list from now on. Raises ``NothingToPublish`` when it is closed or says nothing."""
    if job.archived_at is not None:
        raise NothingToPublish(_("“%(job)s” is closed. Reopen it first.") % {"job": job})
    if not job.description.strip():
        raise NothingToPublish(_("Describe the job first: nobody can apply for a title alone."))
    job.published_at = job.published_at or timezone.now()
    job.save(update_fields=["published_at"])
    return job


def unpublish(job: Job) -> Job:
    """Take ``job`` off the public list. Who applied stays."""
    job.published_at = None
    job.save(update_fields=["published_at"])
    return job


@transaction.atomic
def close(job: Job) -> Job:
    """End ``job``: nobody applies or is invited any more. Raises ``CandidatesUndecided`` while somebody waits."""
    current = Job.objects.select_for_update().get(pk=job.pk)
    waiting = undecided(current).count()
    if waiting:
        raise CandidatesUndecided(
            ngettext(
                "%(n)d candidate still waits for a decision. Tell them first, then close the job.",
                "%(n)d candidates still wait for a decision. Tell them first, then close the job.",
                waiting,
            )
            % {"n": waiting},
            waiting=waiting,
        )
    current.archived_at = current.archived_at or timezone.now()
    current.save(update_fields=["archived_at"])
    return current


def reopen(job: Job) -> Job:
    job.archived_at = None
    job.save(update_fields=["archived_at"])
    return job


def refuse_private(job: Job) -> None:
    """Raise ``NotTakingApplications`` unless ``job`` is on the public list now, whatever it was when it was read."""
    if not Job.objects.public().filter(pk=job.pk).exists():
        raise NotTakingApplications(_("“%(job)s” is closed by now, so nobody can apply for it.") % {"job": job})


def undecided(job: Job) -> QuerySet[Application]:
    """The open applications of ``job`` about which nobody has decided yet."""
    decided = Decision.objects.pending().filter(application__job=job).values("application")
    return Application.objects.filter(job=job, outcome__isnull=True).exclude(pk__in=decided)


def _locked_stages(job: Job) -> list[JobStage]:
    Job.objects.select_for_update().get(pk=job.pk)
    return list(JobStage.objects.filter(job=job))
