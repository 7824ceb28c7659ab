"""Every 15 seconds: nothing that is due stays lying, whatever the queue lost. Two beats, or none, do no harm."""

import logging

from celery import shared_task
from django.utils import timezone

from hiring.celery import app
from interviews import leases, recording, takes

SWEEP_SECONDS = 15

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


app.add_periodic_task(SWEEP_SECONDS, sweep_takes.s(), name="interviews.sweep_takes", expires=SWEEP_SECONDS)
