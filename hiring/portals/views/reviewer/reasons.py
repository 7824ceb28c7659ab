"""Why applications do not move forward, and what candidates read of it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hiring.accounts.access import ReviewerRequest, admin_required
from hiring.pipeline import reasons as pipeline
from hiring.pipeline.models import RejectReason
from hiring.portals.job_forms import ReasonForm


@admin_required
@require_http_methods(["GET", "POST"])
def reasons(request: ReviewerRequest) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        made = pipeline.add(**form.cleaned_data)
        messages.success(request, _("“%(name)s” can be chosen from now on.") % {"name": made})
        return redirect("reviewer:reasons")
    known = RejectReason.objects.order_by("archived_at", "position", "name")
    return render(request, "reviewer/company/reasons.html", {"form": form, "reasons": known})


@admin_required
@require_http_methods(["GET", "POST"])
def reason(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(RejectReason, pk=pk)
    form = ReasonForm(request.POST or None, reason=found)
    if form.is_valid():
        pipeline.change(found, **form.cleaned_data)
        messages.success(request, _("Saved. Mails already sent keep the words they had."))
        return redirect("reviewer:reasons")
    return render(request, "reviewer/company/reason.html", {"form": form, "reason": found})


@admin_required
@require_POST
def archive(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    found = pipeline.archive(get_object_or_404(RejectReason, pk=pk))
    messages.success(request, _("“%(name)s” is no longer offered. Decisions made with it keep it.") % {"name": found})
    return redirect("reviewer:reasons")


@admin_required
@require_POST
def restoration(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    found = pipeline.restore(get_object_or_404(RejectReason, pk=pk))
    messages.success(request, _("“%(name)s” can be chosen again.") % {"name": found})
    return redirect("reviewer:reasons")
