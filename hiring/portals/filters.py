"""What part of a job's candidates to show, and in which order: read from an address, and written back into one."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from hiring.lib.pages import LONGEST_CURSOR, Order
from hiring.lib.typed import Words
from hiring.pipeline.models import Application, Candidate, Job, JobStage
from hiring.portals import standings
from hiring.portals.standings import ENDED, STANDINGS

SORTS = {
    "newest": Order(),
    "oldest": Order(descending=False),
    "waiting": Order("entered_at", descending=False),
    "name": Order("candidate__name", descending=False, is_text=True),
}


@dataclass(frozen=True)
class Filter:
    """Which candidates of a job, and in which order. Empty values ask for nothing."""

    q: str = ""
    stage: JobStage | None = None
    status: str = ""
    outcome: str = ""
    late: bool = False
    pending: bool = False
    sort: str = ""

    def found(self, *, cards_needed: int) -> Any:
        """The applications that are asked for, of any job."""
        if self.status:
            everybody = standings.placed(cards_needed=cards_needed, kind=standings.KIND_OF.get(self.status, ""))
            rows = everybody.filter(standing_key=self.status)
        else:
            rows = Application.objects.order_by()
        if self.stage is not None:
            rows = rows.filter(stage=self.stage, outcome__isnull=True)
        if self.outcome:
            rows = rows.filter(outcome=None if self.outcome == "open" else self.outcome)
        if self.q:
            rows = rows.filter(candidate__in=named(self.q))
        if self.late:
            rows = rows.filter(standings.is_late(timezone.now()), outcome__isnull=True)
        if self.pending:
            rows = rows.filter(standings.is_pending())
        if self.sort == "name":
            rows = rows.select_related("candidate")
        if self.sort == "waiting":  # only who stands somewhere can be listed by how long
            rows = standings.since(rows).filter(entered_at__isnull=False)
        return rows

    @property
    def order(self) -> Order:
        return SORTS[self.sort or "newest"]

    @property
    def query(self) -> dict[str, str]:
        """What an address says of it, always in the same order."""
        said = {
            "q": self.q,
            "stage": str(self.stage.pk) if self.stage else "",
            "status": self.status,
            "outcome": self.outcome,
            "late": "on" if self.late else "",
            "pending": "on" if self.pending else "",
            "sort": self.sort,
        }
        return {name: value for name, value in said.items() if value}

    @property
    def text(self) -> str:
        return urlencode(self.query)

    def __bool__(self) -> bool:
        return bool(self.query)


class FilterForm(forms.Form):
    """The same, as people choose it; anything odd in the address is said, not obeyed."""

    q = forms.CharField(label=_("Name or e-mail"), max_length=100, required=False)
    stage = forms.TypedChoiceField(label=_("Stage"), empty_value=None, required=False)
    status = forms.ChoiceField(
        label=_("Standing"),
        choices=[("", _("Everybody")), *((key, each.words) for key, each in STANDINGS.items())],
        required=False,
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("", _("Any")), ("open", _("Open")), *((each.key, each.words) for each in ENDED)],
        required=False,
    )
    late = forms.BooleanField(label=_("Answer late"), required=False)
    pending = forms.BooleanField(label=_("Decision not told yet"), required=False)
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=[
            ("", _("Newest first")),
            ("oldest", _("Oldest first")),
            ("waiting", _("Longest in their stage first")),
            ("name", _("By name")),
        ],
        required=False,
    )
    cursor = forms.CharField(max_length=LONGEST_CURSOR, required=False)

    def __init__(self, data: MultiValueDict[str, str], *, job: Job) -> None:
        super().__init__(data)
        stages = {str(stage.pk): stage for stage in job.stages.all()}
        field = self.fields["stage"]
        if isinstance(field, forms.TypedChoiceField):
            field.choices = [("", ""), *stages.items()]
            field.coerce = stages.__getitem__

    @property
    def filter(self) -> Filter:
        """What is asked for; nothing where the address is odd."""
        if not self.is_valid():
            return Filter()
        return Filter(**{name: value for name, value in self.cleaned_data.items() if name != "cursor"})

    @property
    def cursor_given(self) -> str:
        return str(self.cleaned_data["cursor"]) if self.is_valid() else ""


class SavedFilterForm(forms.Form):
    name = Words(label=_("Name"), max_length=60)


def named(q: str) -> QuerySet[Candidate]:
    """Everybody whose name or address has ``q`` in it, told from the index ``candidate_search``."""
    return Candidate.objects.filter(Q(name__icontains=q) | Q(email__icontains=q))


def address(job: Job, asked: Filter = Filter(), **more: str) -> str:
    """Where the list of ``job`` shows what is ``asked``."""
    path, query = reverse("reviewer:job", args=[job.pk]), {**asked.query, **more}
    return f"{path}?{urlencode(query)}" if query else path
