"""Moving one application on, deciding about it, taking that back. Nothing is sent that was not read first."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.lib.errors import Refusal
from hiring.pipeline import decisions, holds, transitions
from hiring.pipeline import operations as pipeline
from hiring.pipeline.forms import HoldForm
from hiring.pipeline.models import Application, Decision
from hiring.portals import plans
from hiring.portals.decision_forms import EndingForm, PromotionForm, ReopeningForm
from hiring.portals.onward import onward, owing
from hiring.portals.trying import Trial

Page = Callable[[ReviewerRequest, Application], HttpResponse]


def of_an_application(view: Page) -> Callable[..., HttpResponse]:
    """``view`` of an application the sender oversees; what is refused is told on the application's own page."""

    @wraps(view)
    def found(request: ReviewerRequest, pk: UUID) -> HttpResponse:
        overseen = Application.objects.for_reviewer(request.user).select_related("candidate", "job", "stage")
        application = get_object_or_404(overseen, pk=pk)
        try:
            return view(request, application)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("reviewer:application", pk=pk)

    return found


@reviewer_required
@require_http_methods(["GET", "POST"])
@of_an_application
def promotion(request: ReviewerRequest, application: Application) -> HttpResponse:
    owes_card = application.pk in owing(request.user, [application])
    to, ahead = transitions.next_stage(application), onward(application, owes_card=owes_card)
    form = PromotionForm(request.POST or None, to=[to], gate=bool(ahead.gate), initial={"stage": application.stage_id})
    trial = Trial(application, form, by=request.user)
    if trial.is_done(request.POST):
        messages.success(request, _("%(name)s is in “%(stage)s” now.") % {"name": application.candidate, "stage": to})
        return redirect("reviewer:application", pk=application.pk)
    if not form.is_bound and not ahead.gate and not ahead.needs_note:
        trial.read(plans.Promotion())
    context = {"application": application, "onward": ahead, "form": form, "trial": trial}
    return render(request, "reviewer/applications/promotion.html", context)


@reviewer_required
@require_http_methods(["GET", "POST"])
@of_an_application
def decision(request: ReviewerRequest, application: Application) -> HttpResponse:
    outcome = _outcome(request)
    transitions.refuse_decided(application)
    transitions.refuse_ending(application, decisions.MOVES[outcome])
    gate = _gate(application, outcome, request)
    initial = {"stage": application.stage_id, "outcome": outcome}
    form = EndingForm(request.POST or None, outcome=outcome, gate=bool(gate), initial=initial)
    trial = Trial(application, form, by=request.user)
    if trial.is_done(request.POST):
        messages.success(
            request, _("Decided. Until %(name)s is told, you can undo it here.") % {"name": application.candidate}
        )
        return redirect("reviewer:application", pk=application.pk)
    if not form.is_bound and not gate and outcome == Decision.Outcome.HIRED:
        trial.read(plans.Ending(outcome))
    context = {"application": application, "outcome": outcome, "gate": gate, "form": form, "trial": trial}
    return render(request, "reviewer/applications/decision.html", context)


@reviewer_required
@require_POST
@of_an_application
def removal(request: ReviewerRequest, application: Application) -> HttpResponse:
    decisions.undo(_latest(application), by=request.user)
    messages.success(
        request, _("Undone, as if nobody had decided. %(name)s was told nothing.") % {"name": application.candidate}
    )
    return redirect("reviewer:application", pk=application.pk)


@reviewer_required
@require_POST
@of_an_application
def telling(request: ReviewerRequest, application: Application) -> HttpResponse:
    decisions.release(_latest(application))
    messages.success(request, _("%(name)s is told.") % {"name": application.candidate})
    return redirect("reviewer:application", pk=application.pk)


@reviewer_required
@require_POST
@of_an_application
def hold(request: ReviewerRequest, application: Application) -> HttpResponse:
    form = HoldForm(request.POST, needs_reason=True)
    if form.is_valid():
        holds.hold(application, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("%(name)s is on hold.") % {"name": application.candidate})
    else:
        messages.error(request, str(form.errors["reason"][0]))
    return redirect("reviewer:application", pk=application.pk)


@reviewer_required
@require_POST
@of_an_application
def hold_removal(request: ReviewerRequest, application: Application) -> HttpResponse:
    holds.resume(application, by=request.user)
    return redirect("reviewer:application", pk=application.pk)


@reviewer_required
@require_http_methods(["GET", "POST"])
@of_an_application
def reopening(request: ReviewerRequest, application: Application) -> HttpResponse:
    transitions.refuse_reopening(application)
    form = ReopeningForm(request.POST or None)
    if form.is_valid():
        pipeline.reopen(application, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Open again, in “%(stage)s”.") % {"stage": application.stage})
        return redirect("reviewer:application", pk=application.pk)
    return render(request, "reviewer/applications/reopening.html", {"application": application, "form": form})


def _outcome(request: ReviewerRequest) -> Decision.Outcome:
    said = request.POST.get("outcome") or request.GET.get("outcome")
    return Decision.Outcome.HIRED if said == Decision.Outcome.HIRED else Decision.Outcome.REJECTED


def _gate(application: Application, outcome: Decision.Outcome, request: ReviewerRequest) -> str:
    """Why hiring would be refused now, as the sender may know it."""
    if outcome != Decision.Outcome.HIRED:
        return ""
    return onward(application, owes_card=application.pk in owing(request.user, [application])).gate


def _latest(application: Application) -> Decision:
    """The decision about ``application``, told or not. Raises ``NobodyDecided``."""
    latest = Decision.objects.filter(application=application).first()
    if latest is None:
        raise plans.NobodyDecided(_("Nobody has decided about %(name)s.") % {"name": application.candidate})
    return latest
