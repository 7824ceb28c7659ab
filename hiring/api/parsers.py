"""What the API reads."""

import json
from collections.abc import Mapping
from json import JSONDecodeError
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class BoundedJSONParser(JSONParser):
    """JSON of bounded size, nested no deeper than Python reads; deeper is a bad request rather than a broken server."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        announced = (parser_context or {})["request"].META.get("CONTENT_LENGTH") or "0"
        if int(announced) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig
        try:
            found = super().parse(stream, media_type, parser_context)
            json.dumps(found, ensure_ascii=False).encode()  # what cannot be said back in an error is no text
        except RecursionError as error:
            raise ParseError(_("This JSON is nested too deeply.")) from error
        except UnicodeEncodeError as error:
            raise ParseError(_("This JSON has half a character in it: one of two \\u escapes is missing.")) from error
        except ParseError as error:
            where = error.__context__
            if not isinstance(where, JSONDecodeError):
                raise ParseError(_("This is no JSON.")) from error
            told = {"line": where.lineno, "column": where.colno}
            raise ParseError(_("This is no JSON from line %(line)d, column %(column)d on.") % told) from error
        return found
