"""Who may be the same person as a candidate, as far as a reviewer may know of them."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hiring.accounts.models import User
from hiring.pipeline import duplicates
from hiring.pipeline.models import Application, Candidate, Role


@dataclass(frozen=True)
class Suspect:
    """``url`` is empty for whoever may not merge the two."""

    candidate: Candidate
    shares: list[str | Promise]
    url: str


def suspects(candidate: Candidate, user: User) -> list[Suspect]:
    """The probable duplicates of ``candidate`` whom ``user`` oversees in some job. At most two queries."""
    matches = duplicates.probable(candidate)
    if not matches:
        return []
    found = [match.candidate.pk for match in matches]
    overseen = Application.objects.for_reviewer(user).filter(candidate__in=[*found, candidate.pk]).order_by()
    if user.is_admin:
        managed = known = set(overseen.values_list("candidate", flat=True))
    else:
        roles = list(overseen.values_list("candidate", "job__members__role"))
        known = {who for who, _role in roles}
        managed = {who for who, role in roles if role == Role.RECRUITER}
    return [
        Suspect(
            match.candidate,
            match.words,
            reverse("reviewer:screening:merge", args=[candidate.pk, match.candidate.pk])
            if {match.candidate.pk, candidate.pk} <= managed
            else "",
        )
        for match in matches
        if match.candidate.pk in known
    ]


def refuse_foreign(people: list[Candidate], user: User) -> None:
    """Raise ``NotMergeable`` when an application of one of them belongs to a job ``user`` does not recruit for."""
    every = Application.objects.filter(candidate__in=people)
    if every.exclude(pk__in=Application.objects.managed_by(user).values("pk")).exists():
        raise duplicates.NotMergeable(
            _("One of them has applied for a job you do not recruit for. Ask an admin to merge them.")
        )
