"""Ports of the queue: take an id, hand over, nothing else."""

from uuid import UUID

from celery import shared_task

from hiring.mail import delivery


@shared_task(queue="mail", time_limit=120, soft_time_limit=100)
def deliver(message_id: str) -> None:
    delivery.deliver(UUID(message_id))
