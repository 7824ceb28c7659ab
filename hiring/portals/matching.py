"""Everybody a list shows, on whatever page: chosen by its filter, counted, and no more than somebody can read for."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.pipeline.models import Job
from hiring.portals import bulk
from hiring.portals.filters import FilterForm
from hiring.portals.listing import candidates


class NoSuchFilter(Refusal):
    code = "no_such_filter"


def ticked(job: Job, query: str, *, by: User) -> list[str]:
    """The open applications the list of ``job`` shows ``by`` for ``query``, as if every one had been ticked.

    Raises ``TooMany`` beyond ``bulk.MOST``, with how many there are; ``NoSuchFilter`` for a query that asks for what is
    not there (any more): it could mean everybody.
    """
    form = FilterForm(QueryDict(query), job=job)
    if not form.is_valid():
        raise NoSuchFilter(_("This list has changed since you opened it. Look at it again, then choose."))
    open_ones = candidates(job, by, form.filter).filter(outcome__isnull=True).order_by()
    places = list(open_ones.values_list("pk", "stage")[: bulk.MOST + 1])
    if len(places) > bulk.MOST:
        raise bulk.TooMany(
            _(
                "%(number)d people match. Do it for at most %(most)d at a time, so that you can read what they get: "
                "narrow the list by stage or standing first."
            )
            % {"number": open_ones.count(), "most": bulk.MOST}
        )
    return [f"{application}@{stage}" for application, stage in places]
