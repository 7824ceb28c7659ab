"""Keeping somebody good in mind for a later job, and letting them go again. They hear nothing of it."""

from django.db import transaction
from django.utils import timezone

from hiring.accounts.models import User
from hiring.pipeline import events, transitions
from hiring.pipeline.models import Application, Candidate, PoolEntry


@transaction.atomic
def keep_in_mind(application: Application, *, note: str, by: User) -> PoolEntry:
    """Put the candidate of ``application``, open or closed, into the talent pool; ``note`` says why.

    Kept already, a newer note takes the place of the older; the same once more changes nothing.
    """
    current, candidate = _locked(application)
    said, note = PoolEntry.objects.filter(candidate=candidate).first(), note.strip()
    if said is not None and said.note == note:
        return said
    kept = {"note": note, "by": by, "created_at": timezone.now()}
    entry, _created = PoolEntry.objects.update_or_create(candidate=candidate, defaults=kept)
    events.record(current, "candidate_kept_in_mind", by=by, remark=note)
    return entry


@transaction.atomic
def let_go(application: Application, *, by: User) -> None:
    """Take the candidate of ``application`` out of the talent pool. Does nothing for one who is not in it."""
    current, candidate = _locked(application)
    gone, _rows = PoolEntry.objects.filter(candidate=candidate).delete()
    if gone:
        events.record(current, "candidate_let_go", by=by)


def carry_over(gone: Candidate, *, into: Candidate) -> None:
    """What was kept of ``gone`` is ``into``'s, whose own note stays if there is one. The caller holds both rows."""
    entry = PoolEntry.objects.filter(candidate=gone)
    if PoolEntry.objects.filter(candidate=into).exists():
        entry.delete()
    else:
        entry.update(candidate=into)


def _locked(application: Application) -> tuple[Application, Candidate]:
    """Both rows: of two of one candidate's applications somebody may say so at once."""
    current = transitions.locked(application)
    return current, Candidate.objects.select_for_update(no_key=True).get(pk=current.candidate_id)
