"""A selection on its way: the form of its action, then what everybody would get, then done for just those."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from hiring.accounts.models import User
from hiring.lib.typed import with_values
from hiring.pipeline import transitions
from hiring.pipeline.models import Application, Batch, Decision, Job
from hiring.portals import bulk, letters, matching, plans
from hiring.portals.bulk import Chosen
from hiring.portals.decision_forms import EndingForm, InvitationForm, PromotionForm, ReminderForm
from hiring.portals.letters import Reading
from hiring.portals.plans import Outlook, Plan
from hiring.portals.trying import Planned

SAYS_NOTHING_YET: dict[str, Plan] = {
    Batch.Action.INVITE: plans.Invitation(),
    Batch.Action.REMIND: plans.Reminder(),
    Batch.Action.PROMOTE: plans.Promotion(),
}


@dataclass(frozen=True)
class Going:
    """Somebody it would be done to: what they would read, and when if not at once."""

    application: Application
    readings: list[Reading]
    told_at: datetime | None


class Attempt:
    """``going`` and ``skipped`` are known once the words are; until then only who was ticked."""

    def __init__(self, job: Job, action: Batch.Action, sent: QueryDict, *, by: User) -> None:
        """Raises ``NobodyChosen``, ``TooMany`` and ``NoSuchFilter``."""
        self.job, self.action, self.by = job, action, by
        ticked = sent.getlist("application") or sent.get("chosen", "").split()
        if "everybody" in sent:
            ticked = matching.ticked(job, sent.get("matching", ""), by=by)
        self.selection = bulk.select(bulk.acted_on(job, by, action), ticked)
        self.going: list[Going] = []
        self.skipped: Sequence[Outlook] = ()
        self.is_read = False
        self.batch = _uuid(sent.get("batch", "")) or uuid4()
        self._sent = sent
        self._is_sure = "send" in sent
        is_filled_in = self._is_sure or "check" in sent
        self.form = self._form(sent if is_filled_in else None, asks_why="reason" in sent)

    def carried_out(self) -> Batch | None:
        """The batch, if it was confirmed just as it was read; else what would happen is read now."""
        if not self.form.is_bound:
            if self.action in SAYS_NOTHING_YET and not self.needs_words:
                self._read(SAYS_NOTHING_YET[self.action])
            return None
        if not self.form.is_valid():
            return None
        plan = cast("Planned", self.form).plan
        confirmed = set(self._sent.get("going", "").split())
        rows = [row for row in self.selection.rows if bulk.token_of([row]) in confirmed]
        if self._is_sure and rows and self.form.cleaned_data["read"] == bulk.stamp(plan, rows):
            return bulk.carry_out(plan, rows, batch=self.batch, job=self.job, action=self.action, by=self.by)
        if self._is_sure and self.form.cleaned_data["read"]:
            self.form.add_error(None, _("These are other words than you read. Here is what would go now."))
        self._read(plan)
        return None

    @property
    def needs_words(self) -> bool:
        """Whether there is something to say before anything can be read."""
        return any(field.required and not field.disabled for field in self.form.fields.values())

    @property
    def going_tokens(self) -> str:
        return bulk.token_of(self._rows_of(self.going))

    @property
    def messages(self) -> int:
        return sum(len(each.readings) for each in self.going)

    def _read(self, plan: Plan) -> None:
        outlooks = bulk.rehearse(plan, self.selection.rows, by=self.by)
        self.skipped = [each for each in outlooks if each.refusal]
        self.going = [_going(plan, each) for each in outlooks if not each.refusal]
        self.is_read = True
        stamp = bulk.stamp(plan, self._rows_of(self.going))
        skippable = any(each.skippable for each in outlooks)
        if skippable and "reason" not in self.form.fields:
            self.form = self._form(self._sent if self.form.is_bound else None, asks_why=True)
        if self.form.is_bound:
            self.form.data = with_values(self.form.data, read=stamp)
        else:
            self.form.initial["read"] = stamp

    def _rows_of(self, going: Sequence[Going]) -> list[Chosen]:
        ids = {each.application.pk for each in going}
        return [row for row in self.selection.rows if row.application.pk in ids]

    def _form(self, data: QueryDict | None, *, asks_why: bool) -> forms.Form:
        match self.action:
            case Batch.Action.PROMOTE:
                stages = {row.application.stage_id: row.application for row in self.selection.rows}.values()
                ahead = [stage for one in stages if (stage := transitions.following(one)) is not None]
                form = PromotionForm(data, to=ahead, gate=asks_why)
                if asks_why:
                    form.fields["reason"].required = False
                return form
            case Batch.Action.REJECT:
                return EndingForm(data, outcome=Decision.Outcome.REJECTED, initial={"outcome": "rejected"})
            case Batch.Action.INVITE:
                return InvitationForm(data)
            case _:
                return ReminderForm(data)


def _going(plan: Plan, outlook: Outlook) -> Going:
    readings = [letters.shown(draft.filled, to=draft.name) for draft in outlook.drafts]
    told_at = plan.told_at(outlook.application.candidate) if isinstance(plan, plans.Ending) else None
    return Going(outlook.application, readings, told_at)


def _uuid(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None
