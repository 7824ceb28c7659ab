"""What anybody may ask of the one-way interview: whether a receipt is genuine."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hiring.accounts.models import Company
from interviews import receipts
from interviews.forms.candidate import CodeForm


@require_safe
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    typed = code or request.GET.get("code", "")
    receipt = receipts.check(typed) if typed else None
    if receipt is not None and code != receipt.code:
        return redirect("verify", receipt.code)
    words = {"receipt": receipt, "asked": bool(typed), "form": CodeForm(initial={"code": typed[:40]})}
    company = Company.objects.current()
    with timezone.override(ZoneInfo(company.zone if company else "UTC")):  # whose receipt it is, nobody knows here
        return render(request, "public/verify.html", words)
