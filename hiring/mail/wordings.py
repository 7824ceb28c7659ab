"""The company's own words for its messages, and the product's where it has none."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hiring.accounts.models import User
from hiring.lib import memo
from hiring.lib.errors import Refusal
from hiring.mail.letters import Letter, Wording
from hiring.mail.models import OwnWording

FASTER = _("Somebody else saved other words while you were writing. Yours still stand here; save again to use them.")


class UnusableWording(Refusal):
    """Something is missing from the words, or would reach somebody as a field nobody filled in."""

    code = "unusable_wording"


class WordingChanged(Refusal):
    """Somebody else saved other words since these were opened."""

    code = "wording_changed"


def of(letter: Letter) -> Wording:
    """The words a message of this kind is written with now.

    Own words which a newer version of the product cannot use, a field having become necessary since, stay in their
    row and are passed over.
    """
    own = memo.once(("wording", letter.kind), lambda: _usable(letter))
    return said_by(own) if own else letter.wording


def _usable(letter: Letter) -> OwnWording | None:
    own = own_of(letter)
    return own if own and is_usable(letter, own) else None


def is_usable(letter: Letter, own: OwnWording) -> bool:
    return not any(letter.problems(said_by(own)))


def own_of(letter: Letter) -> OwnWording | None:
    return OwnWording.objects.select_related("changed_by").filter(kind=letter.kind).first()


def own() -> dict[str, OwnWording]:
    """All the company has said in its own words, by kind."""
    return {own.kind: own for own in OwnWording.objects.select_related("changed_by")}


def said_by(own: OwnWording) -> Wording:
    return Wording(own.subject, own.text)


@transaction.atomic
def change(letter: Letter, wording: Wording, *, by: User, seen: str) -> None:
    """Write messages of this kind in these words from now on. ``seen`` is the ``stamp`` they were opened with.

    Raises ``UnusableWording``, and ``WordingChanged`` when somebody else was faster; nothing is kept then.
    """
    problems = list(letter.problems(wording))
    if problems:
        raise UnusableWording(problems[0][1])
    own = OwnWording.objects.select_for_update(of=("self",)).filter(kind=letter.kind).first()
    if stamp(own) != seen:
        raise WordingChanged(FASTER)
    if wording == letter.wording:
        restore(letter)
        return
    values = {"subject": wording.subject, "text": wording.text, "changed_at": timezone.now(), "changed_by": by}
    if own:
        OwnWording.objects.filter(kind=letter.kind).update(**values)
        return
    _row, is_ours = OwnWording.objects.get_or_create(kind=letter.kind, defaults=values)
    if not is_ours:
        raise WordingChanged(FASTER)


def restore(letter: Letter) -> None:
    """Go back to the product's own words."""
    OwnWording.objects.filter(kind=letter.kind).delete()


def stamp(own: OwnWording | None) -> str:
    """Which words these are, to notice that they are no longer the ones somebody opened."""
    return own.changed_at.isoformat() if own else ""
