"""A question set as a candidate sees it: the candidate's own pages, from what to expect to the last question.

Anybody on the staff may look; nothing is saved, and no recording leaves the browser.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.accounts.models import Company
from hiring.pipeline import promises
from hiring.pipeline.models import Candidate
from hiring.rubrics.models import QuestionSetVersion
from interviews import briefing, notice, previews, record_page
from interviews.forms.candidate import ConsentForm


@require_safe
@reviewer_required
def overview(request: ReviewerRequest, version: UUID) -> HttpResponse:
    shown = _version(version)
    company = Company.objects.current() or Company()
    interview = previews.of(shown)
    words = {
        "interview": interview,
        "briefing": briefing.of(interview, company=company.name),
        "go_on": _url("preview-consent", shown),
        "is_open": True,
    }
    return _show(request, "overview", shown, words)


@require_http_methods(["GET", "HEAD", "POST"])
@reviewer_required
def consent(request: ReviewerRequest, version: UUID) -> HttpResponse:
    shown = _version(version)
    form = ConsentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return redirect(_url("preview-check", shown))
    interview = previews.of(shown)
    words = {"interview": interview, "notice": notice.for_interview(interview), "form": form}
    return _show(request, "consent", shown, words)


@require_safe
@reviewer_required
def check(request: ReviewerRequest, version: UUID) -> HttpResponse:
    shown = _version(version)
    words = {
        "check": record_page.for_check(previews.of(shown)),
        "back_url": _url("preview", shown),
        "practice_url": _url("preview-practice", shown),
        "next_url": _first(shown),
    }
    return _with_camera(_show(request, "check", shown, words))


@require_safe
@reviewer_required
def practice(request: ReviewerRequest, version: UUID) -> HttpResponse:
    shown = _version(version)
    words = {
        "question": record_page.practice_question(),
        "recorder": record_page.for_practice(),
        "back_url": _url("preview-check", shown),
        "next_url": _first(shown),
        "next_label": _("I’m ready for the questions"),
    }
    return _with_camera(_show(request, "practice", shown, words))


@require_safe
@reviewer_required
def question(request: ReviewerRequest, version: UUID, question: UUID) -> HttpResponse:
    shown = _version(version)
    asked = get_object_or_404(shown.questions.all(), pk=question)
    place = next(place for place in previews.places(shown) if place.question.pk == asked.pk)
    company = Company.objects.current() or Company()
    words = {
        "question": asked,
        "promise": briefing.of(previews.of(shown), company=company.name).who_watches,
        "recorder": record_page.for_preview(asked),
        "number": place.number,
        "total": place.total,
        "place": _("Question %(number)s of %(total)s") % {"number": place.number, "total": place.total},
        "back_url": _set_url(shown),
        "next_url": _question_url(shown, place.next.pk) if place.next else _url("preview-end", shown),
        "next_label": _("Next question") if place.next else _("Look over my answers"),
    }
    return _with_camera(_show(request, "record", shown, words))


@require_safe
@reviewer_required
def end(request: ReviewerRequest, version: UUID) -> HttpResponse:
    return _show(request, "end", _version(version), {})


def _version(pk: UUID) -> QuestionSetVersion:
    return get_object_or_404(QuestionSetVersion.objects.select_related("question_set"), pk=pk)


def _show(request: ReviewerRequest, page: str, version: QuestionSetVersion, words: dict[str, Any]) -> HttpResponse:
    frame = {"version": version, "set_url": _set_url(version), "places": previews.places(version)}
    with timezone.override(promises.zone_of(Candidate())):  # a candidate reads times in a zone of their own
        return render(request, f"reviewer/interviews/preview/{page}.html", {**frame, **words})


def _first(version: QuestionSetVersion) -> str:
    asked = version.questions.first()
    return _question_url(version, asked.pk) if asked else _url("preview-end", version)


def _url(name: str, version: QuestionSetVersion) -> str:
    return reverse(f"reviewer:interviews:{name}", args=[version.pk])


def _question_url(version: QuestionSetVersion, question: UUID) -> str:
    return reverse("reviewer:interviews:preview-question", args=[version.pk, question])


def _set_url(version: QuestionSetVersion) -> str:
    return reverse("reviewer:rubrics:set", args=[version.question_set_id])


def _with_camera(response: HttpResponse) -> HttpResponse:
    response.allows_recording = True  # type: ignore[attr-defined]  # read by PrivacyHeadersMiddleware
    return response
