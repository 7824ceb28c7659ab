"""What the pipeline asks of the one-way stage."""

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hiring.accounts.models import User
from hiring.lib.actors import Actor
from hiring.pipeline.models import Application, JobStage
from hiring.pipeline.stages import Material, Step
from hiring.pipeline.transitions import Move
from interviews import briefing, deadlines, gate, notice, operations, progress
from interviews.models import Interview


class OneWayStage:
    kind = "interview"
    is_scored = True
    name = gettext_lazy("One-way interview")

    def open(self, application: Application, *, by: Actor, note: str = "") -> None:
        """Invite: whoever was read and moved on hears of it at once. Who comes back keeps the invitation they had."""
        if not Interview.objects.filter(application=application, stage=application.stage).exists():
            operations.invite(application, by=by, note=note)

    def check(self, application: Application) -> None:
        """Raises ``GateClosed`` while the answers or scorecards are missing on which moving on rests."""
        gate.check(application, _interview(application))

    def close(self, application: Application, step: Move, *, by: Actor) -> None:
        """Whoever goes on without it is asked for no more answers; whoever comes back finds it as it was."""
        interview = _interview(application)
        if step is Move.SKIP and interview is not None:
            operations.call_off(interview)

    def promise(self, stage: JobStage) -> str:
        return briefing.promise(stage)

    def next_step(self, application: Application) -> Step | None:
        """What waits for the candidate: to begin, to go on, or nothing but our answer."""
        interview = (
            Interview.objects.for_candidate(application)
            .filter(stage=application.stage_id)
            .select_related("assessment__version", "application__job")
            .first()
        )
        if interview is None:
            return None
        if interview.status == Interview.Status.SUBMITTED:
            return Step(
                title=_("Your answers are in"),
                text=_("There is nothing you need to do. People will watch every answer."),
                url=reverse("candidate:interviews:receipt", args=[interview.pk]),
                action=_("See your receipt"),
            )
        if application.outcome is not None or interview.status == Interview.Status.WITHDRAWN:
            return None
        return _open_step(interview)

    def met_by(self, user: User) -> QuerySet[Application]:
        """Nobody: people are watched here, whenever it suits."""
        return Application.objects.none()

    def materials(self, application: Application) -> list[Material]:
        """The answers of each interview that was handed in."""
        sent = application.interviews.filter(status=Interview.Status.SUBMITTED)
        counted = sent.annotate(number=Count("answers", filter=Q(answers__chosen_take__isnull=False)))
        return [
            Material(
                stage,
                ngettext("%(n)d answer", "%(n)d answers", number) % {"n": number},
                reverse("reviewer:interviews:answers", args=[pk]),
                part="answers",
                styles="css/answers.css",
            )
            for pk, stage, number in counted.values_list("pk", "stage__name", "number").order_by("submitted_at")
        ]


def _interview(application: Application) -> Interview | None:
    """That of the stage ``application`` stands in, from memory where its interviews were loaded."""
    return next((one for one in application.interviews.all() if one.stage_id == application.stage_id), None)


def _open_step(interview: Interview) -> Step:
    how_far = progress.of(interview)
    now = timezone.now()
    is_open = deadlines.is_open(interview, now)
    until = interview.deadline_at if is_open else interview.deadline_at + deadlines.SENDING
    overview = reverse("candidate:interviews:overview", args=[interview.pk])
    answers = reverse("candidate:interviews:answers", args=[interview.pk])
    if not deadlines.may_send(interview, now):
        return Step(
            title=_("The time for your interview is over"),
            text=_("What you recorded is kept. If you need longer, write to us; people do ask."),
            url=answers if how_far.is_begun else "",
            action=_("See your answers"),
        )
    if how_far.missing and not is_open:
        return Step(
            title=_("The time to record is over"),
            text=_("What you recorded is kept. If you need longer, write to us; people do ask.")
            if how_far.is_begun
            else _("If you need longer, write to us; people do ask."),
            url=answers if how_far.is_begun else "",
            action=_("See your answers"),
        )
    if not how_far.is_begun or not notice.is_agreed(interview):
        return Step(
            title=_("Record your interview"),
            text=ngettext(
                "%(number)d question, whenever it suits you. First see what to expect.",
                "%(number)d questions, whenever it suits you. First see what to expect.",
                len(how_far.lines),
            )
            % {"number": len(how_far.lines)},
            url=overview,
            action=_("See what to expect"),
            due_at=until,
        )
    if how_far.missing:
        return Step(
            title=_("Go on with your interview"),
            text=_("%(ready)d of %(all)d answers are recorded. You can stop and go on whenever you like.")
            % {"ready": len(how_far.ready), "all": len(how_far.lines)},
            url=answers,
            action=_("Go on"),
            due_at=until,
        )
    return Step(
        title=_("Everything is recorded: send your answers"),
        text=_("They are saved. Look them over, then send them."),
        url=answers,
        action=_("Look over and send"),
        due_at=interview.deadline_at,
    )
