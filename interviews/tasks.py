"""Ports of the queue: take an id, hand over, nothing else."""

from uuid import UUID

from celery import shared_task

from interviews import assembly


@shared_task(queue="media", time_limit=1800, soft_time_limit=1740)
def process_take(take: str) -> None:
    if assembly.process(UUID(take)):
        process_take.delay(take)  # behind those who wait for a first look
