"""For whoever watches the process: does it live, and does it have what it needs."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hiring.runtime import health


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    findings = health.dependencies()
    # Details name hosts and users: those are for the doctor, at a terminal.
    body = {finding.name: "ok" if finding.is_well else "does not answer" for finding in findings}
    ready = all(finding.is_well for finding in findings)
    return JsonResponse(body, status=HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE)
