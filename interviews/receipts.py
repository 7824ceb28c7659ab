"""A receipt for what a candidate sent: a code over the manifests of the chosen takes, which anybody may check.

It proves that these recordings, byte for byte, arrived then; it says nothing of whose they are.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hiring.lib import tokens
from interviews.models import Answer, Interview, Take

PURPOSE = "receipt"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the receipt shows: to the candidate and to whoever checks the code alike."""

    code: str
    submitted_at: datetime
    seconds: tuple[float, ...]  # of each answer sent, in the order asked
    megabytes: float

    @property
    def lines(self) -> list[str]:
        """One sentence per answer, and one for all of them."""
        each = [
            _("Answer %(number)d: %(clock)s") % {"number": number, "clock": clock(seconds)}
            for number, seconds in enumerate(self.seconds, start=1)
        ]
        together = ngettext(
            "%(number)d answer, %(clock)s in all, %(size).1f MB",
            "%(number)d answers, %(clock)s in all, %(size).1f MB",
            len(self.seconds),
        ) % {"number": len(self.seconds), "clock": clock(sum(map(int, self.seconds))), "size": self.megabytes}
        return [*each, together]


def code_of(interview: Interview) -> str:
    """The code for the takes chosen now: five groups of four letters, 100 bits."""
    ledger = [
        {"answer": str(answer.pk), "take": str(take.pk), "seconds": take.claimed_seconds, "manifest": take.manifest}
        for answer, take in _chosen(interview)
    ]
    content = json.dumps([str(interview.pk), ledger], sort_keys=True, separators=(",", ":"))
    return tokens.short_code(PURPOSE, hashlib.sha256(content.encode()).digest())


def of(interview: Interview) -> Receipt:
    """The receipt of a submitted interview."""
    if interview.submitted_at is None:
        raise ValueError("only a submitted interview has a receipt")
    takes = [take for _answer, take in _chosen(interview)]
    return Receipt(
        code=interview.receipt,
        submitted_at=interview.submitted_at,
        seconds=tuple(length_of(take) for take in takes),
        megabytes=sum(piece["size"] for take in takes for run in take.manifest for piece in run["pieces"]) / 1e6,
    )


def example() -> Receipt:
    """What a receipt looks like, for whoever edits the mail it stands in. No receipt has this code."""
    return Receipt("EXAM-PLEE-XAMP-LEEX-AMPL", submitted_at=timezone.now(), seconds=(74.0, 118.0), megabytes=18.4)


def check(typed: str) -> Receipt | None:
    """The receipt ``typed`` names if it is genuine: known, and still the code of what is stored. ``None`` otherwise.

    Spaces, hyphens and lower case are forgiven; whatever else was typed cannot reach the database.
    """
    code = tokens.read_short_code(typed)
    if not code:
        return None
    interview = Interview.objects.filter(receipt=code, submitted_at__isnull=False).first()
    if interview is None or code_of(interview) != code:
        return None
    return of(interview)


def length_of(take: Take) -> float:
    """Seconds as measured, or as the recorder counted them until then."""
    return take.seconds or take.claimed_seconds or 0.0


def clock(seconds: float) -> str:
    """``2:05``."""
    minutes, rest = divmod(int(seconds), 60)  # as the recorder counts: whole seconds that have passed
    return f"{minutes}:{rest:02d}"


def _chosen(interview: Interview) -> list[tuple[Answer, Take]]:
    answers = interview.answers.filter(chosen_take__isnull=False).select_related("chosen_take", "question")
    return [(answer, answer.chosen_take) for answer in answers.order_by("question__position") if answer.chosen_take]
