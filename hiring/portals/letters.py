"""Every kind of message the product sends, and the words of those to colleagues."""

import re
from collections.abc import Callable, Mapping
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
from hiring.pipeline import letters as pipelining
from hiring.pipeline import words as pipeline_words
from hiring.pipeline.models import Application
from hiring.portals import confirmations
from hiring.portals import words as applying_words
from interviews import letters as interviewing
from interviews import words
from scheduling import samples, team_words
from scheduling import words as live_words

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


@dataclass(frozen=True, slots=True)
class Correspondence:
    """The letters of one part of the product, whose applications they can be read with, and what they would say."""

    letters: tuple[Letter, ...]
    readers: Callable[[Letter], QuerySet[Application]]
    sample: Callable[[Letter, Application, User], Mapping[str, Value]]


def _of_interviews(letter: Letter) -> QuerySet[Application]:
    """Those invited; first those whose interview stands as the letter's reader's would."""
    handed_in = F("interviews__submitted_at")
    is_after = letter in (words.SUBMISSION, words.NEW_SUBMISSION, words.REVIEW_WANTED)
    best = handed_in.desc(nulls_last=True) if is_after else handed_in.asc(nulls_first=True)
    return _open().filter(interviews__isnull=False).order_by(best, "-interviews__invited_at", "pk")


def _open(_letter: Letter | None = None) -> QuerySet[Application]:
    return Application.objects.filter(outcome__isnull=True).select_related("candidate", "job", "stage")


CORRESPONDENCE = (
    Correspondence(applying_words.ALL, _open, confirmations.sample),
    Correspondence(words.ALL, _of_interviews, interviewing.sample),
    Correspondence(pipeline_words.ALL, _open, pipelining.sample),
    Correspondence((*live_words.TO_CANDIDATES, *team_words.TO_STAFF), _open, samples.sample),
)
TO_COLLEAGUES = (STAFF_WELCOME, STAFF_PASSWORD)
ALL = {letter.kind: letter for each in CORRESPONDENCE for letter in each.letters} | {
    letter.kind: letter for letter in TO_COLLEAGUES
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A letter as ``reader`` reads it, without anybody's link."""

    reader: str
    subject: str
    body: SafeString
    small: list[str]


class NobodyInvited(Refusal):
    code = "nobody_invited"


def readers(letter: Letter) -> QuerySet[Application]:
    """The applications ``letter`` can be read with, those it fits best first; none when it is about no application."""
    about = _correspondence(letter)
    return about.readers(letter) if about else Application.objects.none()


def read(letter: Letter, wording: Wording, application: Application | None, *, by: User) -> Reading:
    """``letter`` in ``wording`` as the candidate of ``application`` would read it; one to colleagues, as ``by`` would.

    Raises ``NobodyInvited`` where there is no ``application`` and the letter is about one.
    """
    to, values = _sample(letter, application, by)
    return shown(outbox.read(letter, to=to, values=values, wording=wording), to=to.name)


def shown(filled: Filled, *, to: str) -> Reading:
    """``filled`` for a page of staff: ``to``'s own link is said, and leads nowhere; its title is not the page's."""
    body = mark_safe(HEADING.sub(_below, reading.body_without_link(filled.body)))  # noqa: S308 (cleaned by hiring.lib.prose)
    return Reading(to, filled.subject, body, filled.small)


def _below(tag: re.Match[str]) -> str:
    """A heading of a letter below the page's own and its section's."""
    return f"{tag[1]}h{int(tag[2]) + 2}"


def send_test(letter: Letter, wording: Wording, application: Application | None, *, by: User) -> Message:
    """Send ``by`` what ``read`` reads. Raises ``NobodyInvited`` and ``outbox.NoMailServer``."""
    to, values = _sample(letter, application, by)
    return outbox.send_test(letter, read_as=to, to=by, values=values, wording=wording)


def _correspondence(letter: Letter) -> Correspondence | None:
    return next((each for each in CORRESPONDENCE if letter in each.letters), None)


def _sample(letter: Letter, application: Application | None, by: User) -> tuple[outbox.Recipient, Mapping[str, Value]]:
    about = _correspondence(letter)
    if about is None:
        return outbox.Recipient(by.email, by.name), {
            "by": by.name,
            "sign_in_link": settings.BASE_URL + reverse("account_login"),
        }
    if application is None:
        raise NobodyInvited(
            _("There is no candidate yet to read it as. Once there is, you can read it here as they would.")
        )
    colleague = outbox.Recipient(by.email, by.get_short_name())
    to = colleague if letter.to_staff else pipelining.candidate_of(application)
    return to, about.sample(letter, application, by)
