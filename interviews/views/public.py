"""What anybody may ask of the one-way interview: whether a receipt is genuine."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from interviews import receipts
from interviews.forms.candidate import CodeForm


@require_safe
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    typed = code or request.GET.get("code", "")
    receipt = receipts.check(typed) if typed else None
    if receipt is not None and code != receipt.code:
        return redirect("verify", receipt.code)
    form = CodeForm(initial={"code": typed[:40]})
    return render(request, "public/verify.html", {"receipt": receipt, "asked": bool(typed), "form": form})
