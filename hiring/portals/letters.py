"""Every kind of message the product sends, and the words of those to colleagues."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.mail import outbox, reading
from hiring.mail.letters import Filled, Letter, Value, Wording
from hiring.mail.models import Message
from interviews import letters as interviewing
from interviews import words
from interviews.models import Interview

OWN_LINK = _("Their own link to set a password")
HEADING = re.compile(r"(?<=<)(/?)h([12])(?=[ >])")

STAFF_WELCOME = Letter(
    kind="staff_welcome",
    title=_("Welcome"),
    occasion=_("When an admin adds a colleague, or sends them a fresh link."),
    subject=_("Your account at {company}’s hiring site"),
    text=_(
        "# Welcome, {name}\n\n"
        "{by} added you to {company}’s hiring site, where interviews are watched and scored.\n\n"
        "[Set your password]({link})\n\n"
        "The link works once, and for three days. Afterwards you sign in with this e-mail address at "
        "[{sign_in_link}]({sign_in_link})\n\n"
        "Too late for the link? “Forgot your password?” on that page sends a fresh one."
    ),
    fields={"by": _("Who added them"), "link": OWN_LINK, "sign_in_link": _("The sign-in page")},
    needs={"link": _("without it they cannot set a password.")},
    links=("link", "sign_in_link"),
    preheader=_("Set your password; the link works for three days."),
    to_staff=True,
)

STAFF_PASSWORD = Letter(
    kind="staff_password",
    title=_("New password"),
    occasion=_("When a colleague has forgotten their password."),
    subject=_("A new password for your account"),
    text=_(
        "# A new password\n\n"
        "Hello {name},\n\n"
        "somebody, probably you, asked for a new password for your account.\n\n"
        "[Set a new password]({link})\n\n"
        "The link works once, and for three days. If it was not you, ignore this message: your password stays as it is."
    ),
    fields={"link": OWN_LINK},
    needs={"link": _("without it they cannot set a password.")},
    preheader=_("The link works once, and for three days."),
    to_staff=True,
)

ALL = {letter.kind: letter for letter in (*words.ALL, STAFF_WELCOME, STAFF_PASSWORD)}


@dataclass(frozen=True, slots=True)
class Reading:
    """A letter as ``reader`` reads it, without anybody's link."""

    reader: str
    subject: str
    body: SafeString
    small: list[str]


class NobodyInvited(Refusal):
    code = "nobody_invited"


def readers(letter: Letter) -> QuerySet[Interview]:
    """The interviews ``letter`` can be read with, those it fits best first; none when it is about no interview."""
    if letter not in words.ALL:
        return Interview.objects.none()
    handed_in = F("submitted_at").desc(nulls_last=True)
    best = handed_in if letter in (words.SUBMISSION, words.NEW_SUBMISSION) else F("submitted_at").asc(nulls_first=True)
    return (
        Interview.objects.filter(application__outcome__isnull=True)
        .select_related("application__candidate", "application__job", "assessment__version", "link", "stage")
        .order_by(best, "-invited_at", "pk")
    )


def read(letter: Letter, wording: Wording, interview: Interview | None, *, by: User) -> Reading:
    """``letter`` in ``wording`` as the candidate of ``interview`` would read it; one to colleagues, as ``by`` would.

    Raises ``NobodyInvited`` where there is no ``interview`` and the letter is about one.
    """
    to, values = _sample(letter, interview, by)
    return shown(outbox.read(letter, to=to, values=values, wording=wording), to=to.name)


def shown(filled: Filled, *, to: str) -> Reading:
    """``filled`` for a page of staff: ``to``'s own link is said, and leads nowhere; its title is not the page's."""
    body = mark_safe(HEADING.sub(_below, reading.body_without_link(filled.body)))  # noqa: S308 (cleaned by hiring.lib.prose)
    return Reading(to, filled.subject, body, filled.small)


def _below(tag: re.Match[str]) -> str:
    """A heading of a letter below the page's own and its section's."""
    return f"{tag[1]}h{int(tag[2]) + 2}"


def send_test(letter: Letter, wording: Wording, interview: Interview | None, *, by: User) -> Message:
    """Send ``by`` what ``read`` reads. Raises ``NobodyInvited`` and ``outbox.NoMailServer``."""
    to, values = _sample(letter, interview, by)
    return outbox.send_test(letter, read_as=to, to=by, values=values, wording=wording)


def _sample(letter: Letter, interview: Interview | None, by: User) -> tuple[outbox.Recipient, Mapping[str, Value]]:
    if letter not in words.ALL:
        return outbox.Recipient(by.email, by.name), {
            "by": by.name,
            "sign_in_link": settings.BASE_URL + reverse("account_login"),
        }
    if interview is None:
        raise NobodyInvited(_("Nobody is invited yet. Once somebody is, you can read it here as they would."))
    colleague = outbox.Recipient(by.email, by.get_short_name())
    to = colleague if letter.to_staff else interviewing.candidate_of(interview)
    return to, interviewing.sample(letter, interview, by=by)
