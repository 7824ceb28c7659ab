"""A live round's own page: what it is and who comes; and a fresh offer to one candidate."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.accounts.models import User
from hiring.pipeline.models import Application, Job, JobStage
from scheduling import operations, rounds
from scheduling.forms.reviewer import OfferForm, RoundForm
from scheduling.models import LIVE, InterviewerProfile


@reviewer_required
@require_http_methods(["GET", "POST"])
def live_round(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    stage = _managed(request, pk)
    live = rounds.of(stage)
    people = User.objects.filter(memberships__job=stage.job, is_active=True).distinct()
    form = RoundForm(request.POST or None, live=live, people=people)
    if form.is_valid():
        rounds.change(live, form.values, form.seats, by=request.user)
        messages.success(request, _("Saved. What is booked already stays as it was agreed."))
        return redirect("reviewer:scheduling:round", pk=pk)
    context = {"stage": stage, "job": stage.job, "round": live, "form": form, "people": people}
    context["hourless"] = rounds.hourless(live, reader=request.user)
    return render(request, "reviewer/scheduling/round.html", context, status=422 if form.is_bound else 200)


@reviewer_required
@require_POST
def hours_request(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    asked = rounds.ask_for_hours(rounds.of(_managed(request, pk)), by=request.user)
    if asked.now and settings.EMAIL_URL:
        text = _("Asked %(people)s by mail, with the way to their hours.")
        messages.success(request, text % {"people": _names(asked.now)})
    elif asked.now:
        text = _("There is no mail server, so nothing leaves by itself: pass on the mail to %(people)s below.")
        messages.warning(request, text % {"people": _names(asked.now)})
    if asked.earlier:
        text = _("Asked today already: %(people)s. One mail a day is enough.")
        messages.info(request, text % {"people": _names(asked.earlier)})
    elif not asked.now:
        messages.info(request, _("Everybody in this round has stated their hours."))
    return redirect("reviewer:scheduling:round", pk=pk)


@reviewer_required
@require_POST
def offer(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    application = get_object_or_404(Application.objects.for_reviewer(request.user).distinct(), pk=pk)
    form = OfferForm(request.POST)
    if form.is_valid():
        operations.offer(application, by=request.user, note=form.cleaned_data["note"])
        messages.success(request, _("%(name)s may choose a time.") % {"name": application.candidate})
    else:
        messages.error(request, _("Write a line first: it goes with the link."))
    return redirect("reviewer:application", application.pk)


def _managed(request: ReviewerRequest, pk: UUID) -> JobStage:
    """A live stage whose round the sender may change."""
    stages = JobStage.objects.filter(kind=LIVE, job__in=Job.objects.managed_by(request.user))
    return get_object_or_404(stages.select_related("job"), pk=pk)


def _names(people: Iterable[InterviewerProfile]) -> str:
    return get_text_list([profile.user.get_short_name() for profile in people], _("and"))
