"""Finding somebody by name or address, whatever they applied for: only among those the reader oversees."""

from typing import Any

from django import forms
from django.core.validators import MinLengthValidator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hiring.accounts.models import User
from hiring.lib.pages import LONGEST_CURSOR
from hiring.pipeline.models import Application
from hiring.portals.filters import named

SHORTEST = 2


class FindingForm(forms.Form):
    q = forms.CharField(
        label=_("Name or e-mail"),
        max_length=100,
        validators=[MinLengthValidator(SHORTEST, _("Write at least two letters of the name or the address."))],
        error_messages={"required": _("Write a part of the name or of the address.")},
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
    cursor = forms.CharField(max_length=LONGEST_CURSOR, required=False)


def applications(q: str, user: User) -> QuerySet[Any]:
    """The applications ``user`` oversees of everybody whose name or address holds ``q``.

    An address that turned out to be somebody else's second one finds that person.
    """
    people = named(q)
    known = people.filter(merged_into__isnull=False).values("merged_into")
    theirs = Q(candidate__in=people) | Q(candidate__in=known)
    found = Application.objects.for_reviewer(user).filter(theirs)
    return found.select_related("candidate__pool_entry", "job", "stage")
