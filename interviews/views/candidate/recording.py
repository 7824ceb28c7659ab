"""Getting ready, recording, watching back, choosing: the recorder's pages, and what it asks with the cookie."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hiring.accounts.models import Company
from hiring.lib import storage
from hiring.pipeline.access import CandidateRequest, candidate_required
from interviews import briefing, deadlines, notice, operations, progress, record_page, recording, rules
from interviews.models import Answer, Interview, Take


@require_safe
@candidate_required
def check(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = _interview(request, pk)
    if elsewhere := _not_now(interview):
        return redirect(elsewhere)
    words = {"check": record_page.for_check(interview), "next_url": _first_question(interview)}
    addresses = {
        "back_url": reverse("candidate:interviews:overview", args=[pk]),
        "practice_url": reverse("candidate:interviews:practice", args=[pk]),
    }
    return _with_camera(render(request, "candidate/interviews/check.html", {**words, **addresses}))


@require_safe
@candidate_required
def practice(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = _interview(request, pk)
    if elsewhere := _not_now(interview):
        return redirect(elsewhere)
    words = {
        "question": record_page.practice_question(),
        "recorder": record_page.for_practice(),
        "back_url": reverse("candidate:interviews:check", args=[pk]),
        "next_url": _first_question(interview),
        "next_label": _("I’m ready for the questions"),
    }
    return _with_camera(render(request, "candidate/interviews/practice.html", words))


@require_safe
@candidate_required
def record(request: CandidateRequest, pk: UUID, question: UUID) -> HttpResponse:
    answer = _answer(request, pk, question)
    if elsewhere := _not_now(answer.interview):
        return redirect(elsewhere)
    company = Company.objects.current() or Company()
    words = {
        "question": answer.question,
        "recorder": record_page.for_answer(request, answer),
        "promise": briefing.of(answer.interview, company=company.name).who_watches,
        **_place(answer),
    }
    return _with_camera(render(request, "candidate/interviews/record.html", words))


@require_POST
@candidate_required
def takes(request: CandidateRequest, pk: UUID, question: UUID) -> HttpResponse:
    answer = _answer(request, pk, question)
    take = recording.begin_take(answer, by=request.application.candidate)
    begun = {"take": str(take.pk), "number": take.number, "epoch": take.epoch, "token": recording.pass_for(take).sign()}
    return JsonResponse({**begun, "limits": recording.bounds_of(answer).as_json()}, status=201)


@require_POST
@candidate_required
def take_token(request: CandidateRequest, pk: UUID, take: UUID) -> HttpResponse:
    theirs = _take(request, pk, take)
    return JsonResponse({"token": recording.renew(theirs).sign(), "epoch": theirs.epoch})


@require_POST
@candidate_required
def choice(request: CandidateRequest, pk: UUID, question: UUID) -> HttpResponse:
    answer = _answer(request, pk, question)
    take = _take(request, pk, request.POST.get("take", ""))
    operations.choose(answer, take, by=request.application.candidate)
    if request.accepts("text/html"):
        return redirect("candidate:interviews:answers", pk)
    return JsonResponse({"chosen": str(take.pk)})


@require_POST
@candidate_required
def preparation(request: CandidateRequest, pk: UUID, take: UUID) -> HttpResponse:
    recording.try_own_again(_take(request, pk, take), by=request.application.candidate)
    messages.success(request, _("We are preparing it again; that takes a moment."))
    return redirect("candidate:interviews:answers", pk)


@require_safe
@candidate_required
def take_media(request: CandidateRequest, pk: UUID, take: UUID) -> HttpResponse:
    theirs = _take(request, pk, take)
    if theirs.state != Take.State.PLAYABLE:
        raise Http404
    key = f"{rules.media_prefix(theirs.pk, theirs.revision)}{theirs.video}"
    kind = "video/mp4" if theirs.video.endswith(".mp4") else "video/webm"
    return redirect(storage.presign_get(key, content_type=kind))


def _interview(request: CandidateRequest, pk: UUID) -> Interview:
    theirs = Interview.objects.for_candidate(request.application)
    return get_object_or_404(theirs.select_related("application__job", "assessment__version"), pk=pk)


def _answer(request: CandidateRequest, pk: UUID, question: UUID) -> Answer:
    answers = _interview(request, pk).answers.select_related("question", "interview__application__job")
    return get_object_or_404(answers, question_id=question)


def _take(request: CandidateRequest, pk: UUID, take: UUID | str) -> Take:
    theirs = Take.objects.filter(answer__interview__in=Interview.objects.for_candidate(request.application))
    known = theirs.select_related("answer__question", "answer__interview__application")
    try:
        return get_object_or_404(known, pk=UUID(str(take)), answer__interview_id=pk)
    except ValueError as error:
        raise Http404 from error


def _not_now(interview: Interview) -> str:
    """The page to be on instead, when this one may not open a camera."""
    if interview.status == Interview.Status.SUBMITTED:
        return reverse("candidate:interviews:receipt", args=[interview.pk])
    if interview.status == Interview.Status.WITHDRAWN or not deadlines.is_open(interview, timezone.now()):
        return reverse("candidate:interviews:overview", args=[interview.pk])
    if not notice.is_agreed(interview):
        return reverse("candidate:interviews:consent", args=[interview.pk])
    return ""


def _first_question(interview: Interview) -> str:
    """Where "go to the questions" leads: the first that wants an answer, else all of them."""
    line = progress.of(interview).next
    if line is None:
        return reverse("candidate:interviews:answers", args=[interview.pk])
    return reverse("candidate:interviews:record", args=[interview.pk, line.answer.question_id])


def _place(answer: Answer) -> dict[str, object]:
    """Where this question stands among the others, and what comes after it."""
    asked = list(answer.interview.answers.order_by("question__position").values_list("question_id", flat=True))
    number = asked.index(answer.question_id) + 1
    is_last = number == len(asked)
    answers_url = reverse("candidate:interviews:answers", args=[answer.interview_id])
    return {
        "number": number,
        "total": len(asked),
        "place": _("Question %(number)s of %(total)s") % {"number": number, "total": len(asked)},
        "back_url": answers_url,
        "next_url": answers_url
        if is_last
        else reverse("candidate:interviews:record", args=[answer.interview_id, asked[number]]),
        "next_label": _("Look over my answers") if is_last else _("Next question"),
    }


def _with_camera(response: HttpResponse) -> HttpResponse:
    response.allows_recording = True  # type: ignore[attr-defined]  # read by PrivacyHeadersMiddleware
    return response
