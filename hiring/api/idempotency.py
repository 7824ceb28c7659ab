"""``Idempotency-Key``: a POST sent twice is done once, and answered the same both times.

The key is claimed in a transaction of its own, so that a second request sees it at once; the answer is stored in the
same transaction as what it tells of, so that one never exists without the other.
"""

import hashlib
import json
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from functools import wraps
from typing import Any, ClassVar, Concatenate, ParamSpec, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hiring.api.models import ApiToken, IdempotentRequest

HEADER = "Idempotency-Key"
LONGEST = 200
STALE = timedelta(minutes=1)  # longer than any request may take: whoever claimed it is gone

P = ParamSpec("P")
View = TypeVar("View", bound=APIView)
Handler = Callable[Concatenate[View, Request, P], Response]


class BadKey(exceptions.ValidationError):
    pass


class KeyReused(exceptions.APIException):
    status_code = 422
    default_code = "idempotency_key_reused"


class InFlight(exceptions.APIException):
    status_code = 409
    default_code = "request_in_flight"
    wait: ClassVar[int] = 1  # seconds, sent as Retry-After


def idempotent(handler: Handler[View, P]) -> Handler[View, P]:
    """Let a POST name a key. The same again replays its answer; another body is 422, one still in flight 409."""

    @wraps(handler)
    def once(view: View, request: Request, /, *args: P.args, **kwargs: P.kwargs) -> Response:
        key = request.headers.get(HEADER, "")
        if not key or not isinstance(request.auth, ApiToken):
            return handler(view, request, *args, **kwargs)
        if len(key) > LONGEST or not key.isprintable():
            raise BadKey({HEADER: [_("At most 200 printable characters, please.")]})
        digest = _digest(request)
        claim = _claim(request.auth, key, digest)
        if claim is None:
            return _replay(IdempotentRequest.objects.get(token=request.auth, key=key), digest)
        with ExitStack() as after:
            after.callback(claim.delete)  # whatever goes wrong: nothing happened, and the key is free again
            with transaction.atomic():
                response = handler(view, request, *args, **kwargs)
                claim.status, claim.response = response.status_code, json.loads(JSONRenderer().render(response.data))
                claim.save(update_fields=["status", "response"])
            after.pop_all()
        return response

    return once


def _claim(token: ApiToken, key: str, digest: str) -> IdempotentRequest | None:
    """The row that makes ``key`` ours, or ``None`` when it was claimed before."""
    stale = timezone.now() - STALE
    IdempotentRequest.objects.filter(token=token, key=key, status__isnull=True, created_at__lt=stale).delete()
    try:
        with transaction.atomic():
            return IdempotentRequest.objects.create(token=token, key=key, request_sha256=digest)
    except IntegrityError:
        return None


def _replay(earlier: IdempotentRequest, digest: str) -> Response:
    if earlier.request_sha256 != digest:
        raise KeyReused(_("This key was sent before with another request. Use a new one."))
    if earlier.status is None:
        raise InFlight(_("The first request with this key is still being answered. Ask again in a second."))
    return Response(earlier.response, status=earlier.status, headers={"Idempotency-Replayed": "true"})


def _digest(request: Request) -> str:
    body: Any = request.body
    return hashlib.sha256(b"\n".join([str(request.method).encode(), request.path.encode(), body])).hexdigest()
