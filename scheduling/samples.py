"""What a letter about a live round would say of somebody, before there is anything to say: an example of each fact."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hiring.accounts.models import User
from hiring.lib import moments
from hiring.mail.letters import Block, Letter, Value
from hiring.mail.models import Message
from hiring.pipeline.models import Application
from scheduling import rules, times

MINUTES = 45
ROOM = "https://meet.example.org/room"
PHONE = "+442079460018"


def sample(letter: Letter, application: Application, by: User) -> Mapping[str, Value]:
    """The facts ``letter`` knows, for a conversation with ``by`` that nobody has booked."""
    start = _next_morning()
    agreed: dict[str, Value] = {
        "job": application.job.title,
        "candidate": application.candidate.name,
        "round": application.stage.name,
        "minutes": str(MINUTES),
        "people": by.name,
        "sender": by.name,
        "reader": by.name,
        "when": _when(start),
        "before": _when(start - timedelta(days=1)),
        "soon": _("in a day"),
        "meeting_link": ROOM,
        "team_phone": rules.spoken(PHONE),
        "own_phone": rules.spoken(PHONE),
        "code": "2345",
        "again_link": Message.LINK,
        "note": Block("emails/note", {"note": _("Here stands what you wrote to this candidate.")}),
        "until": partial(moments.day, start + timedelta(days=20)),
    }
    if letter.to_staff:
        agreed["link"] = settings.BASE_URL + reverse("reviewer:scheduling:mine")
    return {name: value for name, value in agreed.items() if name in letter.all_fields}


def _when(start: datetime) -> Value:
    return partial(times.when, start, start + timedelta(minutes=MINUTES))


def _next_morning() -> datetime:
    return (timezone.now() + timedelta(days=2)).replace(hour=10, minute=0, second=0, microsecond=0)
