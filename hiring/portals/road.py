"""What a candidate may know of their way: the stages behind and ahead, and the messages they were sent.

A decision shows only once they were told: until then everything here is as if nobody had decided.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from hiring.mail.models import Message
from hiring.pipeline import stages
from hiring.pipeline.models import Application

REACHED = (Message.State.SENT, Message.State.ON_SCREEN)  # on screen: passed on by a person


@dataclass(frozen=True)
class Stop:
    """A stage on the way. ``state`` is done, now, next or, where it was left out, skipped.

    ``until`` says when it was done, ``promise`` what to expect of one that is not.
    """

    name: str
    state: str
    until: datetime | None = None
    promise: str = ""


def stops(application: Application) -> list[Stop]:
    """The stages of the job as ``application`` passes through them."""
    left = dict(application.stays.order_by("entered_at").values_list("stage", "left_at"))
    found = []
    for stage in application.job.stages.order_by("position"):
        if stage.position < application.stage.position:
            state = "done" if stage.pk in left else "skipped"
            found.append(Stop(stage.name, state, left.get(stage.pk)))
        else:
            state = "now" if stage.pk == application.stage_id else "next"
            found.append(Stop(stage.name, state, promise=stages.promise(stage)))
    return found


def letters(application: Application) -> QuerySet[Message]:
    """What we wrote to the candidate of ``application`` and what reached them, newest first."""
    theirs = Message.objects.filter(about=application.pk, to_email__iexact=application.candidate.email)
    return theirs.filter(person__isnull=True, state__in=REACHED, due_at__lte=timezone.now()).order_by("-created_at")


def text(message: Message) -> str:
    """The words of ``message`` for who it was sent to and is signed in already: their link leads to where they are."""
    return message.text.replace(Message.LINK, settings.BASE_URL + reverse("candidate:home"))
