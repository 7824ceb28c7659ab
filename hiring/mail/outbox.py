"""What we tell people: written and kept in the caller's transaction, sent afterwards by ``delivery``.

The secret of a link, a candidate's or a colleague's to a new password, is never stored: the texts hold
``Message.LINK``, filled in when a message leaves or is shown to somebody who may see it.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import css_inline
from django.conf import settings
from django.template import Context, engines
from django.template.backends.django import DjangoTemplates
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hiring.accounts.models import Company, User
from hiring.lib import queue
from hiring.lib.errors import Refusal
from hiring.mail import reading, tasks
from hiring.mail.models import Message

ON_ITS_WAY = (Message.State.QUEUED, Message.State.SENDING)
SUBJECT_LENGTH = 250
NAME_LENGTH = 200
COPIED = ("kind", "about", "link", "person", "to_email", "to_name", "reply_to", "subject", "text", "html")
INLINER = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


class StillOnItsWay(Refusal):
    code = "still_on_its_way"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message is for, and the language and IANA time zone it is written in; empty means the company's."""

    email: str
    name: str = ""
    locale: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What a message says, with ``Message.LINK`` where the secret link goes."""

    subject: str
    text: str
    html: str


def write(kind: str, *, to: Recipient, context: Mapping[str, object]) -> Words:
    """Render ``emails/<kind>.subject.txt``, ``.txt`` and ``.html`` with ``context``, ``to``, ``company`` and ``link``.

    In the recipient's language, and in the zone their times are told in. Keeps nothing.
    """
    company = Company.objects.current()
    words = {**context, "to": to, "company": company, "link": Message.LINK, "base_url": settings.BASE_URL}
    zone = ZoneInfo(to.zone or (company.zone if company else "UTC"))
    with translation.override(to.locale or (company.locale if company else None)), timezone.override(zone):
        subject, text = _plain(f"emails/{kind}.subject.txt", words), _plain(f"emails/{kind}.txt", words)
        html = render_to_string(f"emails/{kind}.html", words)
    return Words(
        subject=reading.one_line(subject, SUBJECT_LENGTH),
        text=re.sub(r"\n{3,}", "\n\n", text).strip() + "\n",
        html=INLINER.inline(html.replace("\0", "")),
    )


def post(
    kind: str,
    *,
    to: Recipient,
    context: Mapping[str, object],
    about: UUID | None,
    dedupe_key: str,
    link: UUID | None = None,
    person: User | None = None,
    reply_to: str = "",
    due_at: datetime | None = None,
) -> Message:
    """Write the message ``kind`` to ``to`` and owe it; the same ``dedupe_key`` again is the message already there.

    What it says is ``write``'s; ``Message.LINK`` becomes the candidate link ``link``, or the one by which ``person``
    sets a new password. Replies go to ``reply_to``, or else to the company's address. Sent once the transaction
    commits, or at ``due_at``; without a mail server it is to be read on screen.
    """
    earlier = Message.objects.filter(dedupe_key=dedupe_key).first()
    if earlier is not None:
        return earlier
    company = Company.objects.current()
    return _owe(
        dedupe_key,
        due_at=due_at,
        kind=kind,
        about=about,
        link=link,
        person=person,
        to_email=to.email,
        to_name=reading.one_line(to.name, NAME_LENGTH),
        reply_to=reply_to or (company.reply_to if company else ""),
        **asdict(write(kind, to=to, context=context)),
    )


def resend(message: Message) -> Message:
    """The same words once more, as a message of their own. Raises ``StillOnItsWay`` while the last one is not out.

    Two presses of the button at once are one message: both count the same copies.
    """
    copies = Message.objects.filter(dedupe_key__startswith=f"{message.dedupe_key}:again:")
    if message.state in ON_ITS_WAY or copies.filter(state__in=ON_ITS_WAY).exists():
        raise StillOnItsWay(_("The last one is still on its way. It will be sent as soon as the mail server takes it."))
    words = {name: getattr(message, name) for name in COPIED}
    return _owe(f"{message.dedupe_key}:again:{copies.count() + 1}", **words)


def call_off(*, link: UUID, because: str) -> None:
    """Do not send what still waits and carries ``link``; the rows stay and say ``because``."""
    Message.objects.filter(link=link, state=Message.State.QUEUED).update(state=Message.State.FAILED, failure=because)


def _plain(template: str, words: Mapping[str, object]) -> str:
    """A plain-text template, where nothing is escaped: an apostrophe in a name stays one."""
    backend = engines["django"]
    if not isinstance(backend, DjangoTemplates):
        raise TypeError("the mail templates are Django's")
    return backend.engine.get_template(template).render(Context(dict(words), autoescape=False)).replace("\0", "")


def _owe(dedupe_key: str, *, due_at: datetime | None = None, **values: object) -> Message:
    state = Message.State.QUEUED if due_at or settings.EMAIL_URL else Message.State.ON_SCREEN
    times = {"due_at": due_at, "next_attempt_at": due_at} if due_at else {}
    message, is_new = Message.objects.get_or_create(dedupe_key=dedupe_key, defaults={**values, **times, "state": state})
    if is_new and message.state == Message.State.QUEUED and due_at is None:
        queue.hint(tasks.deliver, message.pk)
    return message
