"""Two people at one form. The second sees both values where both changed the same thing, and takes over the rest."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from hiring.lib.typed import with_values
from hiring.rubrics.fields import LimitField


class SharedForm(forms.Form):
    """Carries what its fields said when it was opened, so that whose change is whose can be told afterwards.

    ``theirs`` holds, after ``show_both``, what is saved now in the fields that both changed, in words.
    """

    shared: tuple[str, ...] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.theirs: dict[str, str] = {}
        for name in self.shared:
            if name in self.fields:
                self.fields[name].show_hidden_initial = True

    def show_both(self, saved: Mapping[str, Any], *, revision: int) -> None:
        """Start again from ``saved``, keeping every change that was typed."""
        touched = set(self.changed_data)
        moved = {name for name in self.shared if name in self.fields and self._differs(name, saved[name])}
        typed = with_values(self.data, revision=revision)
        for name in self.shared:
            if name not in self.fields:
                continue
            field, now = self.fields[name], saved[name]
            _set(typed, self.add_initial_prefix(name), field, now)
            if name not in touched:
                _set(typed, name, field, now)
            elif name in moved and _comparable(now) != _comparable(self.cleaned_data.get(name)):
                self.theirs[name] = in_words(field, now)
        self.data = typed

    def _differs(self, name: str, now: Any) -> bool:
        """Whether ``now`` is something else than what the field said when the form was opened."""
        field = self.fields[name]
        hidden = field.hidden_widget().value_from_datadict(self.data, self.files, self.add_initial_prefix(name))
        try:
            opened_with = field.to_python(hidden)
        except ValidationError:
            return True
        return field.has_changed(opened_with, field.prepare_value(now))


def in_words(field: forms.Field, value: Any) -> str:
    """``value`` of ``field`` as people say it."""
    if isinstance(field, LimitField):
        return field.readable(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(each) for each in value) or _("nothing")
    return str(value) or _("nothing")


def _set(typed: QueryDict, name: str, field: forms.Field, value: Any) -> None:
    raw = field.prepare_value(value)
    values = raw if isinstance(raw, list) else [raw]
    if isinstance(field, forms.BooleanField) and not value:
        values = []  # what a browser sends of a box that is not ticked
    typed.setlist(name, [str(each) for each in values])


def _comparable(value: Any) -> Any:
    return set(value) if isinstance(value, list) or hasattr(value, "model") else value
