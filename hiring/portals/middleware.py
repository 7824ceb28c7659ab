"""What every answer carries, and what becomes of a ``Refusal``."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from hiring.accounts.models import User
from hiring.lib.errors import Refusal

NOWHERE = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
RECORDING = "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()"


class BodySizeMiddleware:
    """Turns away what is larger than any form of ours (413), before a byte of it is kept. Recordings go to the store
    directly and never come here; a body of unannounced length is not read at all. The API reads less, and says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        is_form = not request.path.startswith("/api/")
        if is_form and announced.isdigit() and int(announced) > settings.LARGEST_BODY:
            return render(request, "413.html", status=413)
        return self.get_response(request)


class PrivacyHeadersMiddleware:
    """Camera and microphone only where a view says so (``response.allows_recording``); private pages never stored."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        may_record = getattr(response, "allows_recording", False)
        response.headers.setdefault("Permissions-Policy", RECORDING if may_record else NOWHERE)
        if request.path.startswith(("/c/", "/review/", "/accounts/", "/api/")):
            add_never_cache_headers(response)
        if request.path.startswith("/c/"):
            # Never the path, which may be a secret. Not no-referrer: under it browsers send forms with "Origin: null".
            response.headers["Referrer-Policy"] = "strict-origin"
        return response


class SecondFactorMiddleware:
    """Where ``ADMINS_NEED_SECOND_FACTOR``, an admin without one is led to setting it up before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.ADMINS_NEED_SECOND_FACTOR and request.path.startswith("/review/"):
            user = request.user
            if isinstance(user, User) and user.is_admin and not is_mfa_enabled(user):
                messages.warning(request, _("Admins need a second factor here. Set yours up, then go on."))
                return redirect("mfa_activate_totp")
        return self.get_response(request)


class RefusalMiddleware:
    """A ``Refusal`` from a page becomes a message on the page it came from; for a script, a 409 problem."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        if request.accepts("text/html"):
            messages.error(request, str(exception))
            return HttpResponseRedirect(_came_from(request))
        body = {"type": "about:blank", "title": "Refused", "status": 409, "detail": str(exception)}
        return JsonResponse(
            {**body, "code": exception.code, **exception.detail}, status=409, content_type="application/problem+json"
        )


def _came_from(request: HttpRequest) -> str:
    """The page to go back to: the form's own address when it can be shown, else the portal's front page."""
    if request.path.startswith("/c/"):
        return "/c/"  # candidates' pages send no path as referrer
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure()):
        return referer
    return "/review/" if request.path.startswith("/review/") else "/"
