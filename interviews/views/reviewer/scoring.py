"""The scorecard as plain forms. The page's script saves the same card through the API."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.rubrics.forms.cards import OverallForm
from hiring.rubrics.models import Scorecard
from hiring.rubrics.scorecards import VersionConflict
from interviews import queries, reviewing
from interviews.forms.reviewer import DropNoteForm, PartForm
from interviews.queries import Desk, Part
from interviews.views.reviewer import cockpit

CONFLICT, UNPROCESSABLE = 409, 422


@reviewer_required
@require_POST
def scorecard(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    desk = _desk(request, pk)
    part = desk.at(request.POST.get("question", ""))
    if part is None:
        raise Http404
    form = PartForm(request.POST, part=part)
    if _save(request, desk, form) is None:
        return _again(request, pk, part, form)
    return redirect(_place(pk, request.POST.get("go", "")))


@reviewer_required
@require_POST
def recommendation(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    form = OverallForm(request.POST)
    if _save(request, _desk(request, pk), form) is None:
        return _again(request, pk, None, form)
    return redirect(_place(pk, "overall"))


@reviewer_required
@require_POST
def submission(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    desk = _desk(request, pk)
    form = OverallForm(request.POST)
    card = _save(request, desk, form)
    if card is None:
        return _again(request, pk, None, form)
    reviewing.submit(desk.interview, version=card.version, by=request.user)
    messages.success(request, _("Your card is in. What others saw stands here as soon as theirs are."))
    return redirect(_place(pk, "overall"))


@reviewer_required
@require_POST
def note_removal(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    desk = _desk(request, pk)
    form = DropNoteForm(request.POST)
    if form.is_valid():
        reviewing.save_draft(desk.interview, form.on(desk.draft), version=form.cleaned_data["version"], by=request.user)
    return redirect(_place(pk, request.POST.get("question", "")))


def _save(request: ReviewerRequest, desk: Desk, form: PartForm | OverallForm) -> Scorecard | None:
    """Keep what ``form`` says; ``None`` when it needs another look: an error in it, or another save that differs.

    A save in between that touched other questions only is no conflict: a form speaks of its own part.
    """
    if not form.is_valid():
        return None
    is_stale = form.cleaned_data["version"] != desk.version
    if is_stale and form.clashes(desk.draft):
        return None
    try:
        return reviewing.save_draft(desk.interview, form.on(desk.draft), version=desk.version, by=request.user)
    except VersionConflict:  # another tab, between our reading and our saving
        return None


def _again(request: ReviewerRequest, pk: UUID, part: Part | None, form: PartForm | OverallForm) -> HttpResponse:
    """The page with what was sent still in it, over the card as it is stored now."""
    status = CONFLICT if form.is_valid() else UNPROCESSABLE
    return cockpit.page(request, _desk(request, pk), part, form, status)


def _desk(request: ReviewerRequest, pk: UUID) -> Desk:
    return queries.desk(get_object_or_404(queries.watchable(request.user), pk=pk), request.user)


def _place(pk: UUID, place: str) -> str:
    address = reverse("reviewer:interviews:cockpit", args=[pk])
    is_place = place == "overall" or (place.isascii() and place.isdigit() and len(place) <= 3)  # noqa: PLR2004 (no set has a thousand)
    return f"{address}?question={place}" if is_place else address
