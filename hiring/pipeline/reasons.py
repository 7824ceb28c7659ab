"""Why applications do not move forward, as a company says it. Archived, never deleted: decisions point at them."""

from django.utils import timezone

from hiring.pipeline.models import RejectReason


def add(*, name: str, words: str) -> RejectReason:
    last = RejectReason.objects.order_by("position").last()
    return RejectReason.objects.create(name=name, words=words, position=last.position + 1 if last else 0)


def change(reason: RejectReason, *, name: str, words: str) -> RejectReason:
    """Say it otherwise from now on. Mails already sent keep the words they had."""
    reason.name, reason.words = name, words
    reason.save(update_fields=["name", "words"])
    return reason


def archive(reason: RejectReason) -> RejectReason:
    """Offer it no more. Decisions made with it keep it."""
    reason.archived_at = reason.archived_at or timezone.now()
    reason.save(update_fields=["archived_at"])
    return reason


def restore(reason: RejectReason) -> RejectReason:
    reason.archived_at = None
    reason.save(update_fields=["archived_at"])
    return reason
