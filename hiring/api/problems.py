"""Errors of the API as RFC 9457 problems."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from hiring.lib.errors import Refusal
from hiring.lib.storage import StorageError

MEDIA_TYPE = "application/problem+json"


def problem(status_code: int, detail: str, *, code: str, **members: object) -> Response:
    """A problem document: ``type``, ``title``, ``status``, ``detail``, ``code`` and any extra ``members``."""
    body = {"type": "about:blank", "title": TITLES.get(status_code, "Error"), "status": status_code, "detail": detail}
    return Response({**body, "code": code, **members}, status=status_code, content_type=MEDIA_TYPE)


TITLES = {
    400: "Bad request",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "Refused",
    413: "Too large",
    415: "Unsupported media type",
    422: "Cannot be processed",
    429: "Too many requests",
    503: "Not available",
}


def handler(exception: Exception, context: dict[str, Any]) -> Response | None:
    """Turn what a view raised into a problem; anything unknown stays an error for the server to log."""
    if isinstance(exception, Refusal):
        return problem(status.HTTP_409_CONFLICT, str(exception), code=exception.code, **exception.detail)
    if isinstance(exception, StorageError):
        away = problem(503, "The store of recordings does not answer. Try again.", code="storage_unavailable")
        away["Retry-After"] = "5"
        return away
    if isinstance(exception, exceptions.ValidationError):
        return problem(400, "Some fields need another look.", code="invalid", errors=exception.detail)
    plain = exception_handler(exception, context)
    if plain is None:
        return None
    answer = problem(plain.status_code, _detail(exception), code=_code(exception))
    for name, value in plain.items():
        if name.lower() in {"www-authenticate", "retry-after", "allow"}:
            answer[name] = value
    return answer


def _detail(exception: Exception) -> str:
    if isinstance(exception, Http404):
        return "There is nothing here, or it is not yours to see."
    if isinstance(exception, PermissionDenied):
        return "You may not do this."
    return str(getattr(exception, "detail", exception))


def _code(exception: Exception) -> str:
    return str(getattr(exception, "default_code", "not_found" if isinstance(exception, Http404) else "error"))
