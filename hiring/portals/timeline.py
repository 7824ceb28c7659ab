"""What happened to an application, in human words. What belongs together is one line; the events stay as they are."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Self
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hiring.accounts.models import User
from hiring.lib import moments
from hiring.pipeline import events
from hiring.pipeline.models import Application, Decision, Event
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
    """What happened to ``application``, newest first. Whoever still owes a card learns neither of others' nor what
    colleagues said when they did something."""
    history = list(application.events.select_related("remark").order_by("-at", "-pk"))
    if hide_cards_from is not None:
        history = [
            event for event in history if event.verb != "scorecard_submitted" or event.actor_id == hide_cards_from.pk
        ]
    takes = Take.objects.filter(answer__interview__application=application).values_list("pk", "answer_id")
    answer_of = {str(take): answer for take, answer in takes}
    names = _Names.of(application, history, says_why=hide_cards_from is None)
    moments: list[Moment] = []
    for is_recording, events_in_a_row in groupby(history, key=lambda event: event.verb in {ARRIVED, WATCHABLE}):
        run = list(events_in_a_row)
        moments += (
            _answers(run, application, answer_of)
            if is_recording
            else [_moment(each, application, names, hide_cards_from) for each in run]
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


@dataclass(frozen=True)
class _Names:
    """What the ids in events stand for: users, the job's stages, decisions (what was decided, and why)."""

    people: Mapping[UUID, str]
    stages: Mapping[str, str]
    decisions: Mapping[str, str]

    @classmethod
    def of(cls, application: Application, history: Sequence[Event], *, says_why: bool) -> Self:
        decided = application.decisions.select_related("reason") if _name_some(history, "decision") else []
        stages = application.job.stages.all() if _name_some(history, "to", "stage") else []
        mentioned = [UUID(str(event.details["reviewer"])) for event in history if event.details.get("reviewer")]
        return cls(
            people=queries.people([*(event.actor_id for event in history), *mentioned]),
            stages={str(stage.pk): stage.name for stage in stages},
            decisions={str(decision.pk): _decided(decision, says_why=says_why) for decision in decided},
        )


def _name_some(history: Iterable[Event], *kinds: str) -> bool:
    return any(event.details.get(kind) for event in history for kind in kinds)


def _decided(decision: Decision, *, says_why: bool) -> str:
    outcome = decision.get_outcome_display()
    if decision.reason is None or not says_why:
        return outcome
    return _("%(outcome)s (%(reason)s)") % {"outcome": outcome, "reason": decision.reason}


def _moment(event: Event, application: Application, names: _Names, owes_card: User | None) -> Moment:
    if event.actor_kind == "candidate":
        by = application.candidate.name
    elif event.actor_id is None:
        by = "Callback"
    else:
        by = names.people.get(event.actor_id, _("somebody who left"))
    is_colleagues = event.actor_kind != "candidate" and owes_card is not None and event.actor_id != owes_card.pk
    remark = None if is_colleagues else getattr(event, "remark", None)
    return Moment(_text(event, names), event.at, by, remark.text if remark else "")


def _text(event: Event, names: _Names) -> str | Promise:
    """What happened, with what it happened to: the reviewer, the stage, the decision."""
    text: str | Promise = events.VERBS.get(event.verb, event.verb)
    details = event.details
    if details.get("past_gate"):
        text = _("Decided although something was missing")
    if details.get("reviewer"):
        who = names.people.get(UUID(str(details["reviewer"])), _("somebody"))
        return _("%(what)s: %(who)s") % {"what": text, "who": who}
    entered = names.stages.get(str(details.get("to") or details.get("stage")))
    if event.verb == "application_advanced" and entered:
        return _("Moved on to “%(stage)s”") % {"stage": entered}
    if event.verb == "stage_skipped" and entered:
        return _("Moved on to “%(stage)s” although something was missing") % {"stage": entered}
    if event.verb == "booking_moved" and details.get("at"):
        return _("Moved the booking to %(moment)s") % {"moment": moments.moment(datetime.fromisoformat(details["at"]))}
    decided = names.decisions.get(str(details.get("decision")))
    if decided:
        return _("%(what)s: %(who)s") % {"what": text, "who": decided}
    return text
