"""By the clock: every message that is due leaves, whatever became of its hint. Two beats, or none, do no harm."""

from celery import shared_task

from hiring.celery import app
from hiring.mail import delivery

SWEEP_SECONDS = 10
WORKING_SECONDS = 60


@shared_task(queue="mail", time_limit=120, soft_time_limit=100)
def sweep_messages() -> None:
    delivery.deliver_due(seconds=WORKING_SECONDS)


app.add_periodic_task(SWEEP_SECONDS, sweep_messages.s(), name="mail.sweep_messages", expires=SWEEP_SECONDS)
