"""What a candidate agrees to before the camera opens, word for word.

Change a word here, change ``VERSION``: everybody who has not recorded yet is asked again.
"""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hiring.accounts.models import Company
from hiring.lib import tokens
from interviews.models import Interview

VERSION = "2026-11"


@dataclass(frozen=True, slots=True)
class Notice:
    """The notice as one candidate reads it: paragraphs of a heading and a text, and what is stored of it."""

    paragraphs: tuple[tuple[str, str], ...]
    retention_days: int
    locale: str
    version: str = VERSION

    @property
    def text(self) -> str:
        """Exactly what the page shows."""
        return "\n\n".join(f"{heading}\n{text}" for heading, text in self.paragraphs)

    @property
    def sha256(self) -> str:
        return tokens.fingerprint(self.text)


def for_interview(interview: Interview) -> Notice:
    """The notice for ``interview`` in the language that is current."""
    company = Company.objects.current() or Company(name="Callback")
    words = {
        "company": company.name,
        "job": interview.application.job.title,
        "days": company.retention_days,
        "contact": company.privacy_contact or company.reply_to,
    }
    paragraphs = (
        (
            _("What it is for"),
            _(
                "%(company)s records your answers on video and sound to decide about your application for "
                "“%(job)s”, and uses them for nothing else."
            ),
        ),
        (
            _("Who sees it"),
            _(
                "Only people who hire for this job: its recruiters, its hiring manager and the interviewers they "
                "assign. Each time one of them opens a recording, that is written down."
            ),
        ),
        (
            _("How long we keep it"),
            _("At most %(days)d days after we decided about your application. Then the recordings are deleted."),
        ),
        (
            _("No machine decides"),
            _(
                "People watch and score your answers. No AI scores, ranks or filters you, and nobody analyses your "
                "face, your voice or your feelings. Software only checks that picture and sound arrived."
            ),
        ),
        (
            _("Your rights"),
            _(
                "You can stop at any time, see your recordings and have them deleted: write to %(contact)s. "
                "If recording yourself is not right for you, ask us for another way; it does not count against you."
            ),
        ),
    )
    return Notice(
        paragraphs=tuple((heading, text % words) for heading, text in paragraphs),
        retention_days=company.retention_days,
        locale=get_language() or company.locale,
    )


def is_agreed(interview: Interview) -> bool:
    """Whether the candidate agreed to this version, for recordings kept at least as long as the company keeps them."""
    company = Company.objects.current() or Company()
    return interview.consents.filter(notice_version=VERSION, retention_days__gte=company.retention_days).exists()
