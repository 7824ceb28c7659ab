"""When somebody can be met: their hours, and the two weeks that follow from them."""

from collections.abc import Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.accounts.models import User
from scheduling import availability, weeks
from scheduling.forms.availability import DateForm, LimitsForm, TimeOffForm, WeekForm
from scheduling.models import Booking


@reviewer_required
@require_safe
def own(request: ReviewerRequest) -> HttpResponse:
    return _page(request, request.user)


@reviewer_required
@require_safe
def person(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    return _page(request, _owner(request, pk))


@reviewer_required
@require_POST
def office_hours(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    owner = _owner(request, pk)
    return _kept(request, owner, availability.change_week(owner, availability.OFFICE_HOURS))


@reviewer_required
@require_POST
def week(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    owner = _owner(request, pk)
    form = WeekForm(request.POST, profile=availability.profile_of(owner), suggested={})
    if not form.is_valid():
        return _page(request, owner, week=form)
    return _kept(request, owner, availability.change_week(owner, form.week))


@reviewer_required
@require_POST
def limits(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    owner = _owner(request, pk)
    form = LimitsForm(request.POST, profile=availability.profile_of(owner))
    if not form.is_valid():
        return _page(request, owner, limits=form)
    return _kept(request, owner, availability.change_limits(owner, **form.cleaned_data))


@reviewer_required
@require_POST
def dates(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    owner = _owner(request, pk)
    form = DateForm(request.POST, today=availability.today_of(owner))
    if not form.is_valid():
        return _page(request, owner, dates=form)
    changed = availability.change_date(owner, form.cleaned_data["on"], form.cleaned_data["hours"])
    return _kept(request, owner, changed)


@reviewer_required
@require_POST
def date_removal(request: ReviewerRequest, pk: UUID, date: UUID) -> HttpResponse:
    owner = _owner(request, pk)
    return _kept(request, owner, availability.forget_date(owner, date))


@reviewer_required
@require_POST
def time_off(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    owner = _owner(request, pk)
    form = TimeOffForm(request.POST, today=availability.today_of(owner))
    if not form.is_valid():
        return _page(request, owner, time_off=form)
    return _kept(request, owner, availability.take_off(owner, form.cleaned_data["first"], form.cleaned_data["last"]))


@reviewer_required
@require_POST
def time_off_removal(request: ReviewerRequest, pk: UUID, off: UUID) -> HttpResponse:
    owner = _owner(request, pk)
    return _kept(request, owner, availability.come_back(owner, off))


def _owner(request: ReviewerRequest, pk: UUID) -> User:
    return get_object_or_404(availability.people(request.user), pk=pk)


def _kept(request: ReviewerRequest, owner: User, outside: Sequence[Booking]) -> HttpResponse:
    messages.success(request, _("Saved."))
    if outside:
        words = ngettext(
            "%(number)d conversation already booked is outside these hours. It stays as agreed: see below.",
            "%(number)d conversations already booked are outside these hours. They stay as agreed: see below.",
            len(outside),
        )
        messages.warning(request, words % {"number": len(outside)})
    if owner == request.user:
        return redirect("reviewer:availability:own")
    return redirect("reviewer:availability:person", owner.pk)


def _page(request: ReviewerRequest, owner: User, **bound: Form) -> HttpResponse:
    """The page of ``owner``, with the form that was sent as it was sent."""
    profile, now = availability.profile_of(owner), timezone.now()
    zone = ZoneInfo(profile.zone)
    today = now.astimezone(zone).date()
    hours = weeks.summary(profile, now)
    suggested = {} if hours.has_hours else availability.OFFICE_HOURS
    forms: dict[str, Form] = {
        "week": WeekForm(profile=profile, suggested=suggested),
        "limits": LimitsForm(profile=profile),
        "dates": DateForm(today=today),
        "time_off": TimeOffForm(today=today),
    }
    context = {
        "owner": owner,
        "is_own": owner == request.user,
        "profile": profile,
        "hours": hours,
        "outside": [(booking, weeks.told(booking, zone)) for booking in availability.outside(owner, now)],
        "ahead": weeks.ahead(profile, now),
        "forms": forms | bound,
        "form": next(iter(bound.values()), None),
        "colleagues": availability.colleagues(request.user),
    }
    return render(request, "reviewer/scheduling/availability/page.html", context, status=422 if bound else 200)
