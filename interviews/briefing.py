"""What a candidate is told before anything is recorded: computed from the version they are asked, never typed.

The invitation and the "what to expect" page show the same facts, so neither can promise something else.
"""

import math
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hiring.accounts.models import User
from hiring.lib import memo, moments
from hiring.pipeline import promises
from hiring.pipeline.models import OVERSEEING, JobMember, JobStage, Role
from hiring.rubrics import estimates
from hiring.rubrics.models import Question, QuestionSetVersion
from interviews.models import Interview, InterviewSettings

MEGABYTES_A_MINUTE = 12  # 1.5 Mbit/s of video and 64 kbit/s of sound


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of what to expect. ``name`` is for code, ``label`` and ``text`` for people."""

    name: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """Everything a candidate should know first. Texts are made in the language and zone that are current when read."""

    questions: tuple[Question, ...]
    watchers: tuple[tuple[str, Role | None], ...]  # none: asked to help with this one
    decision_days: int
    decision_due_if_today: datetime
    deadline_at: datetime
    company: str

    @property
    def minutes(self) -> int:
        """About how long it all takes: what whoever wrote the question set was shown."""
        return estimates.estimate(self.questions).candidate

    @property
    def recorded_minutes(self) -> int:
        return math.ceil(sum(question.answer_seconds for question in self.questions) / 60)

    @property
    def facts(self) -> list[Fact]:
        return [
            Fact("questions", _("Questions"), self._count()),
            Fact("answers", _("Time for an answer"), self._answers()),
            Fact("thinking", _("Time to think"), self._thinking()),
            Fact("retakes", _("Another try"), self._retakes()),
            Fact("minutes", _("All together"), self._minutes()),
            Fact("deadline", _("Open until"), moments.moment(self.deadline_at)),
            Fact("equipment", _("What you need"), self._equipment()),
            Fact("watchers", _("Who watches"), self.who_watches),
            Fact("decision", _("When you hear back"), self._decision()),
        ]

    @property
    def who_watches(self) -> str:
        if not self.watchers:
            return _("The people at %(company)s who hire for this job.") % {"company": self.company}
        people = [
            _("%(name)s (%(role)s)") % {"name": name, "role": str(role.label).lower()} if role else name
            for name, role in self.watchers
        ]
        return _("%(people)s, and interviewers they ask to help. Nobody else.") % {
            "people": get_text_list(people, _("and"))
        }

    def _count(self) -> str:
        return ngettext("%(number)d question.", "%(number)d questions, one at a time.", len(self.questions)) % {
            "number": len(self.questions)
        }

    def _answers(self) -> str:
        limits = {question.answer_seconds for question in self.questions}
        if len(limits) == 1:
            return _("Up to %(length)s each. Shorter is fine.") % {"length": length(limits.pop())}
        return _("Between %(shortest)s and %(longest)s at most, shown with each question. Shorter is fine.") % {
            "shortest": length(min(limits, default=0)),
            "longest": length(max(limits, default=0)),
        }

    def _thinking(self) -> str:
        limits = {question.think_seconds for question in self.questions}
        if limits == {None}:
            return _("As long as you like before each answer.")
        if limits == {0}:
            return _("Recording starts when you press the button.")
        if len(limits) == 1:
            return _("%(length)s with each question before you record.") % {"length": length(limits.pop() or 0)}
        return _("Some with each question before you record; it is shown there.")

    def _retakes(self) -> str:
        limits = {question.retakes for question in self.questions}
        if limits == {None}:
            return _("Record an answer as often as you like and choose the one we see.")
        if limits == {0}:
            return _("One recording for each question. If something breaks, that does not count.")
        if len(limits) == 1:
            number = limits.pop() or 0
            return ngettext(
                "You can record each answer once more and choose the one we see.",
                "You can record each answer %(number)d more times and choose the one we see.",
                number,
            ) % {"number": number}
        return _("Most answers can be recorded again; each question says how often. You choose the one we see.")

    def _minutes(self) -> str:
        return _("About %(minutes)d minutes, in one go or with breaks between the questions.") % {
            "minutes": self.minutes
        }

    def _equipment(self) -> str:
        return _(
            "A phone, tablet or computer with a camera, a microphone and a current browser "
            "(Safari 16.4, Chrome 109, Firefox 115 or newer). No app, no account. "
            "Up to about %(megabytes)d MB are sent, if you pay for data."
        ) % {"megabytes": self.recorded_minutes * MEGABYTES_A_MINUTE}

    def _decision(self) -> str:
        return ngettext(
            "Within %(number)d business day of sending your answers. Send them today and you hear by %(day)s.",
            "Within %(number)d business days of sending your answers. Send them today and you hear by %(day)s.",
            self.decision_days,
        ) % {"number": self.decision_days, "day": moments.day(self.decision_due_if_today)}


def of(interview: Interview, *, company: str, is_new: bool = False) -> Briefing:
    """The briefing of ``interview`` as things stand now; of one that ``is_new`` nobody is asked to score it yet."""
    job = interview.application.job
    return Briefing(
        questions=tuple(interview.version.questions.all()),
        watchers=tuple(_watchers(interview, is_new=is_new)),
        decision_days=job.decision_days,
        decision_due_if_today=promises.decision_due(job, timezone.now()),
        deadline_at=interview.deadline_at,
        company=company,
    )


def promise(stage: JobStage) -> str:
    """What a job's page says of its one-way stage: how much is asked, and how long it takes."""
    questions = _asked_next(stage)
    if not questions:
        return _("You record answers to a few questions, whenever it suits you. People watch them.")
    return ngettext(
        "%(number)d question, answered on video whenever it suits you: about %(minutes)d minutes. People watch.",
        "%(number)d questions, answered on video whenever it suits you: about %(minutes)d minutes. People watch.",
        len(questions),
    ) % {"number": len(questions), "minutes": estimates.estimate(questions).candidate}


