"""Who on the staff may read which message, and who may see the secret in it."""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.mail import outbox, reading
from hiring.mail.models import Message
from hiring.pipeline import events, links
from hiring.pipeline.models import Application, CandidateLink


class LinkEnded(Refusal):
    code = "link_ended"


def for_reviewer(user: User) -> QuerySet[Message]:
    """The messages ``user`` may read: about the applications they oversee, and to colleagues in their own name, which
    hold no secret; for admins, all.
    """
    if user.is_admin:
        return Message.objects.all()
    overseen = Q(about__in=Application.objects.for_reviewer(user).values("pk"))
    return Message.objects.filter(overseen | Q(about__isnull=True, person__isnull=True, reply_to=user.email))


def shown(message: Message, user: User) -> str:
    """The words of ``message`` as ``user`` may read them: the link that opens the candidate's pages only for those who
    may invite, who are the ones to pass it on where no mail server is set up."""
    if message.person is not None:
        return reading.staff_text(message)
    about = Application.objects.filter(pk=message.about) if message.about else Application.objects.none()
    may_invite = about.managed_by(user).exists()
    return reading.text_with_link(message) if may_invite else reading.text_without_link(message)


@transaction.atomic
def send_again(message: Message, *, by: User) -> Message:
    """Send the same words once more, with an event.

    Raises ``LinkEnded`` when the link in it no longer opens anything, ``StillOnItsWay`` while the last one is not out.
    """
    if message.link and not links.is_open(CandidateLink.objects.get(pk=message.link)):
        raise LinkEnded(_("The link in this message no longer works. Send a new link instead."))
    again = outbox.resend(message)
    if message.about:
        application = Application.objects.get(pk=message.about)
        events.record(application, "message_resent", by=by, message=str(again.pk), kind=message.kind)
    return again
