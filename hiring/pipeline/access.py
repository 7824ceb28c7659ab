"""Who may open a candidate's page: whoever holds the cookie of a living device, and only for its application."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from hiring.pipeline import links, promises
from hiring.pipeline.models import Application, CandidateDevice

P = ParamSpec("P")


class CandidateRequest(HttpRequest):
    """A request of a candidate who came in through a link."""

    device: CandidateDevice
    application: Application


def candidate_required(
    view: Callable[Concatenate[CandidateRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let the holder of a living device in; tell everybody else, without blame, how to get back in (401)."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        device = links.device_of(request.COOKIES.get(settings.CANDIDATE_COOKIE, ""))
        if device is None:
            return render(request, "candidate/signed_out.html", status=401)
        links.note_seen(device)
        known = cast("CandidateRequest", request)  # the two lines below make it one
        known.device = device
        known.application = device.link.application
        with timezone.override(promises.zone_of(known.application.candidate)):  # every time on the page is theirs
            return view(known, *args, **kwargs)

    return guarded


def let_in(response: HttpResponse, entry: links.Entry) -> None:
    """Give the browser its cookie: its own, per device, never Django's session."""
    response.set_cookie(
        settings.CANDIDATE_COOKIE,
        entry.secret,
        expires=entry.device.link.expires_at,
        secure=settings.CANDIDATE_COOKIE.startswith("__Host-"),
        httponly=True,
        samesite="Lax",
        path="/",
    )
