"""An interview held for a change, or the reason in words why it takes none."""

from django.utils import timezone
from django.utils.translation import gettext as _

from hiring.accounts.models import Company
from hiring.lib import moments
from hiring.lib.errors import Refusal
from hiring.pipeline.models import Application
from interviews import deadlines
from interviews.models import Interview

OPEN = (Interview.Status.INVITED, Interview.Status.STARTED)


class NotInvitable(Refusal):
    """This application cannot be invited; ``code`` in the details says why."""

    code = "not_invitable"


class ApplicationClosed(NotInvitable):
    code = "application_closed"


class NotAnswerable(Refusal):
    """The interview takes no more answers: it was handed in, withdrawn, or its time is over."""

    code = "not_answerable"


def refuse_closed(application: Application) -> None:
    if application.outcome is not None:
        raise ApplicationClosed(_("The application of %(name)s is closed.") % {"name": application.candidate})
    if application.job.archived_at is not None:
        raise ApplicationClosed(_("The job “%(job)s” is closed.") % {"job": application.job})


def locked(interview: Interview) -> Interview:
    """The row as it is now, ours until the transaction ends.

    Its link is not joined: while we wait for the row somebody may replace it, and a join would find neither.
    """
    return (
        Interview.objects.select_for_update(of=("self",))
        .select_related("application__candidate", "application__job", "assessment__version", "stage")
        .get(pk=interview.pk)
    )


def answerable(interview: Interview) -> Interview:
    """The locked row if answers may still be given, else ``NotAnswerable``."""
    current = locked(interview)
    refuse_settled(current)
    refuse_over(current)
    return current


def refuse_settled(interview: Interview) -> None:
    """Handed in, or closed."""
    if interview.status == Interview.Status.SUBMITTED:
        raise NotAnswerable(
            _("The answers were sent on %(day)s; nothing needs to be done any more.")
            % {"day": moments.day(interview.submitted_at or timezone.now())}
        )
    if interview.status not in OPEN or interview.application.outcome is not None:
        raise NotAnswerable(_("This interview takes no more answers: the application is closed."))


def refuse_expired(interview: Interview) -> None:
    """For whoever can give more time: nothing can be begun any more, so nobody is asked to."""
    if not deadlines.is_open(interview, timezone.now()):
        raise NotAnswerable(_("The time to record is over. Give them more time instead; a mail tells them."))


def refuse_over(interview: Interview) -> None:
    """For the candidate, a day later: nothing can be sent any more either."""
    if not deadlines.may_send(interview, timezone.now()):
        company = Company.objects.current()
        raise NotAnswerable(
            _("The time for this interview ended: %(moment)s. Write to %(address)s if you need longer; people do ask.")
            % {"moment": moments.moment(interview.deadline_at), "address": company.reply_to if company else ""}
        )
