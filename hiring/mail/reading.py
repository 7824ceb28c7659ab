"""What a message says: to its recipient with the secret of their link, to everybody else without."""

from uuid import UUID

from django.conf import settings
from django.utils.html import escape
from django.utils.translation import gettext as _

from hiring.lib import tokens
from hiring.mail.models import Message

LINK_PURPOSE = "candidate-link"  # as hiring.pipeline.links derives it


def text_with_link(message: Message) -> str:
    """The words as the recipient reads them, secret included."""
    return message.text.replace(Message.LINK, link_url(message.link)) if message.link else message.text


def html_with_link(message: Message) -> str:
    """The HTML as the recipient gets it, secret included."""
    return message.html.replace(Message.LINK, escape(link_url(message.link))) if message.link else message.html


def text_without_link(message: Message) -> str:
    """The words for everybody else: where the secret stood is said, not shown."""
    return without_link(message.text)


def without_link(text: str) -> str:
    return text.replace(Message.LINK, _("(the candidate’s own link)"))


def link_url(link: UUID) -> str:
    return f"{settings.BASE_URL}/c/{tokens.derive(LINK_PURPOSE, link)}/"


def one_line(text: str, limit: int) -> str:
    """``text`` fit for a header: no line break, no control or invisible direction character, at most ``limit`` long."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:limit]
