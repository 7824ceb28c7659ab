"""The keys to the API, for admins: who holds one, a new one, and the end of one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hiring.accounts.access import ReviewerRequest, admin_required
from hiring.api import operations
from hiring.api.forms import TokenForm
from hiring.api.models import ApiToken


@admin_required
@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: ReviewerRequest) -> HttpResponse:
    form, key = TokenForm(request.POST or None), None
    if form.is_valid():
        # Shown in the answer itself: a redirect would have to keep the secret somewhere.
        key, form = operations.create_token(request.user, **form.cleaned_data), TokenForm()
    everybodys = ApiToken.objects.select_related("user")
    working = everybodys.working()
    context = {"form": form, "key": key, "working": working, "ended": everybodys.exclude(pk__in=working)}
    return render(request, "reviewer/tokens/tokens.html", context)


@admin_required
@require_POST
def revocation(request: ReviewerRequest, pk: UUID) -> HttpResponse:
    token = get_object_or_404(ApiToken, pk=pk)
    operations.revoke_token(token)
    messages.success(request, _("“%(name)s” no longer opens anything, from this moment on.") % {"name": token})
    return redirect("reviewer:tokens")
