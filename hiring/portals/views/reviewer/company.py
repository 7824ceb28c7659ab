from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hiring.accounts import operations
from hiring.accounts.access import ReviewerRequest, admin_required
from hiring.accounts.forms import CompanyForm
from hiring.accounts.models import Company
from hiring.portals import postings


@admin_required
@require_http_methods(["GET", "POST"])
def company(request: ReviewerRequest) -> HttpResponse:
    found = get_object_or_404(Company)
    form = CompanyForm(request.POST or None, instance=found)
    if form.is_valid():
        operations.change_company(get_object_or_404(Company), **form.cleaned_data)
        messages.success(request, _("Saved. Dates already promised to candidates stay as they were."))
        return redirect("reviewer:company")
    elsewhere = {"snippet": postings.snippet(), "feed_url": settings.BASE_URL + reverse("feed")}
    return render(request, "reviewer/company/company.html", {"form": form, **elsewhere})
