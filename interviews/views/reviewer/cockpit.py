"""The cockpit: watch an answer with its anchors beside it. And the list of those that wait for you."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.lib.htmx import fragment
from hiring.rubrics.forms.cards import NO_EVIDENCE, OverallForm, mark
from hiring.rubrics.models import Scorecard
from hiring.rubrics.wording import card_strings
from interviews import queries, recording, reviewing, team
from interviews.forms.reviewer import PartForm
from interviews.queries import Desk, Part

PAGE = "reviewer/interviews/cockpit.html"


@reviewer_required
@require_safe
def mine(request: ReviewerRequest) -> HttpResponse:
    reviews = queries.my_reviews(request.user)
    lists = {
        "due": [review for review in reviews if review.state == "due"],
        "waiting": [review for review in reviews if review.state == "waiting"],
        "done": [review for review in reviews if review.state == "in"],
    }
    return render(request, "reviewer/interviews/mine.html", lists)


@reviewer_required
@require_safe
def show(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    desk = queries.desk(get_object_or_404(queries.watchable(request.user), pk=pk), request.user)
    return page(request, desk, desk.at(request.GET.get("question", "")))


@reviewer_required
@require_safe
def media(request: ReviewerRequest, pk: UUID, answer: UUID) -> HttpResponse:
    take = get_object_or_404(queries.playable_takes(request.user), chosen_for=answer, chosen_for__interview=pk)
    return JsonResponse(reviewing.open_media(take, by=request.user)._asdict())


@reviewer_required
@require_POST
def preparation(request: ReviewerRequest, pk: UUID, take: UUID) -> HttpResponse:
    failed = get_object_or_404(queries.retryable_takes(request.user), pk=take, answer__interview=pk)
    recording.try_again(failed, by=request.user)
    messages.success(request, _("It is being prepared again; that takes a moment."))
    question = request.POST.get("question", "")
    if question.isascii() and question.isdigit():
        return redirect(f"{reverse('reviewer:interviews:cockpit', args=[pk])}?question={question[:3]}")
    return redirect("reviewer:application", failed.answer.interview.application_id)


def page(
    request: ReviewerRequest,
    desk: Desk,
    part: Part | None,
    form: PartForm | OverallForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The cockpit at ``part``, or at the overview; with ``form`` as sent when it needs another look."""
    playback = None
    if part is not None and part.state == "playable" and part.take is not None:
        playback = reviewing.open_media(part.take, by=request.user)
    told = team.of(desk)
    seats = team.seats(desk) if desk.oversees else []
    context = {
        "desk": desk,
        "part": part,
        "playback": playback,
        "form": form,
        "clashes": form.clashes(desk.draft) if form is not None and form.is_valid() else [],
        "scales": _scales(desk, part, form) if part is not None else [],
        "notes": [
            (place, note) for place, note in enumerate(desk.draft.notes) if part and note.question == part.question.pk
        ],
        "scored_parts": [each for each in desk.parts if desk.is_scored(each)],
        "next": desk.after(part) if part is not None else "",
        "previous": desk.before(part),
        "team": told,
        "own": desk.own,
        **_recommendation(desk, form),
        "said": told.on(part) if told and part else [(item, []) for item in part.items] if part else [],
        "noted": told.notes_on(part) if told and part else (),
        "seats": seats,
        "cards_in": any(seat.handed_in_at for seat in seats),
        "assignable": team.assignable(desk) if desk.oversees else [],
        "config": _config(desk, part),
    }
    return render(request, fragment(PAGE, "theatre", request), context, status=status)


def _scales(desk: Desk, part: Part, form: PartForm | OverallForm | None) -> list[dict[str, object]]:
    """The competencies of ``part`` as the scale component wants them: what was just sent, else what is stored."""
    scales = []
    for item in part.items:
        stored = mark(desk.draft.scores[item.pair]) if item.pair in desk.draft.scores else ""
        chosen = form.data.get(item.field, stored) if isinstance(form, PartForm) else stored
        errors = form.errors.get(item.field) if form is not None else None
        scales.append({"item": item, "value": chosen, "errors": errors})
    return scales


def _recommendation(desk: Desk, form: PartForm | OverallForm | None) -> dict[str, object]:
    """How they would go on: what was just sent, else what is stored."""
    sent = form.data if isinstance(form, OverallForm) else {}
    return {
        "choices": Scorecard.Recommendation.choices,
        "chosen": sent.get("recommendation", desk.draft.recommendation),
        "reason": sent.get("reason", desk.draft.reason),
    }


def _config(desk: Desk, part: Part | None) -> dict[str, object]:
    """What the page's script needs to know: this reviewer's own card, where it is saved, words."""
    pk = desk.interview.pk
    can_save = desk.is_open and desk.is_in
    return {
        "interview": str(pk),
        "reviewer": str(desk.user.pk),
        "question": str(part.question.pk) if part is not None else None,
        "cardUrl": reverse("scorecard", args=[pk]) if can_save else "",
        "card": {"version": desk.version, **desk.draft.as_json()} if can_save else None,
        "labels": {str(item.pair): item.competency for item in desk.items} if can_save else {},
        "noEvidence": NO_EVIDENCE,
        "strings": _strings(),
    }


def _strings() -> dict[str, str]:
    return card_strings() | {
        "scrub": _("Position in the recording"),
        "position": _("%s of %s"),
        "seek": _("Go to %s"),
        "noteAt": _("Note at %s"),
        "remove": _("Remove this note"),
    }
