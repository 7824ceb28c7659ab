"""What Django answers by itself, where no view was reached or one broke: a page for people, a problem for programs."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views import defaults

from hiring.api.problems import MEDIA_TYPE, TITLES

API = "/api/"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not request.path.startswith(API):
        return defaults.bad_request(request, exception)
    return _problem(400, _("This request cannot be read."), "bad_request")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not request.path.startswith(API):
        return defaults.page_not_found(request, exception)
    return _problem(404, _("There is nothing here, or it is not yours to see."), "not_found")


def server_error(request: HttpRequest) -> HttpResponse:
    if not request.path.startswith(API):
        return defaults.server_error(request)
    return _problem(500, _("Something broke on our side. Try again; if it stays, tell your admin."), "server_error")


def _problem(status: int, detail: str, code: str) -> JsonResponse:
    body = {"type": "about:blank", "title": str(TITLES[status]), "status": status, "detail": detail, "code": code}
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE)
