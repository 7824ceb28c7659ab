"""Putting an application aside where it stands, and taking it up again.

The candidate hears nothing of it: what they were promised stands.
"""

from django.db import transaction
from django.utils import timezone

from hiring.accounts.models import User
from hiring.pipeline import events, transitions
from hiring.pipeline.models import Application, Stay


@transaction.atomic
def hold(application: Application, *, by: User, reason: str = "") -> Stay:
    """Put ``application`` aside for now; ``reason`` is for the team. Held again, the newer reason counts.

    Raises ``IllegalMove`` once it is decided or closed.
    """
    current = transitions.locked(application)
    transitions.refuse_closed(current)
    transitions.refuse_decided(current)
    stay = Stay.objects.get(application=current, left_at__isnull=True)
    stay.held_at, stay.held_by, stay.held_reason = timezone.now(), by, reason.strip()
    stay.save(update_fields=["held_at", "held_by", "held_reason"])
    events.record(current, "application_held", by=by, remark=stay.held_reason)
    return stay


@transaction.atomic
def resume(application: Application, *, by: User) -> None:
    """Take ``application`` up again. Does nothing for one that is not on hold."""
    current = transitions.locked(application)
    held = Stay.objects.filter(application=current, left_at__isnull=True, held_at__isnull=False)
    if held.update(held_at=None, held_by=None, held_reason=""):
        events.record(current, "application_resumed", by=by)
