"""The candidate's way in: a link in a mail, exchanged for a cookie by pressing a button.

Mail scanners open links, so GET changes nothing, and use never consumes a link; only time and people end it.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hiring.lib import tokens
from hiring.lib.actors import Actor
from hiring.mail import outbox
from hiring.pipeline import events
from hiring.pipeline.models import Application, CandidateDevice, CandidateLink

PURPOSE = "candidate-link"
TO_LOOK_BACK = timedelta(days=30)
SEEN_EVERY = timedelta(minutes=5)


class Entry(NamedTuple):
    """A device that just came in, and the secret its cookie is to carry."""

    device: CandidateDevice
    secret: str


def issue(application: Application, *, expires_at: datetime) -> CandidateLink:
    """A new link for ``application``, valid until ``expires_at``."""
    link = CandidateLink(application=application, expires_at=expires_at)
    link.fingerprint = tokens.fingerprint(tokens.derive(PURPOSE, link.pk))
    link.save()
    return link


def lasting(application: Application, *, until: datetime | None = None) -> CandidateLink:
    """A link of ``application`` that opens until then, thirty days from now if that is not said: the newest open one,
    made to last longer where needed, or a new one."""
    until = until or timezone.now() + TO_LOOK_BACK
    standing = application.links.filter(revoked_at__isnull=True, expires_at__gt=timezone.now()).first()
    if standing is None:
        return issue(application, expires_at=until)
    if standing.expires_at < until:
        standing.expires_at = until
        standing.save(update_fields=["expires_at"])
    return standing


def secret_of(link: CandidateLink) -> str:
    """What the link's path carries: derived, never stored."""
    return tokens.derive(PURPOSE, link.pk)


def find(secret: str) -> CandidateLink | None:
    """The link ``secret`` opens, living or not; ``None`` for a secret nobody was given."""
    return (
        CandidateLink.objects.select_related("application__candidate", "application__job")
        .filter(fingerprint=tokens.fingerprint(secret))
        .first()
    )


def is_open(link: CandidateLink) -> bool:
    return link.revoked_at is None and link.expires_at > timezone.now()


@transaction.atomic
def enter(link: CandidateLink, *, label: str) -> Entry:
    """Let a browser in through ``link``: a new device with its own secret. The first entry is an event."""
    secret = tokens.generate()
    device = CandidateDevice.objects.create(link=link, fingerprint=tokens.fingerprint(secret), label=label[:120])
    first = CandidateLink.objects.filter(pk=link.pk, entered_at__isnull=True).update(entered_at=timezone.now())
    if first:
        events.record(link.application, "link_entered", by=link.application.candidate)
    return Entry(device, secret)


def device_of(secret: str) -> CandidateDevice | None:
    """The living device whose cookie is ``secret``, with its application, candidate and job."""
    related = CandidateDevice.objects.living().select_related("link__application__candidate", "link__application__job")
    return related.filter(fingerprint=tokens.fingerprint(secret)).first()


def note_seen(device: CandidateDevice) -> None:
    """Remember that ``device`` was used just now; to a few minutes, so that not every page writes."""
    now = timezone.now()
    if now - device.seen_at > SEEN_EVERY:
        CandidateDevice.objects.filter(pk=device.pk).update(seen_at=now)
        device.seen_at = now


@transaction.atomic
def sign_out(device: CandidateDevice, *, by: Actor) -> None:
    """End the cookie of one device; its link goes on opening others, and this one anew. Twice is once."""
    ended = CandidateDevice.objects.filter(pk=device.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())
    if ended:
        events.record(device.link.application, "device_signed_out", by=by, devices=1)


@transaction.atomic
def sign_out_others(device: CandidateDevice, *, by: Actor) -> int:
    """End every living device of the application but ``device``: one event for all; the number of them."""
    others = CandidateDevice.objects.for_candidate(device.link.application).exclude(pk=device.pk)
    ended = others.update(revoked_at=timezone.now())
    if ended:
        events.record(device.link.application, "device_signed_out", by=by, devices=ended)
    return ended


@transaction.atomic
def revoke(link: CandidateLink, *, by: Actor) -> None:
    """End ``link`` and every device that came in through it; mails that wait with it are not sent. Twice is once."""
    outbox.call_off(link=link.pk, because=_("Not sent: the link in it was ended first."))
    ended = CandidateLink.objects.filter(pk=link.pk, revoked_at__isnull=True).update(revoked_at=timezone.now())
    if ended:
        events.record(link.application, "link_revoked", by=by)
