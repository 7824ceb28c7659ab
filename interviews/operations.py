"""The verbs of the one-way interview up to the moment the answers are handed in."""

from django.db import transaction
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hiring.lib import memo
from hiring.lib.actors import Actor
from hiring.lib.errors import Refusal
from hiring.mail import outbox
from hiring.mail.letters import Filled
from hiring.mail.models import Message
from hiring.pipeline import events, links, promises, transitions
from hiring.pipeline.models import Application, JobStage
from hiring.rubrics.models import Assessment, QuestionSetVersion
from interviews import deadlines, letters, locks, notice, progress, receipts, reviewing
from interviews.locks import NotAnswerable, NotInvitable
from interviews.models import Answer, Consent, Interview, InterviewSettings, Take


class AlreadyInvited(NotInvitable):
    code = "already_invited"


class NothingToAsk(NotInvitable):
    code = "nothing_to_ask"


class AnswersMissing(Refusal):
    code = "answers_missing"


class TakesPending(Refusal):
    """A recording would stay behind. Handing in without it is possible, when the candidate says so."""

    code = "takes_pending"


class NoticeChanged(Refusal):
    code = "notice_changed"


class NotYourTake(Refusal):
    code = "not_your_take"


@transaction.atomic
def invite(application: Application, *, by: Actor, note: str = "") -> Interview:
    """Invite the candidate to answer the newest published version of what their stage asks.

    That version stays theirs whatever is published later. Sends the invitation with a new link and ``note`` as a
    personal word. Refuses with a ``NotInvitable`` when the application is closed, invited already, or there is nothing
    published to ask.
    """
    current = transitions.locked(application)
    version, days = _what_to_ask(current)
    invited_at = timezone.now()
    deadline = deadlines.of(invited_at, days, promises.zone_of(current.candidate))
    interview = Interview.objects.create(
        application=current,
        stage=current.stage,
        assessment=Assessment.objects.create(kind=Assessment.Kind.INTERVIEW, version=version),
        link=links.issue(current, expires_at=deadlines.link_expiry(deadline)),
        invited_at=invited_at,
        deadline_at=deadline,
    )
    Answer.objects.bulk_create(Answer(interview=interview, question=question) for question in version.questions.all())
    events.record(current, "interview_invited", by=by, interview=str(interview.pk), version=version.number)
    letters.invitation(interview, by=by, note=note)
    return interview


def call_off(interview: Interview) -> None:
    """The candidate goes on without it: no more answers are taken. One that was handed in stays."""
    Interview.objects.filter(pk=interview.pk, status__in=locks.OPEN).update(status=Interview.Status.WITHDRAWN)


def draft_invitation(application: Application, *, by: Actor) -> Filled:
    """What the candidate would read if ``invite`` were called now. Keeps nothing, and refuses as ``invite`` does."""
    version, days = _what_to_ask(application)
    drafted = Interview(
        application=application,
        stage=application.stage,
        assessment=Assessment(kind=Assessment.Kind.INTERVIEW, version=version),
        deadline_at=deadlines.of(timezone.now(), days, promises.zone_of(application.candidate)),
    )
    return letters.invitation_words(drafted, by=by)


@transaction.atomic
def resend_invitation(interview: Interview, *, by: Actor) -> Message:
    """Send the invitation again, with the same link and the facts as they are now.

    Refuses with ``NotAnswerable`` once handed in or over, with ``StillOnItsWay`` while the last one is not out.
    """
    current = locks.locked(interview)
    locks.refuse_settled(current)
    locks.refuse_expired(current)
    earlier = Message.objects.filter(dedupe_key__startswith=f"invitation:{current.pk}:")
    if earlier.filter(state__in=outbox.ON_ITS_WAY).exists():
        raise outbox.StillOnItsWay(_("The last invitation is still on its way."))
    if not links.is_open(current.link):
        raise NotAnswerable(_("The link of this invitation has ended. Send a new link instead."))
    message = letters.invitation_again(current, by=by, number=earlier.count() + 1)
    events.record(current.application, "invitation_resent", by=by, interview=str(current.pk))
    return message


@transaction.atomic
def consent(interview: Interview, *, by: Actor, locale: str, seen: str = "") -> Consent:
    """Keep what the candidate agreed to: version, digest of the exact text, days, language. Agreeing twice is once.

    ``seen`` is the digest of the text their page showed; refuses with ``NoticeChanged`` when that is no longer the
    notice, and with ``NotAnswerable`` once there is nothing left to record.
    """
    current = locks.answerable(interview)
    shown = notice.for_interview(current)
    if seen and seen != shown.sha256:
        raise NoticeChanged(_("The notice has changed since you opened it. Please read it once more."))
    earlier = current.consents.filter(text_sha256=shown.sha256).first()
    if earlier is not None:
        return earlier
    given = Consent.objects.create(
        interview=current,
        notice_version=shown.version,
        text_sha256=shown.sha256,
        retention_days=shown.retention_days,
        locale=locale[:12],
    )
    events.record(current.application, "consent_given", by=by, interview=str(current.pk), notice=shown.version)
    return given


