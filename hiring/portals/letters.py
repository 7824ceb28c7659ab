"""Every kind of message the product sends, and the words of those to colleagues."""

from django.utils.translation import gettext_lazy as _

from hiring.mail.letters import Letter
from interviews import words

OWN_LINK = _("Their own link to set a password; on a line alone, a button")

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
