"""The company's own words for its messages, and the product's where it has none."""

from django.utils import timezone

from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.mail.letters import Letter, Wording
from hiring.mail.models import OwnWording


class UnusableWording(Refusal):
    """Something is missing from the words, or would reach somebody as a field nobody filled in."""

    code = "unusable_wording"


def of(letter: Letter) -> Wording:
    """The words a message of this kind is written with now.

    Own words which a newer version of the product cannot use, a field having become necessary since, stay in their
    row and are passed over.
    """
    own = own_of(letter)
    return letter.wording if own is None or any(letter.problems(own)) else own


def own_of(letter: Letter) -> Wording | None:
    row = OwnWording.objects.filter(kind=letter.kind).first()
    return Wording(row.subject, row.text) if row else None


def change(letter: Letter, wording: Wording, *, by: User) -> None:
    """Write messages of this kind in these words from now on. Raises ``UnusableWording``; nothing is kept then."""
    problems = list(letter.problems(wording))
    if problems:
        raise UnusableWording(problems[0][1])
    if wording == letter.wording:
        restore(letter)
        return
    values = {"subject": wording.subject, "text": wording.text, "changed_at": timezone.now(), "changed_by": by}
    OwnWording.objects.update_or_create(kind=letter.kind, defaults=values)


def restore(letter: Letter) -> None:
    """Go back to the product's own words."""
    OwnWording.objects.filter(kind=letter.kind).delete()
