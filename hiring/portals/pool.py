"""The talent pool as somebody reads it: of each the latest application they oversee, whatever else there is."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from hiring.accounts.models import User
from hiring.lib import pages
from hiring.lib.typed import Words
from hiring.pipeline.models import Application, Job, PoolEntry
from hiring.portals.onward import debts


class PoolForm(forms.Form):
    """Why to think of somebody for a later job."""

    note = Words(
        label=_("What to remember"),
        max_length=PoolEntry.LONGEST_NOTE,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("For whoever fills the next job: what they are good at, and what was missing here."),
        error_messages={"required": _("Say what to remember them for.")},
    )


class AdditionForm(forms.Form):
    """Which job to add somebody to, of the open ones ``user`` recruits for."""

    job = forms.ModelChoiceField(
        label=_("Job"),
        queryset=Job.objects.none(),
        empty_label=_("Choose a job"),
        error_messages={
            "required": _("Choose the job to add them to."),
            "invalid_choice": _("Choose one of the open jobs you recruit for."),
        },
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        job = self.fields["job"]
        if isinstance(job, forms.ModelChoiceField):
            job.queryset = jobs(user)


@dataclass(frozen=True)
class Kept:
    """Somebody in the pool. ``applications`` are those the reader oversees, the newest first; the ``note`` is empty
    while the reader still owes a card about them."""

    entry: PoolEntry
    applications: list[Application]
    note: str

    @property
    def latest(self) -> Application:
        return self.applications[0]


@dataclass(frozen=True)
class Pool:
    """One page of it, and the cursors of those before and after."""

    rows: list[Kept]
    newer: str
    older: str
    may_add: bool


def pool(user: User, *, cursor: str) -> Pool:
    """Whom ``user`` may find in the pool, those kept last first."""
    found = pages.page(entries(user), cursor=cursor)
    rows = [kept for entry, kept in zip(found.rows, of(found.rows, user), strict=True) if kept.applications]
    return Pool(rows, found.newer, found.older, may_add=bool(rows) and jobs(user).exists())


def entries(user: User) -> QuerySet[PoolEntry]:
    return PoolEntry.objects.for_reviewer(user).select_related("candidate", "by")


def of(found: list[PoolEntry], user: User) -> list[Kept]:
    """Each of ``found`` with what ``user`` oversees of theirs. Two queries."""
    overseen = Application.objects.for_reviewer(user).select_related("job", "stage").order_by("-created_at", "-pk")
    prefetch_related_objects(found, Prefetch("candidate__applications", overseen))
    theirs = [list(entry.candidate.applications.all()) for entry in found]
    owed = {debt.candidate for debt in debts(user, [entry.candidate_id for entry in found])}
    return [
        Kept(entry, every, "" if entry.candidate_id in owed else entry.note)
        for entry, every in zip(found, theirs, strict=True)
    ]


def jobs(user: User) -> QuerySet[Job]:
    """Those somebody may be added to by ``user``."""
    return Job.objects.managed_by(user).filter(archived_at__isnull=True)
