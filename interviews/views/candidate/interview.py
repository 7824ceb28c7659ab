"""Before and after recording: what to expect, consent, the overview of answers, the receipt."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hiring.accounts.models import Company
from hiring.lib import moments
from hiring.lib.errors import Refusal
from hiring.pipeline.access import CandidateRequest, candidate_required
from hiring.pipeline.models import Obligation
from interviews import briefing, deadlines, notice, operations, progress, receipts, record_page, waiting
from interviews.forms.candidate import ConsentForm
from interviews.models import Interview


@require_safe
@candidate_required
def overview(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = _interview(request, pk)
    if interview.status == Interview.Status.SUBMITTED:
        return redirect("candidate:interviews:receipt", pk)
    company = Company.objects.current() or Company()
    return render(
        request,
        "candidate/interviews/overview.html",
        {
            "interview": interview,
            "briefing": briefing.of(interview, company=company.name),
            "go_on": _go_on(interview),
            "is_begun": interview.status == Interview.Status.STARTED,
            **_time(interview),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@candidate_required
def consent(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = _interview(request, pk)
    form = ConsentForm(request.POST if request.method == "POST" else None)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            operations.consent(
                interview, by=request.application.candidate, locale=get_language() or "", seen=form.cleaned_data["seen"]
            )
            return redirect(_go_on(interview))
        except Refusal as error:
            refusal = error
    return render(
        request,
        "candidate/interviews/consent.html",
        {"interview": interview, "notice": notice.for_interview(interview), "form": form, "refusal": refusal},
        status=409 if refusal else 200,
    )


@require_safe
@candidate_required
def answers(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = _interview(request, pk)
    if interview.status == Interview.Status.SUBMITTED:
        return redirect("candidate:interviews:receipt", pk)
    return _answers(request, interview)


@require_POST
@candidate_required
def submission(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = _interview(request, pk)
    try:
        operations.submit(
            interview, by=request.application.candidate, without_unfinished="without_unfinished" in request.POST
        )
    except Refusal as refusal:
        return _answers(request, interview, refusal=refusal)
    return redirect("candidate:interviews:receipt", pk)


@require_POST
@candidate_required
def extension(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = _interview(request, pk)
    waiting.take_more_time(interview, by=request.application.candidate)
    interview.refresh_from_db()
    messages.success(request, _("Done. You have until %(day)s.") % {"day": moments.moment(interview.deadline_at)})
    return redirect("candidate:home")


@require_safe
@candidate_required
def receipt(request: CandidateRequest, pk: UUID) -> HttpResponse:
    interview = _interview(request, pk)
    if interview.status != Interview.Status.SUBMITTED:
        return redirect("candidate:interviews:answers", pk)
    proof = receipts.of(interview)
    promised = request.application.obligations.filter(kind=Obligation.Kind.DECISION).order_by("created_at").last()
    verify_url = settings.BASE_URL + reverse("verify", args=[proof.code])
    words = {"receipt": proof, "promised": promised, "verify_url": verify_url, "is_mailed": bool(settings.EMAIL_URL)}
    return render(request, "candidate/interviews/receipt.html", words)


def _interview(request: CandidateRequest, pk: UUID) -> Interview:
    theirs = Interview.objects.for_candidate(request.application)
    return get_object_or_404(theirs.select_related("application__job", "assessment__version"), pk=pk)


def _answers(request: CandidateRequest, interview: Interview, *, refusal: Refusal | None = None) -> HttpResponse:
    how_far = progress.of(interview)
    words = {"interview": interview, "progress": how_far, "is_begun": how_far.is_begun, "refusal": refusal}
    words |= _time(interview)
    words["drain"] = record_page.for_draining(request, interview)
    return render(request, "candidate/interviews/answers.html", words, status=409 if refusal else 200)


def _time(interview: Interview) -> dict[str, object]:
    """What the time allows: to record, to send, to take more of it."""
    now = timezone.now()
    return {
        "is_open": deadlines.is_open(interview, now),
        "may_send": deadlines.may_send(interview, now),
        "may_take_more_time": waiting.may_take_more_time(interview),
    }


def _go_on(interview: Interview) -> str:
    """The page that is next: consent before any camera, the device check before the first answer, then the answers."""
    if not notice.is_agreed(interview):
        page = "consent"
    else:
        page = "answers" if interview.status == Interview.Status.STARTED else "check"
    return reverse(f"candidate:interviews:{page}", args=[interview.pk])
