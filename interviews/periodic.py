"""By the clock: nothing that is due stays lying, whatever the queue lost. Two beats, or none, do no harm."""

import logging

from celery import shared_task
from django.utils import timezone

from hiring.celery import app
from interviews import leases, recording, reminding, takes

SWEEP_SECONDS = 15
REMINDING_SECONDS = 60

logger = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def sweep_takes() -> None:
    leases.give_up_exhausted()
    recording.enqueue_due()
    now = timezone.now()
    recording.abandon_forgotten(now)
    recording.recover_forgotten(now)
    late = takes.overdue(now).count()
    if late:
        logger.warning("%d takes are past the deadline of their state", late)


@shared_task(ignore_result=True)
def sweep_reminders() -> None:
    reminding.remind_due(timezone.now())


app.add_periodic_task(SWEEP_SECONDS, sweep_takes.s(), name="interviews.sweep_takes", expires=SWEEP_SECONDS)
app.add_periodic_task(
    REMINDING_SECONDS, sweep_reminders.s(), name="interviews.sweep_reminders", expires=REMINDING_SECONDS
)
