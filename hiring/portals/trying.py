"""A form whose messages are read before they are sent: sent are only the words its sender has just read."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol, cast
from uuid import UUID

from django import forms
from django.db import transaction
from django.utils.translation import gettext as _

from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.lib.typed import with_values
from hiring.mail import rehearsal
from hiring.pipeline.models import Application
from hiring.portals import letters, plans
from hiring.portals.letters import Reading
from hiring.portals.plans import Plan


class Planned(Protocol):
    """A ``ReadForm`` that knows its plan once it is valid."""

    @property
    def plan(self) -> Plan: ...


class Trial:
    """What became of sending ``form`` about ``application``: done, or ``readings`` of what would be sent."""

    def __init__(self, application: Application, form: forms.Form, *, by: User) -> None:
        self.application, self.form, self.by = application, form, by
        self.readings: list[Reading] = []
        self.told_at: datetime | None = None
        self.is_read = False

    def is_done(self, sent: Mapping[str, object]) -> bool:
        """Whether it was carried out: ``sent`` asks for it, and the words are those read before."""
        if not self.form.is_valid():
            return False
        plan = cast("Planned", self.form).plan
        stamp = self.read(plan)
        if not self.is_read or "send" not in sent:
            return False
        if self.form.cleaned_data["read"] != stamp:
            if self.form.cleaned_data["read"]:
                self.form.add_error(None, _("The message is another one than you read. Here it is as it would go now."))
            return False
        try:
            with transaction.atomic():
                plans.carry_out(plan, self.application, seen_in=self._seen_in, by=self.by)
        except Refusal as refusal:
            self.form.add_error(None, str(refusal))
            return False
        return True

    def read(self, plan: Plan) -> str:
        """Read what ``plan`` would send, or put why it is refused above the form; the stamp of the words."""
        outlook = plans.rehearse(plan, self.application, seen_in=self._seen_in, by=self.by)
        if outlook.refusal:
            if self.form.is_bound:
                self.form.add_error(None, outlook.refusal)
            return ""
        self.is_read = True
        self.readings = [letters.shown(draft.filled, to=draft.name) for draft in outlook.drafts]
        stamp = rehearsal.stamp(outlook.drafts)
        if self.form.is_bound:
            self.form.data = with_values(self.form.data, read=stamp)
        else:
            self.form.initial["read"] = stamp
        if isinstance(plan, plans.Ending):
            self.told_at = plan.told_at(self.application.candidate)
        return stamp

    @property
    def _seen_in(self) -> UUID:
        seen: UUID | None = self.form.cleaned_data["stage"] if self.form.is_bound else None
        return seen or self.application.stage_id
