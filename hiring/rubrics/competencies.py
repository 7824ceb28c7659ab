"""What answers are scored on. A name that scores were given under stays what it was."""

from django.db import transaction
from django.utils.translation import gettext as _

from hiring.lib.errors import Refusal
from hiring.rubrics.models import Competency, QuestionCompetency


class NameTaken(Refusal):
    code = "competency_name_taken"


class NameInUse(Refusal):
    """Scores are, or will be, given under this name."""

    code = "competency_name_in_use"


@transaction.atomic
def create(name: str, description: str = "") -> Competency:
    """A new competency; ``name`` may not differ from another's by case alone. Raises ``NameTaken``."""
    _refuse_taken(name, besides=None)
    return Competency.objects.create(name=name, description=description)


@transaction.atomic
def edit(competency: Competency, *, name: str, description: str) -> Competency:
    """Say better what it means; the name only while no published version scores on it.

    Raises ``NameTaken`` and ``NameInUse``.
    """
    current = Competency.objects.select_for_update().get(pk=competency.pk)
    if name != current.name and is_published(current):
        raise NameInUse(
            _("“%(name)s” is part of a published question set, so its name stays. Add a new competency instead.")
            % {"name": current.name}
        )
    _refuse_taken(name, besides=current)
    current.name, current.description = name, description
    current.save(update_fields=["name", "description"])
    return current


@transaction.atomic
def remove(competency: Competency) -> None:
    """Take away a competency no question is scored on."""
    if QuestionCompetency.objects.filter(competency=competency).exists():
        raise Refusal(_("Questions are scored on “%(name)s”, so it stays.") % {"name": competency.name})
    competency.delete()


def is_published(competency: Competency) -> bool:
    """Whether a published version scores on it."""
    scored = QuestionCompetency.objects.filter(competency=competency)
    return scored.filter(question__version__published_at__isnull=False).exists()


def _refuse_taken(name: str, *, besides: Competency | None) -> None:
    others = Competency.objects.filter(name__iexact=name)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    if others.exists():
        raise NameTaken(_("There is a competency called “%(name)s” already.") % {"name": name})
