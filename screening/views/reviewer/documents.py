"""One document by itself, the file as it was sent, and adding one for somebody."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.pipeline.models import Application
from screening import documents as intake
from screening import viewing
from screening.forms import DocumentForm
from screening.highlighting import Terms
from screening.models import Document


@reviewer_required
@require_safe
def document(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    related = ("application__candidate", "application__job")
    row = get_object_or_404(Document.objects.readable_by(request.user).select_related(*related), pk=pk)
    sought = request.GET.get("q", "")[:100].replace("\0", "")
    shown = viewing.shown(row, by=request.user, terms=Terms(sought=sought))
    is_guest = not Application.objects.for_reviewer(request.user).filter(pk=row.application_id).exists()
    context = {"shown": shown, "application": row.application, "is_guest": is_guest}
    return render(request, "reviewer/screening/reading.html", context)


@reviewer_required
@require_safe
def original(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    return redirect(viewing.download(_document(request, pk), by=request.user))


@reviewer_required
@require_POST
def documents(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    managed = Application.objects.managed_by(request.user).select_related("candidate", "stage")
    application = get_object_or_404(managed, pk=pk)
    form = DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, str(form.errors["document"][0]))
    else:
        intake.add(application, form.cleaned_data["document"], by=request.user)
        messages.success(request, _("The document is in; it can be read in a moment."))
    if application.stage.kind == "screening" and application.outcome is None:
        here = redirect("reviewer:screening:queue", application.stage_id)
        here["Location"] += f"?application={application.pk}"
        return here
    return redirect("reviewer:application", application.pk)


def _document(request: ReviewerRequest, pk: UUID) -> Document:
    related = ("application__candidate", "application__job")
    return get_object_or_404(Document.objects.for_reviewer(request.user).select_related(*related), pk=pk)
