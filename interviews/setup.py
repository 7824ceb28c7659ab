"""What a job's one-way stage asks, and for how long people may answer."""

from django.db.models import QuerySet

from hiring.pipeline.models import Job, JobStage
from hiring.rubrics.models import QuestionSet
from interviews.models import InterviewSettings

DAYS_TO_ANSWER = 7
LONGEST_DAYS = 60


def choosable_sets() -> QuerySet[QuestionSet]:
    """The question sets a stage can ask: those with a published version, not archived."""
    return QuestionSet.objects.filter(versions__published_at__isnull=False, archived_at__isnull=True).distinct()


def settings_of(stage: JobStage) -> InterviewSettings | None:
    """What the one-way stage ``stage`` asks, or ``None`` before anybody said so."""
    return InterviewSettings.objects.filter(stage=stage).select_related("question_set", "stage").first()


def asked_in(job: Job) -> list[InterviewSettings]:
    """What each one-way stage of ``job`` asks, in the order of its process; those that ask nothing yet are left out."""
    known = InterviewSettings.objects.filter(stage__job=job).select_related("question_set", "stage")
    return list(known.order_by("stage__position"))


def ask(stage: JobStage, question_set: QuestionSet, *, days_to_answer: int) -> InterviewSettings:
    """Let ``stage`` ask the newest published version of ``question_set``. Interviews already invited keep theirs."""
    settings, _created = InterviewSettings.objects.update_or_create(
        stage=stage, defaults={"question_set": question_set, "days_to_answer": days_to_answer}
    )
    return settings
