"""Ports of the queue: take an id, hand over, nothing else."""

from uuid import UUID

from celery import shared_task

from screening import preparing


@shared_task
def prepare_document(document: str) -> None:
    preparing.prepare(UUID(document))
