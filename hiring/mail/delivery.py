"""From the row to the mail server, once if the world allows it.

A message is claimed, and ``sending`` committed, before the server is spoken to; whoever dies in between leaves a lease
that runs out. The row's next attempt is the only retry. Where the server's answer was lost, the mail may have left: it
is sent again with the same Message-ID, by which mailboxes recognise it.
"""

import logging
import random
import re
import smtplib
from dataclasses import dataclass
from datetime import timedelta
from email.utils import formataddr, parseaddr
from time import monotonic
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from hiring.accounts.models import Company
from hiring.mail import reading
from hiring.mail.models import Message

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)  # several times what a server may take, EMAIL_TIMEOUT being per step
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
MOST_ATTEMPTS = 24  # about nine hours of a mail server that is down
PERMANENT = 500
FAILURE_LENGTH = 300
NAME_LENGTH = 200
METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)  # the part's own parameter has to say the same


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where an attempt left the message: sent, on screen, bounced, or queued to be tried again."""

    state: Message.State
    failure: str = ""


def deliver_due(*, seconds: float) -> int:
    """Deliver what is due, for at most about ``seconds``; the number of attempts made."""
    end = monotonic() + seconds
    attempts = 0
    while monotonic() < end and (message := claim()) is not None:
        settle(message, send(message))
        attempts += 1
    return attempts


def deliver(pk: UUID) -> None:
    """Deliver the message ``pk`` if it is due and nobody else has it."""
    message = claim(pk)
    if message is not None:
        settle(message, send(message))


@transaction.atomic
def claim(pk: UUID | None = None) -> Message | None:
    """Take the message longest due (or ``pk``, if it is due) for this process, or ``None`` when there is nothing."""
    waiting = Q(state=Message.State.QUEUED) | Q(state=Message.State.SENDING, lease_until__lt=Now())
    due = Message.objects.filter(waiting, next_attempt_at__lte=Now()).order_by("next_attempt_at")
    message = (due.filter(pk=pk) if pk else due).select_for_update(skip_locked=True).first()
    if message is None:
        return None
    message.attempt += 1
    Message.objects.filter(pk=message.pk).update(
        state=Message.State.SENDING, attempt=message.attempt, lease_until=Now() + LEASE, next_attempt_at=Now() + LEASE
    )
    return message


def send(message: Message) -> Outcome:
    """Hand ``message`` to the mail server. Whatever the server or the network does becomes an ``Outcome``."""
    if not settings.EMAIL_URL:
        return Outcome(Message.State.ON_SCREEN)
    try:
        compose(message).send()
    except (smtplib.SMTPException, OSError, ValueError) as error:
        outcome = after(error)
        logger.warning("message %s, attempt %s: %s", message.pk, message.attempt, outcome.failure)
        return outcome
    return Outcome(Message.State.SENT)


def after(error: smtplib.SMTPException | OSError | ValueError) -> Outcome:
    """What ``error`` means: our side or the way is down, try again; or this address refuses, and trying is no use."""
    match error:
        case smtplib.SMTPSenderRefused() | smtplib.SMTPAuthenticationError() | smtplib.SMTPConnectError():
            return Outcome(
                Message.State.QUEUED,
                _("The mail server refuses us: %(answer)s") % {"answer": _answer(error.smtp_code, error.smtp_error)},
            )
        case smtplib.SMTPRecipientsRefused():
            return _by_code(*next(iter(error.recipients.values())))
        case smtplib.SMTPResponseException():
            return _by_code(error.smtp_code, error.smtp_error)
        case smtplib.SMTPServerDisconnected() | TimeoutError():
            return Outcome(
                Message.State.QUEUED, _("Ambiguous: the connection ended before the mail server had answered.")
            )
        case ValueError() | smtplib.SMTPNotSupportedError():  # the address or a name cannot be written in a mail
            return Outcome(Message.State.BOUNCED, _("This address cannot be used: %(why)s") % {"why": error})
        case _:
            return Outcome(Message.State.QUEUED, _("The mail server cannot be reached: %(why)s") % {"why": error})


def settle(message: Message, outcome: Outcome) -> None:
    """Write down how it went, unless somebody else has taken the message over meanwhile."""
    values: dict[str, object] = {"state": outcome.state, "lease_until": None}
    values["failure"] = reading.one_line(outcome.failure, FAILURE_LENGTH)
    if outcome.state == Message.State.SENT:
        values["sent_at"] = Now()
    elif outcome.state == Message.State.QUEUED and message.attempt >= MOST_ATTEMPTS:
        values["state"] = Message.State.FAILED
    elif outcome.state == Message.State.QUEUED:
        values["next_attempt_at"] = Now() + pause(message.attempt)
    Message.objects.filter(pk=message.pk, state=Message.State.SENDING, attempt=message.attempt).update(**values)


def pause(attempt: int) -> timedelta:
    """How long to wait after the ``attempt``-th try: exponential, capped, fully jittered, so that many do not rush."""
    longest = min(LONGEST_PAUSE, FIRST_PAUSE * (1 << (attempt - 1)))
    return longest * random.random()  # noqa: S311 (spreads load, guards nothing)


def compose(message: Message) -> EmailMultiAlternatives:
    """The mail itself. Its Message-ID is derived from the row, so every attempt carries the same one."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=reading.text_with_link(message),
        from_email=_sender(),
        to=[formataddr((message.to_name, message.to_email))],
        reply_to=[message.reply_to] if message.reply_to else [],
        headers={
            "Message-ID": f"<{message.pk}@{urlsplit(settings.BASE_URL).hostname or 'localhost'}>",
            "Auto-Submitted": "auto-generated",  # an out-of-office reply would reach a person
        },
    )
    if message.html:
        mail.attach_alternative(reading.html_with_link(message), "text/html")
    if message.calendar:
        _attach_calendar(mail, message.calendar)
    return mail


def _attach_calendar(mail: EmailMultiAlternatives, calendar: str) -> None:
    """As a way to read the mail, which calendars act on, and as a file for the mailboxes that do not."""
    method = METHOD.search(calendar)
    mail.attach_alternative(calendar, f"text/calendar; method={method[1]}" if method else "text/calendar")
    mail.attach("invite.ics", calendar.encode(), "application/ics")


def _sender() -> str:
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    company = Company.objects.current()
    return formataddr((reading.one_line(company.name if company else name, NAME_LENGTH), address))


def _by_code(code: int, answer: bytes | str) -> Outcome:
    state = Message.State.BOUNCED if code >= PERMANENT else Message.State.QUEUED
    return Outcome(state, _("The mail server answered %(answer)s") % {"answer": _answer(code, answer)})


def _answer(code: int, answer: bytes | str) -> str:
    return f"{code} {answer.decode('utf-8', 'replace') if isinstance(answer, bytes) else answer}"
