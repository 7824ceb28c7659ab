"""The kit: what to ask, and the own card beside it. Works as one plain form; the page's script saves as one types."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.lib.errors import Refusal
from hiring.rubrics.forms.cards import NO_EVIDENCE, mark
from hiring.rubrics.models import Scorecard
from hiring.rubrics.scorecards import VersionConflict
from hiring.rubrics.wording import card_strings
from scheduling import kit as kits
from scheduling import queries, rules, scoring, times
from scheduling.forms.kit import KitForm
from scheduling.kit import Kit
from scheduling.models import Booking

CONFLICT, UNPROCESSABLE = 409, 422


@reviewer_required
@require_http_methods(["GET", "HEAD", "POST"])
def kit(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    found = _kit(request, pk)
    if request.method != "POST":
        return _page(request, found)
    form = KitForm(request.POST, kit=found)
    if not form.is_valid():
        return _page(request, found, form, status=UNPROCESSABLE)
    try:
        card = scoring.save_draft(found.booking, form.draft(), version=form.cleaned_data["version"], by=request.user)
        if "submission" not in request.POST:
            messages.success(request, _("Saved."))
            return redirect("reviewer:scheduling:kit", pk)
        scoring.submit(found.booking, version=card.version, by=request.user)
    except VersionConflict:
        return _page(request, _kit(request, pk), form, status=CONFLICT)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, _kit(request, pk), form, status=CONFLICT)
    messages.success(request, _("Your card is in. What others wrote stands here as soon as theirs are."))
    return redirect("reviewer:scheduling:kit", pk)


@reviewer_required
@require_POST
def scores(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    scoring.show_scores(_kit(request, pk).booking, by=request.user)
    return redirect("reviewer:scheduling:kit", pk)


def _kit(request: ReviewerRequest, pk: UUID) -> Kit:
    seen = Booking.objects.for_reviewer(request.user).exclude(state=Booking.State.HELD)
    related = ("offer__application__candidate", "offer__application__job", "round__stage", "assessment__version")
    return kits.of(get_object_or_404(seen.select_related(*related), pk=pk), request.user, now=timezone.now())


def _page(request: ReviewerRequest, kit: Kit, form: KitForm | None = None, *, status: int = 200) -> HttpResponse:
    with timezone.override(queries.zone_of(request.user)):
        when = times.when(kit.booking.start_at, kit.booking.end_at)
    context = {
        "when": when,
        "their_phone": rules.spoken(kit.booking.candidate_phone),
        "team_phone": rules.spoken(kit.booking.team_phone),
        "kit": kit,
        "booking": kit.booking,
        "candidate": kit.booking.offer.application.candidate,
        "job": kit.booking.offer.application.job,
        "form": form,
        "clashes": form.clashes(kit.draft) if form is not None and form.is_valid() and status == CONFLICT else [],
        "parts": [_scored(kit, part, form) for part in kit.parts],
        "choices": Scorecard.Recommendation.choices,
        "chosen": form.data.get("recommendation", "") if form else kit.draft.recommendation,
        "reason": form.data.get("reason", "") if form else kit.draft.reason,
        "team": [each.interviewer.user for each in kit.booking.assignments.select_related("interviewer__user")],
        "config": _config(kit) if kit.may_score else None,
    }
    return render(request, "reviewer/scheduling/kit.html", context, status=status)


def _scored(kit: Kit, part: kits.Part, form: KitForm | None) -> dict[str, Any]:
    """A question as its template wants it: each item with what was just sent, else what is stored."""
    stored = {item.pair: mark(kit.draft.scores[item.pair]) for item in part.items if item.pair in kit.draft.scores}
    return {
        "part": part,
        "note": form.data.get(part.note_field, "") if form else kit.note_on(part),
        "note_errors": form.errors.get(part.note_field) if form else None,
        "scales": [
            {"item": item, "value": form.data.get(item.field, "") if form else stored.get(item.pair, "")}
            for item in part.items
        ],
    }


def _config(kit: Kit) -> dict[str, object]:
    """What the page's script needs to know: this reviewer's own card, where it is saved, words."""
    return {
        "key": f"scorecard:{kit.booking.pk}:{kit.user.pk}",
        "cardUrl": reverse("booking-scorecard", args=[kit.booking.pk]),
        "card": {"version": kit.card_version, **kit.draft.as_json()},
        "labels": {str(item.pair): item.competency for item in kit.items},
        "noEvidence": NO_EVIDENCE,
        "strings": card_strings(),
    }
