"""By the clock: reminders that are due, meetings that are over, bookings somebody has to look at."""

from celery import shared_task
from django.utils import timezone

from hiring.celery import app
from scheduling import attention, operations, reminding

REMINDING_SECONDS = 60
LOOKING_SECONDS = 600


@shared_task(ignore_result=True)
def sweep_bookings() -> None:
    now = timezone.now()
    reminding.remind_due(now)
    operations.complete_due(now)


@shared_task(ignore_result=True)
def look_over_bookings() -> None:
    attention.look_over(timezone.now())


app.add_periodic_task(
    REMINDING_SECONDS, sweep_bookings.s(), name="scheduling.sweep_bookings", expires=REMINDING_SECONDS
)
app.add_periodic_task(
    LOOKING_SECONDS, look_over_bookings.s(), name="scheduling.look_over_bookings", expires=LOOKING_SECONDS
)
