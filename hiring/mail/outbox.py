"""What we tell people: written and kept in the caller's transaction, sent afterwards by ``delivery``.

The secret of a link, a candidate's or a colleague's to a new password, is never stored: the texts hold
``Message.LINK``, filled in when a message leaves or is shown to somebody who may see it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import css_inline
from django.conf import settings
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hiring.accounts.models import Company, User
from hiring.lib import queue
from hiring.lib.errors import Refusal
from hiring.mail import letters, reading, rehearsal, tasks, wordings
from hiring.mail.letters import Filled, Letter, Value, Wording
from hiring.mail.models import Message
from hiring.mail.rehearsal import Draft

ON_ITS_WAY = (Message.State.QUEUED, Message.State.SENDING)
SUBJECT_LENGTH = 250
NAME_LENGTH = 200
COPIED = ("kind", "about", "link", "person", "to_email", "to_name", "reply_to", "subject", "text", "html", "calendar")
INLINER = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


class StillOnItsWay(Refusal):
    code = "still_on_its_way"


class NoMailServer(Refusal):
    code = "no_mail_server"


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


def read(letter: Letter, *, to: Recipient, values: Mapping[str, Value], wording: Wording | None = None) -> Filled:
    """``letter`` as ``to`` would read it, in ``wording`` or else the company's words for it. Keeps nothing.

    In the recipient's language, and in the zone their times are told in. Besides ``values`` it knows ``name``,
    ``company`` and ``link``.
    """
    company = Company.objects.current()
    known = {"name": to.name, "company": company.name if company else "Callback", "link": Message.LINK}
    zone = ZoneInfo(to.zone or (company.zone if company else "UTC"))
    with translation.override(to.locale or (company.locale if company else None)), timezone.override(zone):
        return letters.fill(letter, wording or wordings.of(letter), {**known, **values})


def write(letter: Letter, *, to: Recipient, values: Mapping[str, Value], wording: Wording | None = None) -> Words:
    """What ``read`` reads, as a mail."""
    filled = read(letter, to=to, values=values, wording=wording)
    company = Company.objects.current()
    frame = {"letter": filled, "company": company, "link": values.get("link", Message.LINK)}
    with translation.override(to.locale or (company.locale if company else None)):
        html = render_to_string("emails/letter.html", frame)
    return Words(subject=reading.one_line(filled.subject, SUBJECT_LENGTH), text=filled.text, html=INLINER.inline(html))


def post(
    letter: Letter,
    *,
    to: Recipient,
    values: Mapping[str, Value],
    about: UUID | None,
    dedupe_key: str,
    link: UUID | None = None,
    person: User | None = None,
    reply_to: str = "",
    due_at: datetime | None = None,
    calendar: str = "",
) -> Message:
    """Write ``letter`` to ``to`` and owe it; the same ``dedupe_key`` again is the message already there.

    What it says is ``write``'s; ``Message.LINK`` becomes the candidate link ``link``, or the one by which ``person``
    sets a new password. Replies go to ``reply_to``, or else to the company's address. ``calendar`` is an iCalendar file
    with a METHOD, kept with the words, so that every attempt sends the same bytes. Sent once the transaction commits,
    or at ``due_at``; without a mail server it is to be read on screen. In a rehearsal it is only
    read.
    """
    earlier = Message.objects.filter(dedupe_key=dedupe_key)
    if earlier.exists():
        return earlier.get()
    drafts = rehearsal.current()
    if drafts is not None:
        drafts.append(Draft(letter, to.email, to.name, read(letter, to=to, values=values)))
        return Message(dedupe_key=dedupe_key, kind=letter.kind, to_email=to.email)
    company = Company.objects.current()
    return _owe(
        dedupe_key,
        due_at=due_at,
        kind=letter.kind,
        about=about,
        link=link,
        person=person,
        to_email=to.email,
        to_name=reading.one_line(to.name, NAME_LENGTH),
        reply_to=reply_to or (company.reply_to if company else ""),
        calendar=calendar,
        **asdict(write(letter, to=to, values=values)),
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


def send_test(
    letter: Letter, *, read_as: Recipient, to: User, values: Mapping[str, Value], wording: Wording
) -> Message:
    """Send ``to`` what ``read_as`` would get, marked as a test. A candidate's own link leads to our front page.

    Raises ``NoMailServer`` where nothing can be sent.
    """
    if not settings.EMAIL_URL:
        raise NoMailServer(_("There is no mail server yet, so nothing can be sent. The preview shows the same words."))
    words = write(letter, to=read_as, values={"link": f"{settings.BASE_URL}/", **values}, wording=wording)
    texts = asdict(words) | {"subject": reading.one_line(_("Test: %s") % words.subject, SUBJECT_LENGTH)}
    return _owe(f"test:{uuid4()}", kind="test", to_email=to.email, to_name=to.name, reply_to=to.email, **texts)


def call_off(*, link: UUID, because: str) -> None:
    """Do not send what still waits and carries ``link``; the rows stay and say ``because``."""
    Message.objects.filter(link=link, state=Message.State.QUEUED).update(state=Message.State.FAILED, failure=because)


def _owe(dedupe_key: str, *, due_at: datetime | None = None, **values: object) -> Message:
    state = Message.State.QUEUED if due_at or settings.EMAIL_URL else Message.State.ON_SCREEN
    times = {"due_at": due_at, "next_attempt_at": due_at} if due_at else {}
    try:
        with transaction.atomic():
            message = Message.objects.create(dedupe_key=dedupe_key, state=state, **times, **values)
    except IntegrityError:  # the same was written this very moment
        return Message.objects.get(dedupe_key=dedupe_key)
    if message.state == Message.State.QUEUED and due_at is None:
        queue.hint(tasks.deliver, message.pk)
    return message
