"""What a message says: to its recipient with the secret of their link, to everybody else without."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from hiring.accounts.passwords import set_password_url
from hiring.lib import tokens
from hiring.mail.models import Message

LINK_PURPOSE = "candidate-link"  # as hiring.pipeline.links derives it


def text_with_link(message: Message) -> str:
    """The words as the recipient reads them, secret included."""
    return message.text.replace(Message.LINK, _secret_url(message))


def html_with_link(message: Message) -> str:
    """The HTML as the recipient gets it, secret included."""
    return message.html.replace(Message.LINK, escape(_secret_url(message)))


def text_without_link(message: Message) -> str:
    """The words for everybody else: where the secret stood is said, not shown."""
    return without_link(message.text)


def without_link(text: str) -> str:
    return text.replace(Message.LINK, _("(the candidate’s own link)"))


def body_without_link(html: str) -> str:
    """Drawn words for everybody else: what links to the secret leads nowhere."""
    return html.replace(f'href="{Message.LINK}"', "").replace(Message.LINK, _("(their own link)"))


def staff_text(message: Message) -> str:
    """The words of a mail to a colleague, with their link where ``staff_link`` may show it."""
    return message.text.replace(Message.LINK, staff_link(message) or _("(their own link)"))


def staff_link(message: Message) -> str:
    """The link by which a colleague sets a password; empty unless nothing but the screen can pass it on, and it still
    works: for as long as was promised, and until they have signed in."""
    person, until = message.person, message.created_at + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    if person is None or message.state != Message.State.ON_SCREEN or timezone.now() >= until:
        return ""
    is_used = person.last_login is not None and person.last_login > message.created_at
    return "" if is_used else _secret_url(message)


def link_url(link: UUID) -> str:
    return f"{settings.BASE_URL}/c/{tokens.derive(LINK_PURPOSE, link)}/"


def _secret_url(message: Message) -> str:
    if message.person:
        return set_password_url(message.person)
    return link_url(message.link) if message.link else Message.LINK


def one_line(text: str, limit: int) -> str:
    """``text`` fit for a header: no line break, no control or invisible direction character, at most ``limit`` long."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:limit]
