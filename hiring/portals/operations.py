"""Verbs that need more than one part of the product: a colleague and their mail, a job and what its stage asks."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from hiring.accounts import operations as accounts
from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.mail import outbox
from hiring.mail.models import Message
from hiring.pipeline import operations as pipeline
from hiring.pipeline import process, stages
from hiring.pipeline.models import Application, Job, JobMember, JobStage
from hiring.portals import letters
from hiring.rubrics.models import QuestionSet, ReviewAssignment
from interviews import operations as interviewing
from interviews import reviewing, setup
from interviews.models import Interview

UNHEARD = ("screening",)  # the kinds of stage that begin without a word to the candidate


class NotInvited(Refusal):
    code = "not_invited"


@dataclass
class Tally:
    """What became of doing one thing to many: for whom it worked, and the sentence for each for whom it did not."""

    done: list[Application] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@transaction.atomic
def add_colleague(*, name: str, email: str, is_admin: bool, by: User) -> User:
    """Somebody who works here from now on, and the mail with which they set their password."""
    person = accounts.add_staff(name=name, email=email, is_admin=is_admin)
    send_password_link(person, by=by)
    return person


def send_password_link(person: User, *, by: User) -> Message:
    """Mail ``person`` a fresh link to set a password; links sent before keep working until one is used."""
    return outbox.post(
        letters.STAFF_WELCOME,
        to=outbox.Recipient(person.email, person.name),
        values={"by": str(by), "sign_in_link": settings.BASE_URL + reverse("account_login")},
        about=None,
        person=person,
        dedupe_key=f"staff-welcome:{person.pk}:{uuid4()}",
    )


@transaction.atomic
def open_job(*, question_set: QuestionSet | None, days_to_answer: int, by: User, **said: Any) -> Job:
    """A new job (``said`` goes to ``pipeline.open_job``) whose first one-way stage asks ``question_set``; without one,
    or without such a stage, that can be said later."""
    job = pipeline.open_job(**said, by=by)
    stage = job.stages.filter(kind="interview").order_by("position").first()
    if question_set is not None and stage is not None:
        setup.ask(stage, question_set, days_to_answer=days_to_answer)
    return job


@transaction.atomic
def change_stage(
    stage: JobStage, *, name: str, question_set: QuestionSet | None = None, days_to_answer: int = 0
) -> JobStage:
    """Change what a stage is called and, of a one-way interview, what it asks. Who was invited before keeps the
    questions and the deadline they were given."""
    process.rename_stage(stage, name=name)
    if question_set is not None:
        setup.ask(stage, question_set, days_to_answer=days_to_answer)
    return stage


@transaction.atomic
def remove_member(member: JobMember, *, by: User) -> None:
    """End a membership, and with it the member's cards that are not in yet: they are released from those."""
    owed = (
        ReviewAssignment.objects.standing()
        .filter(reviewer=member.user, assessment__interview__application__job=member.job)
        .exclude(assessment__scorecards__in=member.user.scorecards.submitted())
    )
    for assignment in owed.select_related("assessment__interview__application"):
        reviewing.release(assignment.assessment.interview, member.user, by=by)
    pipeline.remove_member(member, by=by)


def add_many(job: Job, people: Iterable[tuple[str, str]], *, invite: bool, by: User) -> Tally:
    """Add each (name, e-mail); who is there already is told apart, and everybody else is still added."""
    tally = Tally()
    for name, email in people:
        try:
            tally.done.append(add_one(job, name=name, email=email, invite=invite, by=by))
        except Refusal as refusal:
            tally.refused.append(str(refusal))
    return tally


@transaction.atomic
def add_one(job: Job, *, name: str, email: str, invite: bool, by: User) -> Application:
    """Add somebody to ``job`` and begin its first stage: at once where candidates hear nothing of it, else when asked.

    Both or neither.
    """
    application = pipeline.add_candidate(job, name=name, email=email, by=by)
    if application.stage.kind in UNHEARD:
        stages.of(application).open(application, by=by)
    elif invite:
        interviewing.invite(application, by=by)
    return application


def invite_many(applications: Iterable[Application], *, by: User) -> Tally:
    """Invite each, and say of everybody who could not be invited why."""
    tally = Tally()
    for application in applications:
        try:
            interviewing.invite(application, by=by)
            tally.done.append(application)
        except Refusal as refusal:
            tally.refused.append(
                _("%(name)s: %(reason)s") % {"name": application.candidate.name, "reason": refusal},
            )
    return tally


def standing_interview(application: Application) -> Interview:
    """The interview of the stage ``application`` stands in. Raises ``NotInvited`` before there is one."""
    interview = application.interviews.filter(stage=application.stage_id).select_related("link", "assessment").first()
    if interview is None:
        raise NotInvited(_("%(name)s has not been invited yet.") % {"name": application.candidate.name})
    return interview
