"""The bank of questions, found by competency, role family, language, status and words."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hiring.accounts.access import ReviewerRequest, reviewer_required
from hiring.lib.htmx import fragment
from hiring.rubrics import queries
from hiring.rubrics.forms.sets import BankFilter


@reviewer_required
@require_GET
def show(request: ReviewerRequest) -> HttpResponse:
    return render(
        request,
        fragment("reviewer/rubrics/bank.html", "found", request),
        {**listed(request), "may_edit": request.user.is_admin},
    )


def listed(request: HttpRequest, *, in_use: bool = False) -> dict[str, Any]:
    """The filter and the page of the bank it finds; with ``in_use``, for picking: nothing that is archived."""
    filters = BankFilter(request.GET, families=queries.families(), codes=queries.bank_languages())
    if in_use:
        del filters.fields["status"]
    wanted = filters.wanted()
    page = Paginator(queries.bank(**wanted), queries.PAGE).get_page(request.GET.get("page"))
    return {
        "filters": filters,
        "page": page,
        "rows": [(question, queries.pairs(question)) for question in page],
        "archived": wanted["archived"],
        "is_filtered": any(wanted.values()),
        "query": filters.query(),
    }
