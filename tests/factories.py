"""Rows for tests, without surprises: each builder makes exactly what its name says."""

from datetime import timedelta
from uuid import uuid4

from allauth.mfa.totp.internal import auth as totp
from django.utils import timezone

from hiring.accounts.models import User
from hiring.lib import tokens
from hiring.pipeline import links
from hiring.pipeline.models import (
    Application,
    Candidate,
    Job,
    JobMember,
    JobStage,
    ProcessTemplate,
    ProcessTemplateStage,
    RejectReason,
    Role,
    Stay,
)
from hiring.rubrics.models import (
    ANCHORED,
    Anchor,
    Assessment,
    Competency,
    Question,
    QuestionCompetency,
    QuestionSet,
    QuestionSetVersion,
    ReviewAssignment,
    Score,
    Scorecard,
)
from interviews import notice
from interviews.models import Answer, Consent, Interview, InterviewSettings, Take

PASSWORD = "correct horse battery"


def user(name: str, *, is_admin: bool = False) -> User:
    return User.objects.create_user(f"{name.lower()}@northwind.test", PASSWORD, name=name, is_admin=is_admin)


def second_factor(who: User) -> str:
    """Turn ``who``'s on as their own page would; the secret their app would hold."""
    secret: str = totp.generate_totp_secret()
    totp.TOTP.activate(who, secret)
    return secret


def one_time_code(secret: str) -> str:
    """What the app shows for ``secret`` now."""
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return str(totp.format_hotp_value(totp.hotp_value(secret, counter)))


def job(title: str, *, question_set: QuestionSet, **members: User) -> Job:
    """A job whose only stage is a one-way interview; ``members`` are named by role."""
    made = Job.objects.create(title=title, slug=f"{title.lower().replace(' ', '-')}-{uuid4().hex[:6]}")
    stage = JobStage.objects.create(job=made, position=1, kind="interview", name="One-way interview")
    InterviewSettings.objects.create(stage=stage, question_set=question_set)
    for role, member in members.items():
        JobMember.objects.create(job=made, user=member, role=Role(role))
    return made


def published_job(made: Job, *, description: str = "You help people whose things do not work.") -> Job:
    """The same job, described and on the public list."""
    made.description, made.published_at = description, timezone.now()
    made.save(update_fields=["description", "published_at"])
    return made


def question(version: QuestionSetVersion | None, text: str, *competencies: str, **limits: object) -> Question:
    """A question with an anchor at 1, 3 and 5 for each of its ``competencies``."""
    position = version.questions.count() + 1 if version else 0
    made = Question.objects.create(version=version, text=text, position=position, **limits)
    for place, name in enumerate(competencies):
        competency, _ = Competency.objects.get_or_create(name=name)
        pair = QuestionCompetency.objects.create(question=made, competency=competency, position=place)
        for level in ANCHORED:
            Anchor.objects.create(pair=pair, level=level, text=f"{name} at {level}")
    return made


def competency(name: str) -> Competency:
    return Competency.objects.get_or_create(name=name)[0]


def drafted(name: str, *questions: tuple[str, ...]) -> QuestionSetVersion:
    """Version 1 of a question set, not published; each question is its text and its competencies."""
    question_set = QuestionSet.objects.create(name=name)
    version = QuestionSetVersion.objects.create(question_set=question_set, number=1)
    for text, *competencies in questions:
        question(version, text, *competencies)
    return version


def published(name: str, *questions: tuple[str, ...], by: User) -> QuestionSetVersion:
    """The same, published."""
    version = drafted(name, *questions)
    version.published_at, version.published_by = timezone.now(), by
    version.save()
    return version


def candidate(name: str, **fields: object) -> Candidate:
    """The person of that name, always the same one."""
    email = f"{name.lower().replace(' ', '.')}@example.test"
    return Candidate.objects.get_or_create(email=email, defaults={"name": name, **fields})[0]


def application(to: Job, name: str, **fields: object) -> Application:
    """An application of ``name``, in the first stage; ``fields`` are the candidate's."""
    return placed(candidate(name, **fields), to.stages.order_by("position")[0])


