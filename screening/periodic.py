"""Every 15 seconds: no document that is due stays lying, whatever the queue lost. Every six hours: nothing lies in the
store that belongs to nobody. Two beats, or none, do no harm."""

from celery import shared_task
from django.utils import timezone

from hiring.celery import app
from screening import documents, preparing

SWEEP_SECONDS = 15
ORPHANS_SECONDS = 6 * 3600


@shared_task(ignore_result=True)
def sweep_documents() -> None:
    preparing.give_up_exhausted()
    documents.enqueue_due()


@shared_task(ignore_result=True)
def sweep_orphans() -> None:
    documents.remove_orphans(timezone.now())


app.add_periodic_task(SWEEP_SECONDS, sweep_documents.s(), name="screening.sweep_documents", expires=SWEEP_SECONDS)
app.add_periodic_task(ORPHANS_SECONDS, sweep_orphans.s(), name="screening.sweep_orphans", expires=ORPHANS_SECONDS)
