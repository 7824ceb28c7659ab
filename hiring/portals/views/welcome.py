"""The first page of a fresh installation: the company and its first admin, once."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from hiring.accounts import operations
from hiring.accounts.forms import FirstRunForm

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@sensitive_post_parameters("password", "setup_key")
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    if not operations.needs_first_run():
        return redirect("reviewer:home")
    form = FirstRunForm(request.POST or None)
    if form.is_valid():
        admin = operations.first_run(**form.cleaned_data)
        login(request, admin, backend=BACKEND)
        return redirect("reviewer:home")
    return render(request, "public/welcome.html", {"form": form})
