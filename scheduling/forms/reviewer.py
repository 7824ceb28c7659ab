"""What a round is, and why a booking is called off: what the team types in."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hiring.accounts.models import User
from hiring.lib.errors import Refusal
from hiring.rubrics.models import QuestionSet
from scheduling import rules, times, zones
from scheduling.models import LiveRound, Seat

MOST_SEATS = 4
STEPS = [(minutes, minutes) for minutes in (5, 10, 15, 20, 30, 60)]


class RoundForm(forms.Form):
    """A live round. Each seat is taken by one of the people ticked for it; a seat with nobody ticked is not there."""

    minutes = forms.IntegerField(label=_("Minutes"), min_value=15, max_value=480)
    question_set = forms.ModelChoiceField(
        label=_("Guide"),
        queryset=QuestionSet.objects.none(),
        required=False,
        empty_label=_("No guide yet"),
        help_text=_("The questions everybody asks, and what they score by."),
    )
    meeting_url = forms.CharField(
        label=_("Meeting link"),
        max_length=400,
        help_text=_("One room for all, or a pattern: {uid} becomes different for each booking."),
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    team_phone = forms.CharField(
        label=_("The team’s phone"),
        max_length=40,
        help_text=_("Candidates call it if the link fails. With the country code, like +44 20 7946 0018."),
        widget=forms.TextInput({"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )
    grid_zone = forms.ChoiceField(
        label=_("The team’s time zone"), help_text=_("By its clock, conversations begin on the full quarter hour.")
    )
    step_minutes = forms.TypedChoiceField(label=_("A start every … minutes"), choices=STEPS, coerce=int)
    notice_hours = forms.IntegerField(label=_("Hours’ notice you need"), min_value=0, max_value=336)
    horizon_days = forms.IntegerField(label=_("Days ahead candidates can book"), min_value=1, max_value=120)
    buffer_before = forms.IntegerField(label=_("Minutes kept free before"), min_value=0, max_value=120)
    buffer_after = forms.IntegerField(label=_("Minutes kept free after"), min_value=0, max_value=120)
    moves_allowed = forms.IntegerField(label=_("Times a candidate may move it"), min_value=0, max_value=10)
    cutoff_hours = forms.IntegerField(label=_("… until so many hours before"), min_value=0, max_value=336)

    def __init__(self, *args: Any, live: LiveRound, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": _initial(live), **kwargs})
        zone = self.fields["grid_zone"]
        assert isinstance(zone, forms.ChoiceField)  # noqa: S101 (for the type)
        zone.choices = zones.groups(timezone.now())
        guide = self.fields["question_set"]
        assert isinstance(guide, forms.ModelChoiceField)  # noqa: S101 (for the type)
        published = QuestionSet.objects.filter(versions__published_at__isnull=False, archived_at=None)
        guide.queryset = published.distinct()
        everybody = User.objects.filter(pk__in=[user.pk for user in people])
        for number in range(1, MOST_SEATS + 1):
            self.fields[f"seat_{number}"] = forms.ModelMultipleChoiceField(
                label=_("Seat %(number)d: one of") % {"number": number},
                queryset=everybody,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def seat_fields(self) -> list[forms.BoundField]:
        return [self[f"seat_{number}"] for number in range(1, MOST_SEATS + 1)]

    @property
    def seats(self) -> list[list[User]]:
        """Who may take each seat; those with nobody left out."""
        chosen = [list(self.cleaned_data[field.name]) for field in self.seat_fields]
        return [pool for pool in chosen if pool]

    @property
    def values(self) -> dict[str, object]:
        """The round's own fields."""
        return {name: value for name, value in self.cleaned_data.items() if not name.startswith("seat_")}

    def clean_meeting_url(self) -> str:
        url = str(self.cleaned_data["meeting_url"])
        try:
            parts = urlsplit(url.replace("{uid}", "x"))
        except ValueError:
            parts = None
        if parts is None or parts.scheme != "https" or not parts.hostname or not url.isprintable() or " " in url:
            raise ValidationError(
                _("This has to be an address that begins with https://, like https://meet.example.org/room.")
            )
        return url

    def clean_team_phone(self) -> str:
        try:
            return rules.phone(self.cleaned_data["team_phone"], zone=self.data.get("grid_zone", ""))
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        pools = [set(cleaned.get(field.name) or ()) for field in self.seat_fields]
        pools = [pool for pool in pools if pool]
        if not pools:
            self.add_error("seat_1", _("Somebody has to come. Tick at least one person."))
        elif len(set().union(*pools)) < len(pools):
            self.add_error("seat_1", _("Nobody can sit in two seats at once. Tick more people, or use fewer seats."))
        return cleaned


class OfferForm(forms.Form):
    note = forms.CharField(
        label=_("Personal note"),
        max_length=2000,
        help_text=_("Why you want to meet them. It stands above the link."),
        widget=forms.Textarea({"rows": 4}),
    )


class CallOffForm(forms.Form):
    reason = forms.CharField(
        label=_("Why"),
        max_length=500,
        required=False,
        help_text=_("For the team. The candidate is told that it does not take place, and may choose another time."),
        widget=forms.Textarea({"rows": 2}),
    )


class MoveForm(forms.Form):
    """Another start for a booking: one of ``days``, read by the team's clock with the candidate's beside it."""

    start = forms.ChoiceField(
        label=_("New time"), help_text=_("By your clock; the candidate’s beside it. Everybody is told.")
    )

    def __init__(self, *args: Any, days: Sequence[times.Day], candidate_zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        start = self.fields["start"]
        assert isinstance(start, forms.ChoiceField)  # noqa: S101 (for the type)
        start.choices = [
            (day.name, [(slot.start.isoformat(), _both_clocks(slot, candidate_zone)) for slot in day.slots])
            for day in days
        ]

    def clean_start(self) -> datetime:
        return datetime.fromisoformat(self.cleaned_data["start"]).astimezone(UTC)


def _both_clocks(slot: times.Slot, candidate_zone: str) -> str:
    with timezone.override(slot.start.tzinfo):
        other = times.elsewhere(slot.start, candidate_zone)
    return f"{slot.clock} {slot.mark}".strip() + (f" · {other}" if other else "")


def _initial(live: LiveRound) -> dict[str, object]:
    names = (
        "minutes",
        "question_set",
        "meeting_url",
        "grid_zone",
        "step_minutes",
        "notice_hours",
        "horizon_days",
        "buffer_before",
        "buffer_after",
        "moves_allowed",
        "cutoff_hours",
    )
    known: dict[str, object] = {name: getattr(live, name) for name in names}
    known["team_phone"] = rules.spoken(live.team_phone)
    for seat in Seat.objects.filter(round=live.pk).prefetch_related("pool"):
        known[f"seat_{seat.position}"] = [profile.user_id for profile in seat.pool.all()]
    return known
