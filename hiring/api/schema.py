"""How the API describes itself: what any operation of its kind may be answered is said once, here."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter
from rest_framework.authentication import SessionAuthentication

from hiring.api.idempotency import HEADER
from hiring.api.problems import MEDIA_TYPE
from hiring.api.serializers import ProblemSerializer, StrictSerializer
from hiring.rubrics.cards import Strict

JSON = "application/json"
FIRST_PROBLEM = 400


class Schema(AutoSchema):
    """Adds the problems that follow from an operation's shape. What a view refuses for reasons of its own, it names by
    its number and ``None``, or with a serializer where the problem has more members.

    Everything asks for a token (401, or 403 where it is a take's); some have an id in their address (404), read a body
    (400, 413, 415), change something (409), take an ``Idempotency-Key`` (400, 422) or are counted (429).
    """

    def _map_basic_serializer(self, serializer: Any, direction: Any) -> dict[str, Any]:
        shape: dict[str, Any] = super()._map_basic_serializer(serializer, direction)  # type: ignore[no-untyped-call]  # it ships no types
        if isinstance(serializer, StrictSerializer | Strict):
            shape["additionalProperties"] = False
        return shape

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        bodies: dict[str, Any] = super()._get_response_bodies(direction)
        for status in {*bodies, *map(str, self._refusals())}:
            if int(status) >= FIRST_PROBLEM:
                bodies[status] = self._problem(bodies.get(status, {}), status, direction)
        return dict(sorted(bodies.items()))

    def _problem(self, said: dict[str, Any], status: str, direction: Any) -> dict[str, Any]:
        """What the view said of ``status``, as a problem; the plain one where it named no more than the number."""
        if JSON in said.get("content", {}):
            return {**said, "content": {MEDIA_TYPE: said["content"][JSON]}}
        plain: dict[str, Any] = self._get_response_for_code(ProblemSerializer, status, [MEDIA_TYPE], direction)  # type: ignore[no-untyped-call]  # it ships no types
        return plain

    def _refusals(self) -> set[int]:
        known, *others = self.view.get_authenticators()
        found = {401 if known.authenticate_header(self.view.request) else 403}
        if "{" in self.path:
            found |= {404}
        if self.method in {"POST", "PUT", "PATCH"} and self.get_request_serializer() is not None:
            found |= {400, 413, 415}
        if self.method != "GET":
            found |= {409}
            found |= {403} if any(isinstance(other, SessionAuthentication) for other in others) else set()
        if any(isinstance(said, OpenApiParameter) and said.name == HEADER for said in self.get_override_parameters()):
            found |= {400, 422}
        if self.view.throttle_classes:
            found |= {429}
        return found
