from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.lib.errors import Refusal
from hiring.pipeline.models import Job
from hiring.portals import operations
from hiring.portals.forms import CandidateForm, CandidateListForm, SelectionForm
from interviews import setup


@reviewer_required
@require_http_methods(["GET", "POST"])
def candidates(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    job = get_object_or_404(Job.objects.managed_by(request.user), pk=pk)
    many, first = "people" in request.POST, job.stages.first()
    asks = setup.settings_of(first) if first else None
    is_heard = first is not None and first.kind not in operations.UNHEARD
    one_form = CandidateForm(request.POST if request.method == "POST" and not many else None, is_heard=is_heard)
    many_form = CandidateListForm(request.POST if many else None, is_heard=is_heard)
    if one_form.is_valid():
        try:
            added = operations.add_one(job, **{"invite": False, **one_form.cleaned_data}, by=request.user)
        except Refusal as refusal:
            one_form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s is in.") % {"name": added.candidate.name})
            return redirect("reviewer:application", pk=added.pk)
    if many_form.is_valid():
        people, invite = many_form.cleaned_data["people"], many_form.cleaned_data.get("invite_all", False)
        tally = operations.add_many(job, people, invite=invite, by=request.user)
        tally.refused[:0] = many_form.doubles
        tell(request, tally, invited=invite)
        return redirect("reviewer:job", pk=pk)
    context = {"job": job, "one_form": one_form, "many_form": many_form, "first": first, "asks": asks}
    return render(request, "reviewer/jobs/candidates.html", context)


@reviewer_required
@require_POST
def invitations(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    job = get_object_or_404(Job.objects.managed_by(request.user), pk=pk)
    form = SelectionForm(request.POST, job=job, user=request.user)
    if form.is_valid():
        tell(request, operations.invite_many(form.cleaned_data["application"], by=request.user), invited=True)
    else:
        for sentence in form.errors["application"]:
            messages.error(request, str(sentence))
    return redirect("reviewer:job", pk=pk)


def tell(request: ReviewerRequest, tally: operations.Tally, *, invited: bool) -> None:
    """Say how many it worked for, and for whom it did not and why: each sentence, up to ten."""
    number = len(tally.done)
    if number and invited:
        messages.success(
            request, ngettext("%(n)s candidate invited.", "%(n)s candidates invited.", number) % {"n": number}
        )
    elif number:
        messages.success(request, ngettext("%(n)s candidate added.", "%(n)s candidates added.", number) % {"n": number})
    for sentence in tally.refused[:10]:
        messages.warning(request, sentence)
    if len(tally.refused) > 10:  # noqa: PLR2004 (a page of sentences is enough)
        messages.warning(request, _("…and %(n)s more like these.") % {"n": len(tally.refused) - 10})
