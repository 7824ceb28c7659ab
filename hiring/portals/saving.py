"""Filters somebody comes back to: kept under a name, for one person and one job."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.pipeline.models import Job
from hiring.portals.filters import Filter
from hiring.portals.models import SavedFilter

MOST = 20


class NameTaken(Refusal):
    code = "name_taken"


class NothingToSave(Refusal):
    code = "nothing_to_save"


class TooManyFilters(Refusal):
    code = "too_many_filters"


def save(job: Job, asked: Filter, *, name: str, by: User) -> SavedFilter:
    """Keep ``asked`` under ``name``; under a name they have already, instead of what it was.

    Raises ``NothingToSave`` for a filter that asks for nothing, and ``TooManyFilters`` beyond twenty.
    """
    if not asked:
        raise NothingToSave(_("Everybody is shown as it is. Choose something first, then save it under a name."))
    mine = SavedFilter.objects.filter(user=by, job=job)
    if not mine.filter(name=name).exists() and mine.count() >= MOST:
        raise TooManyFilters(_("You have %(n)d saved filters here. Remove one first.") % {"n": MOST})
    kept, _created = SavedFilter.objects.update_or_create(user=by, job=job, name=name, defaults={"query": asked.text})
    return kept


def rename(saved: SavedFilter, *, name: str) -> SavedFilter:
    """Call it ``name``. Raises ``NameTaken`` where another of theirs in this job is called so."""
    saved.name = name
    try:
        with transaction.atomic():
            saved.save(update_fields=["name"])
    except IntegrityError as error:
        raise NameTaken(_("Another of your filters here is called “%(name)s”.") % {"name": name}) from error
    return saved
