"""An interview that nobody has: built in memory for looking at a question set as a candidate, never saved."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone

from hiring.accounts.models import Company
from hiring.pipeline.models import Application, Candidate, Job
from hiring.rubrics.models import Assessment, Question, QuestionSetVersion
from interviews import deadlines
from interviews.models import Interview, InterviewSettings


@dataclass(frozen=True, slots=True)
class Place:
    """One question of a version: its number from 1 of ``total``, and the one after it, if any."""

    question: Question
    number: int
    total: int
    next: Question | None


def of(version: QuestionSetVersion) -> Interview:
    """What somebody invited today, with the usual days to answer, would have. Nothing in it is a row."""
    company = Company.objects.current() or Company()
    job = Job(title=version.question_set.name)
    return Interview(
        application=Application(job=job, candidate=Candidate()),
        assessment=Assessment(kind=Assessment.Kind.INTERVIEW, version=version),
        deadline_at=deadlines.of(timezone.now(), InterviewSettings().days_to_answer, ZoneInfo(company.zone)),
    )


def places(version: QuestionSetVersion) -> list[Place]:
    """The questions of ``version`` in the order they are asked."""
    asked = list(version.questions.all())
    return [
        Place(question, number, len(asked), following)
        for number, (question, following) in enumerate(zip(asked, [*asked[1:], None], strict=False), start=1)
    ]
