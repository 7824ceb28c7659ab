"""Every 15 seconds: no document that is due stays lying, whatever the queue lost. Two beats, or none, do no harm."""

from celery import shared_task

from hiring.celery import app
from screening import documents, preparing

SWEEP_SECONDS = 15


@shared_task(ignore_result=True)
def sweep_documents() -> None:
    preparing.give_up_exhausted()
    documents.enqueue_due()


app.add_periodic_task(SWEEP_SECONDS, sweep_documents.s(), name="screening.sweep_documents", expires=SWEEP_SECONDS)
