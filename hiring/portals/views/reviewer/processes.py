"""The processes a new job can begin with."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hiring.accounts.access import ReviewerRequest, admin_required
from hiring.lib.errors import Refusal
from hiring.pipeline import process as ordering
from hiring.pipeline import templates
from hiring.pipeline.models import ProcessTemplate
from hiring.portals.job_forms import NewStageForm, ProcessForm


@admin_required
@require_http_methods(["GET", "POST"])
def processes(request: ReviewerRequest) -> HttpResponse:
    form = ProcessForm(request.POST or None)
    if form.is_valid():
        made = templates.add(**form.cleaned_data)
        messages.success(request, _("“%(name)s” is there. Now its stages.") % {"name": made})
        return redirect("reviewer:process", pk=made.pk)
    known = ProcessTemplate.objects.prefetch_related("stages")
    return render(request, "reviewer/company/processes.html", {"form": form, "templates": known})


@admin_required
@require_http_methods(["GET", "POST"])
def process(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(ProcessTemplate, pk=pk)
    form = ProcessForm(request.POST or None, template=found)
    if form.is_valid():
        templates.change(found, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("reviewer:process", pk=pk)
    context = {"template": found, "form": form, "adding": NewStageForm(), "stages": found.stages.all()}
    return render(request, "reviewer/company/process.html", context)


@admin_required
@require_POST
def removal(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(ProcessTemplate, pk=pk)
    templates.remove(found)
    messages.success(request, _("“%(name)s” is gone. Jobs opened from it keep their stages.") % {"name": found})
    return redirect("reviewer:processes")


@admin_required
@require_POST
def stages(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    found, form = get_object_or_404(ProcessTemplate, pk=pk), NewStageForm(request.POST)
    if form.is_valid():
        try:
            templates.add_stage(found, form.cleaned_data["kind"], name=form.cleaned_data["name"])
        except Refusal as refusal:
            messages.error(request, str(refusal))
    else:
        messages.error(request, _("Choose what kind of stage to add; its name has at most 80 letters."))
    return redirect("reviewer:process", pk=pk)


@admin_required
@require_POST
def position(request: ReviewerRequest, pk: UUID, stage: UUID) -> HttpResponse:
    found = get_object_or_404(ProcessTemplate, pk=pk)
    moving = get_object_or_404(found.stages, pk=stage)
    order = [row.pk for row in found.stages.all()]
    step = 1 if request.POST.get("direction") == "down" else -1
    templates.order_stages(found, ordering.moved(order, moving.pk, by=step))
    return redirect("reviewer:process", pk=pk)


@admin_required
@require_POST
def without(request: ReviewerRequest, pk: UUID, stage: UUID) -> HttpResponse:
    get_object_or_404(get_object_or_404(ProcessTemplate, pk=pk).stages, pk=stage).delete()
    return redirect("reviewer:process", pk=pk)
