"""The same person under two addresses: finding probable ones, and making them one again.

A likeness is a question for a person, never an answer: nothing is merged without somebody who looked.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import Q, Value
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hiring.lib.actors import Actor
from hiring.lib.errors import Refusal
from hiring.pipeline import events, pool
from hiring.pipeline.models import Application, Candidate, likeness

MOST = 5
DOTLESS = {"gmail.com", "googlemail.com"}  # where dots in an address mean nothing
MOST_WORDS = 5


class Likeness(Enum):
    """What two candidates share, in the words a person reads."""

    EMAIL = gettext_lazy("the same mailbox")
    PHONE = gettext_lazy("the same phone number")
    PROFILE = gettext_lazy("the same profile")
    NAME = gettext_lazy("the same name")


@dataclass(frozen=True)
class Match:
    candidate: Candidate
    shares: tuple[Likeness, ...]

    @property
    def words(self) -> list[str | Promise]:
        return [share.value for share in self.shares]


class NotMergeable(Refusal):
    code = "not_mergeable"


def probable(candidate: Candidate) -> list[Match]:
    """Others who may be the same person as ``candidate``, those who share most first. One query."""
    likely = Q(like_mailbox=likeness.mailbox_key(Value(candidate.email)))
    for order in _orders(candidate.name):
        likely |= Q(like_name=likeness.name_key(Value(order)))
    if candidate.phone:
        likely |= Q(phone=candidate.phone)
    if candidate.profile_url:
        likely |= Q(like_profile=likeness.profile_key(Value(candidate.profile_url)))
    keys = {
        "like_mailbox": likeness.mailbox_key("email"),
        "like_name": likeness.name_key("name"),
        "like_profile": likeness.profile_key("profile_url"),
    }
    others = Candidate.objects.alias(**keys).filter(likely, merged_into__isnull=True).exclude(pk=candidate.pk)
    found = [Match(other, _shared(candidate, other)) for other in others.order_by("created_at")[: MOST * 4]]
    return sorted((match for match in found if match.shares), key=lambda match: -len(match.shares))[:MOST]


@transaction.atomic
def merge(candidate: Candidate, *, into: Candidate, by: Actor) -> Candidate:
    """Make ``candidate`` one with ``into``: their applications are ``into``'s from now on, both addresses find them.

    What ``into`` lacks (phone, profile, zone, language, a place in the talent pool) it learns. One event on each
    application of both. Raises ``NotMergeable`` when both have an open application for the same job, or one was merged
    already.
    """
    both = [candidate.pk, into.pk]
    applications = list(
        Application.objects.select_for_update(of=("self",)).filter(candidate__in=both).order_by("pk")
    )  # in the order of their ids, so that two merges at once wait for each other instead of locking each other out
    people = {person.pk: person for person in Candidate.objects.select_for_update().filter(pk__in=both).order_by("pk")}
    gone, kept = people[candidate.pk], people[into.pk]
    _check(gone, kept, applications)
    Application.objects.filter(candidate=gone).update(candidate=kept)
    pool.carry_over(gone, into=kept)
    Candidate.objects.filter(merged_into=gone).update(merged_into=kept)
    Candidate.objects.filter(pk=gone.pk).update(merged_into=kept)
    learned = {
        name: said
        for name in ("phone", "profile_url", "zone", "locale")
        if (said := getattr(gone, name)) and not getattr(kept, name)
    }
    if learned:
        Candidate.objects.filter(pk=kept.pk).update(**learned)
    for application in applications:
        events.record(application, "candidates_merged", by=by, merged=str(gone.pk), into=str(kept.pk))
    kept.refresh_from_db()
    return kept


def _check(gone: Candidate, kept: Candidate, applications: list[Application]) -> None:
    if gone.pk == kept.pk:
        raise NotMergeable(_("This is one and the same candidate already."))
    if gone.merged_into_id or kept.merged_into_id:
        raise NotMergeable(_("Somebody merged one of them a moment ago. Look at the application again."))
    open_jobs = [application.job_id for application in applications if application.outcome is None]
    twice = {job for job in open_jobs if open_jobs.count(job) > 1}
    if twice:
        job = next(application.job for application in applications if application.job_id in twice)
        raise NotMergeable(
            _("Both have an open application for “%(job)s”. Close one of them first, then merge.") % {"job": job}
        )


def _shared(one: Candidate, other: Candidate) -> tuple[Likeness, ...]:
    likenesses = (
        (Likeness.EMAIL, mailbox(one.email) == mailbox(other.email)),
        (Likeness.PHONE, bool(one.phone) and one.phone == other.phone),
        (
            Likeness.PROFILE,
            bool(profile_key(one.profile_url)) and profile_key(one.profile_url) == profile_key(other.profile_url),
        ),
        (Likeness.NAME, name_key(one.name) == name_key(other.name)),
    )
    return tuple(likeness for likeness, holds in likenesses if holds)


def mailbox(email: str) -> str:
    """Where mail to ``email`` ends up: without capitals, without what follows a plus."""
    local, _at, host = email.casefold().rpartition("@")
    local = local.partition("+")[0]
    return f"{local.replace('.', '')}@gmail.com" if host in DOTLESS else f"{local}@{host}"


def profile_key(url: str) -> str:
    """The address of a profile without what differs between two ways to copy it: ``linkedin.com/in/ada``."""
    parts = urlsplit(url.casefold())
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}" if parts.netloc else ""


def name_key(name: str) -> tuple[str, ...]:
    """The words of a name without marks and capitals, in no order."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return tuple(sorted(re.findall(r"\w+", plain.casefold().translate(str.maketrans("øłđı", "oldi")))))


def _orders(name: str) -> list[str]:
    """The ways the words of ``name`` may follow each other elsewhere: as they are, or turned around: Clarke, Joan."""
    words = name.replace(",", " ").split()[:MOST_WORDS]
    return [" ".join([*words[place:], *words[:place]]) for place in range(len(words))]
