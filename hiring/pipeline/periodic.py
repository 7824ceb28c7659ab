"""By the clock: due decisions are told, promises warn before they lapse. Two beats, or none, do no harm."""

from celery import shared_task
from django.utils import timezone

from hiring.celery import app
from hiring.pipeline import decisions, lapsing

SWEEP_SECONDS = 15


@shared_task(ignore_result=True)
def sweep_decisions() -> None:
    decisions.release_due(timezone.now())


@shared_task(ignore_result=True)
def sweep_promises() -> None:
    now = timezone.now()
    lapsing.warn_due(now)
    lapsing.renew_due(now)


app.add_periodic_task(SWEEP_SECONDS, sweep_decisions.s(), name="pipeline.sweep_decisions", expires=SWEEP_SECONDS)
app.add_periodic_task(60, sweep_promises.s(), name="pipeline.sweep_promises", expires=60)
