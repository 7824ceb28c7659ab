from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.lib import memo
from hiring.pipeline import links
from hiring.pipeline.models import Application
from hiring.portals import operations, queries
from hiring.portals.dossier import dossier
from hiring.portals.forms import ExtensionForm, ReviewerForm
from interviews import operations as interviewing
from interviews import reviewing, waiting


@reviewer_required
@require_safe
@memo.remembered
def application(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    whole = Application.objects.select_related("candidate__pool_entry__by", "job", "stage")
    found = get_object_or_404(whole.for_reviewer(request.user), pk=pk)
    context = {"application": found, "dossier": dossier(found, request.user)}
    return render(request, "reviewer/applications/application.html", context)


@reviewer_required
@require_POST
def invitation(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    found = _managed(request, pk)
    interviewing.invite(found, by=request.user)
    _tell(request, _("%(name)s is invited.") % {"name": found.candidate.name})
    return redirect("reviewer:application", pk=pk)


@reviewer_required
@require_POST
def resending(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    interview = operations.standing_interview(_managed(request, pk))
    interviewing.resend_invitation(interview, by=request.user)
    _tell(request, _("The invitation goes out again, with the same link."))
    return redirect("reviewer:application", pk=pk)


@reviewer_required
@require_POST
def reminder(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    found = _managed(request, pk)
    waiting.remind(operations.standing_interview(found), by=request.user)
    _tell(request, _("A reminder goes to %(name)s.") % {"name": found.candidate})
    return redirect("reviewer:application", pk=pk)


@reviewer_required
@require_POST
def extension(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    found = _managed(request, pk)
    form = ExtensionForm(request.POST)
    if form.is_valid():
        waiting.extend(operations.standing_interview(found), until=form.cleaned_data["until"], by=request.user)
        _tell(request, _("%(name)s has more time, and a mail says so.") % {"name": found.candidate})
    else:
        messages.error(request, _("Choose the last day, like 2026-12-24."))
    return redirect("reviewer:application", pk=pk)


@reviewer_required
@require_POST
def link(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    interview = operations.standing_interview(_managed(request, pk))
    waiting.renew_link(interview, by=request.user)
    _tell(request, _("A new link goes out. The old one no longer opens anything."))
    return redirect("reviewer:application", pk=pk)


@reviewer_required
@require_POST
def revocation(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    interview = operations.standing_interview(_managed(request, pk))
    links.revoke(interview.link, by=request.user)
    messages.success(request, _("The link is revoked, on every device it was opened on."))
    return redirect("reviewer:application", pk=pk)


@reviewer_required
@require_POST
def reviewers(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    interview = operations.standing_interview(_overseen(request, pk))
    form = ReviewerForm(request.POST, possible=reviewing.possible_reviewers(interview.application.job))
    if form.is_valid():
        asked = form.cleaned_data["reviewer"]
        reviewing.assign(interview, asked, by=request.user)
        messages.success(request, _("%(name)s is asked to score this interview.") % {"name": asked})
    else:
        messages.error(request, _("Choose one of the people on this job."))
    return redirect("reviewer:application", pk=pk)


@reviewer_required
@require_POST
def release(request: ReviewerRequest, pk: UUID, user: UUID) -> HttpResponse:
    interview = operations.standing_interview(_overseen(request, pk))
    seat = next((seat for seat in queries.seats(interview) if seat.reviewer.pk == user), None)
    if seat is not None:
        reviewing.release(interview, seat.reviewer, by=request.user)
        messages.success(request, _("%(name)s is no longer asked to score it.") % {"name": seat.reviewer})
    return redirect("reviewer:application", pk=pk)


def _tell(request: ReviewerRequest, sentence: str) -> None:
    """Say what happened, and where no mail can leave, who has to pass it on."""
    messages.success(request, sentence)
    if not settings.EMAIL_URL:
        messages.warning(request, _("There is no mail server yet: open the message below and pass it on yourself."))


def _managed(request: ReviewerRequest, pk: UUID) -> Application:
    return get_object_or_404(Application.objects.managed_by(request.user).select_related("candidate", "job"), pk=pk)


def _overseen(request: ReviewerRequest, pk: UUID) -> Application:
    return get_object_or_404(Application.objects.for_reviewer(request.user).select_related("candidate", "job"), pk=pk)
