"""Somebody looked for across jobs; before that, whom the team keeps in mind."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.lib import pages
from hiring.portals import finding
from hiring.portals import pool as kept
from hiring.portals.finding import FindingForm


@reviewer_required
@require_safe
def everybody(request: ReviewerRequest) -> HttpResponse:
    form = FindingForm(request.GET if "q" in request.GET else None)
    found = pool = None
    if form.is_valid():
        asked = finding.applications(form.cleaned_data["q"], request.user)
        found = pages.page(asked, cursor=form.cleaned_data["cursor"])
    elif not form.is_bound:
        pool = kept.pool(request.user, cursor=request.GET.get("cursor", ""))
    shown = found or pool
    context = {
        "form": form,
        "found": found,
        "pool": pool,
        "newer_url": _address(form, shown.newer) if shown else "",
        "older_url": _address(form, shown.older) if shown else "",
    }
    return render(request, "reviewer/candidates/candidates.html", context)


def _address(form: FindingForm, cursor: str) -> str:
    asked = {"q": form.cleaned_data["q"]} if form.is_bound else {}
    return "?" + urlencode(asked | {"cursor": cursor}) if cursor else ""
