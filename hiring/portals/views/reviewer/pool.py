"""Keeping somebody in mind for a later job, and adding them to one when it comes."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.lib.errors import Refusal
from hiring.pipeline import pool
from hiring.pipeline.models import Application
from hiring.portals import operations
from hiring.portals import pool as reading
from hiring.portals.pool import AdditionForm, PoolForm
from hiring.portals.views.reviewer.decisions import of_an_application


@reviewer_required
@require_POST
@of_an_application
def keeping(request: ReviewerRequest, application: Application) -> HttpResponse:
    form = PoolForm(request.POST)
    if form.is_valid():
        pool.keep_in_mind(application, note=form.cleaned_data["note"], by=request.user)
        messages.success(request, _("%(name)s is in the talent pool.") % {"name": application.candidate})
    else:
        messages.error(request, str(form.errors["note"][0]))
    return redirect("reviewer:application", pk=application.pk)


@reviewer_required
@require_POST
@of_an_application
def removal(request: ReviewerRequest, application: Application) -> HttpResponse:
    pool.let_go(application, by=request.user)
    messages.success(request, _("%(name)s is no longer in the talent pool.") % {"name": application.candidate})
    return redirect("reviewer:application", pk=application.pk)


@reviewer_required
@require_http_methods(["GET", "POST"])
def addition(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    entry = get_object_or_404(reading.entries(request.user), pk=pk)
    form = AdditionForm(request.POST or None, user=request.user)
    if form.is_valid():
        job, who = form.cleaned_data["job"], entry.candidate
        try:
            added = operations.add_one(job, name=who.name, email=who.email, invite=False, by=request.user)
        except Refusal as refusal:
            form.add_error("job", str(refusal))
        else:
            messages.success(request, _("%(name)s is in “%(job)s” now.") % {"name": who, "job": job})
            return redirect("reviewer:application", pk=added.pk)
    context = {
        "kept": reading.of([entry], request.user)[0],
        "form": form,
        "may_add": reading.jobs(request.user).exists(),
    }
    return render(request, "reviewer/candidates/addition.html", context)
