"""Cursor pages, as ``{"results", "older", "newer"}`` with full addresses."""

from typing import Any

from django.db.models import QuerySet
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from hiring.lib import pages

LARGEST = 100


class CursorPages(BasePagination):
    """``?limit=`` up to 100 rows, newest first, and ``?cursor=`` as an earlier answer gave it."""

    order = pages.NEWEST

    def paginate_queryset(  # type: ignore[override]  # we never page a plain list
        self, queryset: QuerySet[Any], request: Request, view: APIView | None = None
    ) -> list[Any]:
        self.request = request
        cursor = request.query_params.get("cursor", "")
        self.page = pages.page(queryset, cursor=cursor, size=_limit(request), order=self.order)
        return self.page.rows

    def get_paginated_response(self, data: Any) -> Response:
        return Response(
            {"results": data, "older": self._address(self.page.older), "newer": self._address(self.page.newer)}
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        address = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["results", "older", "newer"],
            "properties": {"results": schema, "older": address, "newer": address},
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        return [
            {"name": "cursor", "in": "query", "required": False, "schema": {"type": "string"}},
            {
                "name": "limit",
                "in": "query",
                "required": False,
                "schema": {"type": "integer", "minimum": 1, "maximum": LARGEST, "default": pages.SIZE},
            },
        ]

    def _address(self, cursor: str) -> str | None:
        if not cursor:
            return None
        query = self.request.query_params.copy()
        query["cursor"] = cursor
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")


def _limit(request: Request) -> int:
    try:
        asked = int(request.query_params.get("limit", pages.SIZE))
    except ValueError:
        return pages.SIZE
    return min(max(asked, 1), LARGEST)
