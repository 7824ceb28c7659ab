"""The way in for staff: allauth's sign-in, or the first run while nobody works here yet."""

from allauth.account import views as allauth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hiring.accounts import operations


def login(request: HttpRequest) -> HttpResponse:
    if operations.needs_first_run():
        return redirect("welcome")
    response: HttpResponse = allauth.login(request)
    return response
