"""Errors of the API as RFC 9457 problems."""

from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from hiring.lib import contention
from hiring.lib.errors import Refusal
from hiring.lib.storage import StorageError

MEDIA_TYPE = "application/problem+json"


def problem(status_code: int, detail: str, *, code: str, **members: object) -> Response:
    """A problem document: ``type``, ``title``, ``status``, ``detail``, ``code`` and any extra ``members``."""
    body = {
        "type": "about:blank",
        "title": str(TITLES.get(status_code, ERROR)),
        "status": status_code,
        "detail": detail,
    }
    return Response({**body, "code": code, **members}, status=status_code, content_type=MEDIA_TYPE)


ERROR = gettext_lazy("Error")
TITLES = {
    400: gettext_lazy("Bad request"),
    401: gettext_lazy("Not signed in"),
    403: gettext_lazy("Not allowed"),
    404: gettext_lazy("Not found"),
    405: gettext_lazy("Method not allowed"),
    409: gettext_lazy("Refused"),
    413: gettext_lazy("Too large"),
    415: gettext_lazy("Unsupported media type"),
    422: gettext_lazy("Cannot be processed"),
    429: gettext_lazy("Too many requests"),
    500: gettext_lazy("Broken"),
    503: gettext_lazy("Not available"),
}


def handler(exception: Exception, context: dict[str, Any]) -> Response | None:
    """Turn what a view raised into a problem; anything unknown stays an error for the server to log."""
    if isinstance(exception, Refusal):
        return problem(status.HTTP_409_CONFLICT, str(exception), code=exception.code, **exception.detail)
    if isinstance(exception, exceptions.ValidationError):
        return problem(400, _("Some fields need another look."), code="invalid", errors=exception.detail)
    if isinstance(exception, RequestDataTooBig):
        return problem(413, _("This is larger than anything the API reads."), code="too_large")
    plain = exception_handler(exception, context)
    if plain is None:
        return _passing(exception)
    answer = problem(plain.status_code, _detail(exception), code=_code(exception))
    for name, value in plain.items():
        if name.lower() in {"www-authenticate", "retry-after", "allow"}:
            answer[name] = value
    return answer


def _passing(exception: Exception) -> Response | None:
    """What may well succeed when it is asked again."""
    if contention.is_passing(exception):
        sentence = _("Others are changing the same thing right now. Try again.")
        answer = problem(409, sentence, code=contention.TooBusy.code)
        answer["Retry-After"] = "1"
        return answer
    if isinstance(exception, StorageError):
        answer = problem(503, _("The store of recordings does not answer. Try again."), code="storage_unavailable")
        answer["Retry-After"] = "5"
        return answer
    return None


def _detail(exception: Exception) -> str:
    if isinstance(exception, Http404):
        return _("There is nothing here, or it is not yours to see.")
    if isinstance(exception, PermissionDenied):
        return _("You may not do this.")
    return str(getattr(exception, "detail", exception))


def _code(exception: Exception) -> str:
    return str(getattr(exception, "default_code", "not_found" if isinstance(exception, Http404) else "error"))
