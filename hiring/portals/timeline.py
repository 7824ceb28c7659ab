"""What happened to an application, in human words. What belongs together is one line; the events stay as they are."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hiring.accounts.models import User
from hiring.pipeline import events
from hiring.pipeline.models import Application, Event
from hiring.portals import queries
from interviews.models import Take

ARRIVED, WATCHABLE = "answer_received", "answer_playable"


@dataclass(frozen=True)
class Moment:
    """One line of the timeline."""

    text: str | Promise
    at: datetime
    by: str
    remark: str = ""


def timeline(application: Application, *, hide_cards_from: User | None) -> list[Moment]:
    """What happened to ``application``, newest first. Whoever still owes a card does not learn of others'."""
    history = list(application.events.select_related("remark").order_by("-at"))
    if hide_cards_from is not None:
        history = [
            event for event in history if event.verb != "scorecard_submitted" or event.actor_id == hide_cards_from.pk
        ]
    takes = Take.objects.filter(answer__interview__application=application).values_list("pk", "answer_id")
    answer_of = {str(take): answer for take, answer in takes}
    names = queries.people([*(event.actor_id for event in history), *_mentioned(history)])
    moments: list[Moment] = []
    for is_recording, events_in_a_row in groupby(history, key=lambda event: event.verb in {ARRIVED, WATCHABLE}):
        run = list(events_in_a_row)
        moments += (
            _answers(run, application, answer_of)
            if is_recording
            else [_moment(each, application, names) for each in run]
        )
    return moments


def _answers(run: list[Event], application: Application, answer_of: Mapping[str, UUID]) -> list[Moment]:
    """One line for answers that came in and were prepared one after another, two while some are being prepared.

    How often somebody tried an answer is theirs to know: it counts once.
    """
    latest = {event.verb: event.at for event in reversed(run)}
    answers = {(event.verb, answer_of.get(str(event.details.get("take")), event.pk)) for event in run}
    count = Counter(verb for verb, _answer in answers)
    candidate, arrived, watchable = application.candidate.name, count[ARRIVED], count[WATCHABLE]
    if arrived == watchable:
        text = ngettext("An answer arrived and can be watched", "%(n)s answers arrived and can be watched", arrived) % {
            "n": arrived
        }
        return [Moment(text, run[0].at, candidate)]
    moments = []
    if watchable:
        text = ngettext("An answer can be watched", "%(n)s answers can be watched", watchable) % {"n": watchable}
        moments.append(Moment(text, latest[WATCHABLE], "Callback"))
    if arrived:
        text = ngettext("An answer arrived", "%(n)s answers arrived", arrived) % {"n": arrived}
        moments.append(Moment(text, latest[ARRIVED], candidate))
    return sorted(moments, key=lambda moment: moment.at, reverse=True)


def _mentioned(history: Iterable[Event]) -> list[UUID]:
    return [UUID(str(event.details["reviewer"])) for event in history if event.details.get("reviewer")]


def _moment(event: Event, application: Application, names: dict[UUID, str]) -> Moment:
    text: str | Promise = events.VERBS.get(event.verb, event.verb)
    if event.details.get("reviewer"):
        who = names.get(UUID(str(event.details["reviewer"])), _("somebody"))
        text = _("%(what)s: %(who)s") % {"what": text, "who": who}
    if event.actor_kind == "candidate":
        by = application.candidate.name
    elif event.actor_id is None:
        by = "Callback"
    else:
        by = names.get(event.actor_id, _("somebody who left"))
    remark = getattr(event, "remark", None)
    return Moment(text, event.at, by, remark.text if remark else "")
