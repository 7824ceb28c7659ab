"""The rows of one person in one stage, as that stage's own operations would have left them."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model

from hiring.accounts.models import User
from hiring.lib import tokens
from hiring.mail.models import Message
from hiring.pipeline import links
from hiring.pipeline.models import (
    OVERSEEING,
    Application,
    Candidate,
    CandidateLink,
    Event,
    Job,
    JobStage,
    RejectReason,
    Stay,
)
from hiring.portals.demo.lots import Visit
from hiring.rubrics.models import (
    Assessment,
    Question,
    QuestionCompetency,
    QuestionSetVersion,
    ReviewAssignment,
    Score,
    Scorecard,
)
from interviews.models import Answer, Interview, InterviewSettings
from scheduling.models import Offer

Rows = defaultdict[type[Model], list[Any]]
A_WEEK = timedelta(days=7)
# How far somebody is in a stage, by their luck in it, from 0 to 1.
UNINVITED, BOUNCED, CAME, BEGAN, SENT, SCORED, SCORED_TWICE, LIKED = 0.05, 0.08, 0.2, 0.35, 0.45, 0.75, 0.85, 0.9
HELD = 0.9


@dataclass(frozen=True)
class One:
    """A person of the crowd, not saved yet."""

    person: Candidate
    application: Application

    def event(self, verb: str, at: datetime, by: User | Candidate, **details: object) -> Event:
        return Event(
            application=self.application,
            verb=verb,
            actor_kind=by.actor_kind,
            actor_id=by.actor_id,
            at=at,
            details=details,
        )


@dataclass(frozen=True)
class Setting:
    """What every person of the crowd meets alike: the stages, what they ask, who works on the job."""

    job: Job
    by: User
    reviewers: list[User]
    reason: RejectReason
    stages: list[JobStage]
    asked: dict[UUID, tuple[QuestionSetVersion, list[Question], list[QuestionCompetency]]]

    @classmethod
    def of(cls, job: Job, by: User) -> "Setting":
        overseers = job.members.filter(role__in=OVERSEEING).exclude(user=by).select_related("user")
        asked = {}
        for settings in InterviewSettings.objects.filter(stage__job=job).select_related("question_set"):
            version = settings.question_set.versions.filter(published_at__isnull=False).latest("number")
            pairs = QuestionCompetency.objects.filter(question__version=version)
            asked[settings.stage_id] = (version, list(version.questions.all()), list(pairs))
        reason = RejectReason.objects.filter(archived_at__isnull=True)[0]
        reviewers = [by, *(member.user for member in overseers)]
        return cls(job, by, reviewers, reason, list(job.stages.order_by("position")), asked)

    def stay(self, one: One, visit: Visit) -> Stay:
        """The time of ``one`` in the stage of ``visit``; a few résumés are put aside."""
        is_held = visit.stage.kind == "screening" and visit.until is None and visit.luck > HELD
        return Stay(
            application=one.application,
            stage=visit.stage,
            entered_at=visit.since,
            left_at=visit.until,
            held_at=visit.since if is_held else None,
            held_by=self.by if is_held else None,
        )

    def play(self, one: One, visit: Visit, rows: Rows) -> None:
        """Add what ``one`` leaves behind in the stage of ``visit``."""
        play: Callable[[One, Visit, Rows], None] | None = {
            "interview": self._interview,
            "live": self._live,
        }.get(visit.stage.kind)
        if play is not None:
            play(one, visit, rows)

    def _live(self, one: One, visit: Visit, rows: Rows) -> None:
        link = _link(one, visit, rows)
        rows[Offer].append(
            Offer(
                application=one.application,
                stage=visit.stage,
                link=link,
                note="We would like to meet you.",
                offered_by=self.by,
                created_at=visit.since,
                expires_at=visit.since + A_WEEK,
                closed_at=visit.until,
            )
        )

    def _interview(self, one: One, visit: Visit, rows: Rows) -> None:
        """Invited, and then as far as luck took them; whoever went on handed in and was scored."""
        asked = self.asked.get(visit.stage.pk)
        luck = 1.0 if visit.goes_on else visit.luck
        if asked is None or (luck < UNINVITED and visit.until is None):
            return
        version, questions, pairs = asked
        link = _link(one, visit, rows)
        made = Interview(
            application=one.application,
            stage=visit.stage,
            assessment=Assessment(kind=Assessment.Kind.INTERVIEW, version=version),
            link=link,
            invited_at=visit.since,
            deadline_at=visit.since + A_WEEK,
        )
        rows[Assessment].append(made.assessment)
        rows[Interview].append(made)
        rows[Answer] += [Answer(interview=made, question=question) for question in questions]
        rows[Event].append(one.event("interview_invited", visit.since, self.by, interview=str(made.pk)))
        self._invitation(one, visit, made, rows)
        self._answers(one, visit, made, luck, rows)
        if luck >= SCORED and made.submitted_at:
            self._cards(one, made, pairs, luck, rows)

    def _invitation(self, one: One, visit: Visit, interview: Interview, rows: Rows) -> None:
        bounced = not visit.goes_on and visit.luck < BOUNCED
        rows[Message].append(
            Message(
                kind="invitation",
                dedupe_key=f"invitation:{interview.pk}:1",
                about=one.application.pk,
                link=interview.link_id,
                to_email=one.person.email,
                to_name=one.person.name,
                subject=f"Your interview for {self.job.title}",
                text=f"Hello {one.person.name},\n\nyour interview is ready: {Message.LINK}",
                state=Message.State.BOUNCED if bounced else Message.State.SENT,
                created_at=visit.since,
                due_at=visit.since,
                next_attempt_at=visit.since,
                sent_at=visit.since,
            )
        )

    def _answers(self, one: One, visit: Visit, interview: Interview, luck: float, rows: Rows) -> None:
        hours = ((visit.until or visit.since + A_WEEK) - visit.since) / 10
        came, began, sent = (visit.since + hours * step for step in (1, 2, 4))
        reached = [
            (CAME, came, "link_entered"),
            (BEGAN, began, "interview_started"),
            (SENT, sent, "interview_submitted"),
        ]
        for least, at, verb in reached:
            if luck >= least:
                rows[Event].append(one.event(verb, at, one.person, interview=str(interview.pk)))
        interview.link.entered_at = came if luck >= CAME else None
        if luck >= BEGAN:
            interview.status, interview.started_at = Interview.Status.STARTED, began
        if luck >= SENT:
            interview.status, interview.submitted_at = Interview.Status.SUBMITTED, sent
            interview.receipt = tokens.short_code("receipt", interview.pk.bytes)

    def _cards(self, one: One, interview: Interview, pairs: list[QuestionCompetency], luck: float, rows: Rows) -> None:
        at = interview.submitted_at or interview.invited_at
        for place, reviewer in enumerate(self.reviewers[: 2 if luck > SCORED_TWICE else 1]):
            card = Scorecard(
                assessment=interview.assessment,
                reviewer=reviewer,
                version=1,
                recommendation=Scorecard.Recommendation.PASS if luck > LIKED else Scorecard.Recommendation.HOLD,
                reason="What they told was concrete.",
                created_at=at,
                saved_at=at + timedelta(hours=1),
            )
            rows[ReviewAssignment].append(
                ReviewAssignment(assessment=interview.assessment, reviewer=reviewer, assigned_at=at)
            )
            rows[Scorecard].append(card)
            rows[Score] += [
                Score(scorecard=card, pair=pair, value=1 + (pair.position + place + int(luck * 1000)) % 5)
                for pair in pairs
            ]
            rows[Event].append(one.event("scorecard_submitted", card.saved_at, reviewer, interview=str(interview.pk)))


def _link(one: One, visit: Visit, rows: Rows) -> CandidateLink:
    link = CandidateLink(
        application=one.application, created_at=visit.since, expires_at=visit.since + timedelta(days=120)
    )
    link.fingerprint = tokens.fingerprint(tokens.derive(links.PURPOSE, link.pk))
    rows[CandidateLink].append(link)
    return link