@transaction.atomic
def choose(answer: Answer, take: Take, *, by: Actor) -> Answer:
    """Make ``take`` the one that is seen. Refuses a take of another answer, or one that has not fully arrived."""
    locks.answerable(answer.interview)
    current = Take.objects.select_for_update().get(pk=take.pk)
    if current.answer_id != answer.pk:
        raise NotYourTake(_("This recording belongs to another question."))
    if current.state == Take.State.FAILED:
        raise NotYourTake(_("This recording could not be prepared. Record once more: it doesn’t use up a retake."))
    if current.state not in progress.ARRIVED:
        raise NotYourTake(_("This recording has not fully arrived yet. Give it a moment, then choose it."))
    Answer.objects.filter(pk=answer.pk).update(chosen_take=current)
    answer.chosen_take = current
    return answer


@transaction.atomic
def submit(interview: Interview, *, by: Actor, without_unfinished: bool = False) -> Interview:
    """Hand the answers in. Recording stops here; the candidate gets a receipt and a date, the team a mail.

    Handing in twice is once. Refuses with ``NotAnswerable`` when it is over, with ``AnswersMissing`` while a needed
    answer has no arrived, chosen take, with ``TakesPending`` while a recording would stay behind, unless
    ``without_unfinished``.
    """
    current = locks.locked(interview)
    if current.status == Interview.Status.SUBMITTED:
        return current
    now = timezone.now()
    locks.refuse_settled(current)
    locks.refuse_over(current)
    _refuse_incomplete(progress.of(current), without_unfinished=without_unfinished)
    current.receipt = receipts.code_of(current)
    current.status, current.submitted_at = Interview.Status.SUBMITTED, now
    claimed = Interview.objects.filter(pk=current.pk, status__in=locks.OPEN).update(
        status=current.status, submitted_at=now, receipt=current.receipt
    )
    if not claimed:
        raise NotAnswerable(_("This interview takes no more answers."))
    promised = promises.promise_decision(current.application, since=now)
    events.record(current.application, "interview_submitted", by=by, interview=str(current.pk))
    letters.submission(current, decision_due=promised.due_at)
    asked = reviewing.asked(current)
    letters.new_submission(current, decision_due=promised.due_at, asked=asked)
    letters.review_wanted(current, asked)
    return current


def _what_to_ask(application: Application) -> tuple[QuestionSetVersion, int]:
    """The version to freeze and the days to answer it, or a refusal in words."""
    locks.refuse_closed(application)
    if Interview.objects.filter(application=application, stage=application.stage).exists():
        raise AlreadyInvited(_("%(name)s is invited already.") % {"name": application.candidate})
    settings, version = memo.once(("asked", application.stage_id), lambda: _asked(application.stage))
    if settings is None:
        raise NothingToAsk(
            _("“%(stage)s” of “%(job)s” has no question set yet. Choose one first.")
            % {"stage": application.stage, "job": application.job}
        )
    if version is None:
        raise NothingToAsk(
            _("The question set “%(set)s” has no published version. Publish it, then invite.")
            % {"set": settings.question_set}
        )
    return version, settings.days_to_answer


def _asked(stage: JobStage) -> tuple[InterviewSettings | None, QuestionSetVersion | None]:
    """What ``stage`` is set to ask, and the version of it that is asked from now on, with its questions."""
    settings = InterviewSettings.objects.filter(stage=stage).select_related("question_set").first()
    if settings is None:
        return None, None
    published = settings.question_set.versions.filter(published_at__isnull=False).prefetch_related("questions")
    return settings, published.order_by("-number").first()


def _refuse_incomplete(how_far: progress.Progress, *, without_unfinished: bool) -> None:
    missing = how_far.missing
    if missing:
        raise AnswersMissing(
            ngettext(
                "Question %(questions)s still needs a recording that you have chosen.",
                "Questions %(questions)s still need a recording that you have chosen.",
                len(missing),
            )
            % {"questions": _numbers(missing)},
            questions=[line.number for line in missing],
        )
    if not how_far.ready:
        raise AnswersMissing(_("There is no answer to send yet."), questions=[])
    if how_far.loose and not without_unfinished:
        raise TakesPending(
            ngettext(
                "A recording of question %(questions)s is not chosen, or still on its way. Look, or send without it.",
                "Recordings of questions %(questions)s are not chosen, or still on their way. Look, or send without.",
                len(how_far.loose),
            )
            % {"questions": _numbers(how_far.loose)},
            questions=[line.number for line in how_far.loose],
        )


def _numbers(lines: list[progress.Line]) -> str:
    return get_text_list([str(line.number) for line in lines], _("and"))
