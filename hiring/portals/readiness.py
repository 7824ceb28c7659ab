"""What a stage of a job still needs before it can begin, and where that is said."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hiring.pipeline.models import Job, JobStage
from hiring.rubrics.models import QuestionSet
from interviews import setup
from interviews.models import InterviewSettings
from scheduling import queries as meeting
from scheduling.models import LiveRound
from screening import knockouts


@dataclass(frozen=True)
class Readiness:
    """``text`` says what the stage does or lacks; ``url`` is where it is set up."""

    text: str
    url: str
    is_ready: bool = True


def of(stage: JobStage) -> Readiness:
    return KINDS[stage.kind](stage)


def of_job(job: Job) -> list[tuple[JobStage, Readiness]]:
    """Every stage of ``job`` in order."""
    return [(stage, of(stage)) for stage in job.stages.all()]


def first_unready(job: Job) -> tuple[JobStage, Readiness] | None:
    """The first stage of ``job`` that ``of`` says is not ready; as many queries for ten stages as for one."""
    asking = InterviewSettings.objects.filter(stage__job=job, question_set__versions__published_at__isnull=False)
    booking = LiveRound.objects.filter(stage__job=job, seats__isnull=False).exclude(
        Q(meeting_url="") | Q(team_phone="")
    )
    ready = set(
        asking.order_by().values_list("stage", flat=True).union(booking.order_by().values_list("stage", flat=True))
    )
    for stage in job.stages.all():
        if stage.kind not in ALWAYS_READY and stage.pk not in ready:
            return stage, of(stage)
    return None


def hint(kind: str) -> str:
    """What whoever opens a job with a stage of ``kind`` has to do first, if anything."""
    if kind == "interview" and not setup.choosable_sets().exists():
        return _("No question set is published yet: publish one before you invite.")
    return ""


def _interview(stage: JobStage) -> Readiness:
    asks = setup.settings_of(stage)
    url = reverse("reviewer:job-stage", args=[stage.job_id, stage.pk])
    if asks is None:
        return Readiness(_("Asks nothing yet, so nobody can be invited."), url, is_ready=False)
    said = ngettext(
        "Asks “%(set)s”, %(days)d day to answer.", "Asks “%(set)s”, %(days)d days to answer.", asks.days_to_answer
    )
    return Readiness(
        said % {"set": asks.question_set, "days": asks.days_to_answer}, url, is_ready=_is_published(asks.question_set)
    )


def _is_published(question_set: QuestionSet) -> bool:
    return question_set.versions.filter(published_at__isnull=False).exists()


def _screening(stage: JobStage) -> Readiness:
    criteria = stage.criteria.filter(archived_at__isnull=True).count()
    asked = sum(question.stage_id == stage.pk for question in knockouts.asked(stage.job))
    url = reverse("reviewer:screening:criteria", args=[stage.pk])
    if not criteria:
        return Readiness(_("No criteria yet: everybody reads with their own eyes. A few make it fairer."), url)
    said = ngettext("%(n)d criterion to read by.", "%(n)d criteria to read by.", criteria) % {"n": criteria}
    if asked:
        said += " " + ngettext(
            "%(n)d question for everybody who applies.", "%(n)d questions for everybody who applies.", asked
        ) % {"n": asked}
    return Readiness(said, url)


def _live(stage: JobStage) -> Readiness:
    live = LiveRound.objects.filter(stage=stage).prefetch_related("seats").first()
    url = reverse("reviewer:scheduling:round", args=[stage.pk])
    if live is None or not live.seats.exists():
        return Readiness(_("Nobody sits in it yet, so no time can be offered."), url, is_ready=False)
    if not live.meeting_url or not live.team_phone:
        return Readiness(_("A meeting link and a backup phone are missing."), url, is_ready=False)
    said = ngettext("%(n)d minute with %(people)s", "%(n)d minutes with %(people)s", live.minutes)
    people = ngettext("%(n)d person of the team.", "%(n)d people of the team.", live.seats.count())
    told = said % {"n": live.minutes, "people": people % {"n": live.seats.count()}}
    for profile in meeting.hourless(live):
        told += " " + _("%(name)s has not stated their hours yet.") % {"name": profile}
    return Readiness(told, url)


ALWAYS_READY = {"screening"}
KINDS: dict[str, Callable[[JobStage], Readiness]] = {"screening": _screening, "interview": _interview, "live": _live}