def placed(person: Candidate, stage: JobStage) -> Application:
    """An application of ``person`` that stands in ``stage``, with its open stay."""
    made = Application.objects.create(candidate=person, job=stage.job, stage=stage)
    Stay.objects.create(application=made, stage=stage)
    return made


def stage(of: Job, kind: str, name: str = "") -> JobStage:
    """Another stage at the end of a job's process."""
    return JobStage.objects.create(job=of, position=of.stages.count() + 1, kind=kind, name=name or kind.title())


def process_stage(kind: str, template: str = "Record first") -> ProcessTemplateStage:
    """Another stage at the end of a process that new jobs can begin with."""
    of, _created = ProcessTemplate.objects.get_or_create(name=template, defaults={"description": "For most roles."})
    return of.stages.create(position=of.stages.count() + 1, kind=kind, name=kind.title())


def reason(name: str = "Others fit the role more closely", *, words: str = "Others were closer.") -> RejectReason:
    return RejectReason.objects.get_or_create(name=name, defaults={"words": words})[0]


def interview(of: Application, version: QuestionSetVersion, *, consented: bool = False) -> Interview:
    """An invited interview with an empty answer per question."""
    deadline = timezone.now() + timedelta(days=7)
    made = Interview.objects.create(
        application=of,
        stage=of.stage,
        assessment=Assessment.objects.create(kind=Assessment.Kind.INTERVIEW, version=version),
        link=links.issue(of, expires_at=deadline + timedelta(days=30)),
        deadline_at=deadline,
    )
    Answer.objects.bulk_create(Answer(interview=made, question=asked) for asked in version.questions.all())
    if consented:
        Consent.objects.create(
            interview=made,
            notice_version=notice.VERSION,
            text_sha256=tokens.fingerprint("the notice"),
            retention_days=180,
            locale="en",
        )
    return made


def take(of: Answer, **fields: object) -> Take:
    """The next take of an answer, still recording unless ``fields`` say more."""
    return Take.objects.create(answer=of, number=of.takes.count() + 1, **fields)


def playable(of: Answer, *, chosen: bool = True, **fields: object) -> Take:
    """A take that a worker made playable, without any object in the store."""
    made = take(
        of,
        **{
            "state": Take.State.PLAYABLE,
            "received_at": timezone.now(),
            "playable_at": timezone.now(),
            "video": "video.mp4",
            "seconds": 12.0,
            "manifest": [{"epoch": 1, "pieces": [{"size": 3, "sha256": "0" * 64}]}],
            **fields,
        },
    )
    if chosen:
        of.chosen_take = made
        of.save(update_fields=["chosen_take"])
    return made


def submitted(of: Application, version: QuestionSetVersion) -> Interview:
    """An interview handed in, a playable take chosen for every question."""
    made = interview(of, version, consented=True)
    for answer in made.answers.all():
        playable(answer)
    made.status, made.started_at, made.submitted_at = Interview.Status.SUBMITTED, timezone.now(), timezone.now()
    made.receipt = tokens.short_code("receipt", made.pk.bytes)
    made.save()
    return made


def card(of: Interview, reviewer: User, *, value: int = 4) -> Scorecard:
    """A card ``reviewer`` was asked for and has handed in, every score ``value``."""
    assignment(of, reviewer)
    made = Scorecard.objects.create(assessment=of.assessment, reviewer=reviewer, recommendation="pass")
    pairs = QuestionCompetency.objects.filter(question__version=of.version)
    Score.objects.bulk_create(Score(scorecard=made, pair=pair, value=value) for pair in pairs)
    made.submitted_at = timezone.now()
    made.save(update_fields=["submitted_at"])
    return made


def assignment(of: Interview, reviewer: User) -> ReviewAssignment:
    return ReviewAssignment.objects.create(assessment=of.assessment, reviewer=reviewer)


def screening_stage(of: Job) -> JobStage:
    """A résumé review before everything else in a job's process."""
    for place, stage in enumerate(of.stages.order_by("-position")):
        JobStage.objects.filter(pk=stage.pk).update(position=of.stages.count() - place + 1)
    return JobStage.objects.create(job=of, position=1, kind="screening", name="Résumé review")
