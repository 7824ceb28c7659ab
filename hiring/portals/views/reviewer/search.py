"""Somebody looked for across jobs."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.lib import pages
from hiring.portals import finding
from hiring.portals.finding import FindingForm


@reviewer_required
@require_safe
def everybody(request: ReviewerRequest) -> HttpResponse:
    form = FindingForm(request.GET if "q" in request.GET else None)
    found = None
    if form.is_valid():
        asked = finding.applications(form.cleaned_data["q"], request.user)
        found = pages.page(asked, cursor=form.cleaned_data["cursor"])
    context = {
        "form": form,
        "found": found,
        "newer_url": _address(form, found.newer) if found else "",
        "older_url": _address(form, found.older) if found else "",
    }
    return render(request, "reviewer/candidates/candidates.html", context)


def _address(form: FindingForm, cursor: str) -> str:
    return "?" + urlencode({"q": form.cleaned_data["q"], "cursor": cursor}) if cursor else ""
