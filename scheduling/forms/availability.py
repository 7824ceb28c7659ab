"""What people type about when they can be met."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hiring.accounts.forms import WEEKDAYS
from scheduling import windows, zones
from scheduling.models import InterviewerProfile
from scheduling.slots import Window

LONGEST_TEXT = 200
FURTHEST = timedelta(days=730)
LONGEST_TIME_OFF = timedelta(days=366)
WEEK_STARTS = [(number, name) for number, name in enumerate(name for _number, name in WEEKDAYS) if number in {0, 5, 6}]


class HoursField(forms.CharField):
    """Hours of a day, as ``9:00–12:00, 13:00–17:00``. Cleans to windows; nothing is none."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"autocomplete": "off", "spellcheck": "false"})
        super().__init__(**{"required": False, "max_length": LONGEST_TEXT, "widget": widget, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return windows.written(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[Window]:
        try:
            return windows.read(str(super().clean(value)))
        except windows.NotHours as problem:
            raise ValidationError(str(problem)) from problem


class WeekForm(forms.Form):
    """A field of hours for every weekday. Whoever never said any reads ``suggested`` there, to be saved or changed."""

    def __init__(
        self, *args: Any, profile: InterviewerProfile, suggested: Mapping[int, Sequence[Window]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        said = _week(profile)
        shown: Mapping[int, Sequence[Window]] = said if any(said.values()) else suggested
        for number, name in WEEKDAYS:
            self.fields[f"day_{number}"] = HoursField(label=name, initial=list(shown.get(int(number), ())))
            self.fields[f"day_{number}"].widget.attrs["placeholder"] = _("closed")

    @property
    def week(self) -> dict[int, list[Window]]:
        return {number: self.cleaned_data[f"day_{number}"] for number in range(len(WEEKDAYS))}


class LimitsForm(forms.Form):
    zone = forms.ChoiceField(label=_("Time zone"))
    max_per_day = forms.IntegerField(
        label=_("Most conversations a day"),
        min_value=1,
        max_value=24,
        required=False,
    )
    max_per_week = forms.IntegerField(label=_("Most conversations a week"), min_value=1, max_value=100, required=False)
    week_start = forms.TypedChoiceField(label=_("The week begins on"), choices=WEEK_STARTS, coerce=int)
    buffer_before = forms.IntegerField(
        label=_("Minutes kept free before"),
        min_value=0,
        max_value=240,
    )
    buffer_after = forms.IntegerField(label=_("Minutes kept free after"), min_value=0, max_value=240)

    def __init__(self, *args: Any, profile: InterviewerProfile, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {name: getattr(profile, name) for name in self.base_fields}, **kwargs})
        zone = self.fields["zone"]
        assert isinstance(zone, forms.ChoiceField)  # noqa: S101 (for the type)
        groups = zones.groups(timezone.now())
        if not any(profile.zone == name for _continent, names in groups for name, _label in names):
            groups.insert(0, (profile.zone, [(profile.zone, profile.zone)]))  # an old spelling is not changed unasked
        zone.choices = groups


class DateForm(forms.Form):
    """Other hours on one date."""

    on = forms.DateField(label=_("Date"), widget=forms.DateInput({"type": "date"}))
    hours = HoursField(label=_("Hours"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date:
        return _coming(self.cleaned_data["on"], self.today)


class TimeOffForm(forms.Form):
    first = forms.DateField(label=_("First day"), widget=forms.DateInput({"type": "date"}))
    last = forms.DateField(label=_("Last day"), widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_last(self) -> date:
        last = _coming(self.cleaned_data["last"], self.today)
        first = self.cleaned_data.get("first")
        if first and last < first:
            raise ValidationError(_("The last day is before the first one."))
        if first and last - first > LONGEST_TIME_OFF:
            raise ValidationError(_("That is more than a year. Empty the week instead."))
        return last


def _week(profile: InterviewerProfile) -> dict[int, list[Window]]:
    week: dict[int, list[Window]] = {number: [] for number in range(len(WEEKDAYS))}
    for row in profile.weekly.all():
        week[row.weekday].append(Window(row.start_minute, row.end_minute))
    return week


def _coming(day: date, today: date) -> date:
    if day < today:
        raise ValidationError(_("That day is over."))
    if day - today > FURTHEST:
        raise ValidationError(_("That is more than two years ahead."))
    return day