def minutes(stage: JobStage) -> int:
    """About how long the one-way stage ``stage`` takes a candidate; 0 before anybody said what it asks."""
    return estimates.estimate(_asked_next(stage)).candidate


def length(seconds: int) -> str:
    """``90`` → ``1 minute 30 seconds``."""
    minutes, rest = divmod(seconds, 60)
    parts = []
    if minutes:
        parts.append(ngettext("%(number)d minute", "%(number)d minutes", minutes) % {"number": minutes})
    if rest or not minutes:
        parts.append(ngettext("%(number)d second", "%(number)d seconds", rest) % {"number": rest})
    return " ".join(parts)


def _asked_next(stage: JobStage) -> tuple[Question, ...]:
    """What whoever is invited to ``stage`` now would be asked."""
    version = (
        QuestionSetVersion.objects.filter(
            question_set__in=InterviewSettings.objects.filter(stage=stage).values("question_set"),
            published_at__isnull=False,
        )
        .prefetch_related("questions")
        .order_by("-number")
        .first()
    )
    return tuple(version.questions.all()) if version else ()


def _watchers(interview: Interview, *, is_new: bool) -> list[tuple[str, Role | None]]:
    job = interview.application.job_id
    named = dict(memo.once(("overseeing", job), lambda: _overseeing(job)))
    if is_new:
        return list(named.values())
    assigned = User.objects.filter(
        review_assignments__assessment=interview.assessment_id, review_assignments__released_at__isnull=True
    )
    for reviewer in assigned:
        named.setdefault(reviewer.pk, (str(reviewer), None))
    return list(named.values())


def _overseeing(job: UUID) -> dict[UUID, tuple[str, Role | None]]:
    members = JobMember.objects.filter(job=job, role__in=OVERSEEING, user__is_active=True).select_related("user")
    return {member.user_id: (str(member.user), Role(member.role)) for member in members}
