"""The rows of a job's page: which part, in which order, with the addresses of the parts beside it."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from hiring.accounts.models import User
from hiring.lib import pages
from hiring.pipeline.models import Job
from hiring.portals import queries
from hiring.portals.forms import FilterForm
from hiring.portals.queries import STANDINGS, Candidacy
from interviews import reviewing


def listing(job: Job, user: User, form: FilterForm) -> dict[str, Any]:
    """What the list of ``job`` shows ``user``: rows, tabs with counts, and the addresses of the pages beside it."""
    needed = reviewing.cards_needed(job)
    asked = form.cleaned_data if form.is_valid() else {}
    everybody = queries.candidacies(job, user)
    counts = queries.count_standings(everybody, cards_needed=needed)
    rows = everybody
    if asked.get("status"):
        rows = queries.in_standing(rows, asked["status"], cards_needed=needed)
    if asked.get("q"):
        rows = rows.filter(Q(candidate__name__icontains=asked["q"]) | Q(candidate__email__icontains=asked["q"]))
    found = pages.page(rows, cursor=asked.get("cursor", ""))
    kept = {key: value for key in ("q", "status") if (value := asked.get(key))}
    listed = [Candidacy(row, queries.standing(row, cards_needed=needed)) for row in found.rows]
    return {
        "filter": form,
        "rows": listed,
        "has_uninvited": any(row.standing.key == "to_invite" for row in listed),
        "tabs": _tabs(job, counts, asked.get("status", "")),
        "total": sum(counts.values()),
        "newer_url": _address(job, **kept, cursor=found.newer) if found.newer else "",
        "older_url": _address(job, **kept, cursor=found.older) if found.older else "",
    }


def _tabs(job: Job, counts: dict[str, int], current: str) -> list[tuple[Any, str, bool, int]]:
    """Everybody, then each standing somebody is in; the one being looked at always."""
    some = [
        (item.words, _address(job, status=key), key == current, counts[f"n_{key}"])
        for key, item in STANDINGS.items()
        if counts[f"n_{key}"] or key == current
    ]
    return [(_("Everybody"), _address(job), not current, sum(counts.values())), *some]


def _address(job: Job, **query: str) -> str:
    path = reverse("reviewer:job", args=[job.pk])
    return f"{path}?{urlencode(query)}" if query else path
