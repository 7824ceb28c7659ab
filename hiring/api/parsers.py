"""What the API reads."""

from collections.abc import Mapping
from json import JSONDecodeError
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class BoundedJSONParser(JSONParser):
    """JSON, nested no deeper than Python reads; deeper is a bad request rather than a broken server."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError(_("This JSON is nested too deeply.")) from error
        except ParseError as error:
            where = error.__context__
            if not isinstance(where, JSONDecodeError):
                raise ParseError(_("This is no JSON.")) from error
            told = {"line": where.lineno, "column": where.colno}
            raise ParseError(_("This is no JSON from line %(line)d, column %(column)d on.") % told) from error
