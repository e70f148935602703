"""Reading what a tool sends, without letting any of it break the service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from backend.core.values.numbers import whole_number


class BoundedJSONParser(JSONParser):
    """JSON of a bounded size and depth."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """The content; `RequestDataTooBig` past the limit, `ParseError` when it cannot be read."""
        request = (parser_context or {}).get("request")
        length = request.META.get("CONTENT_LENGTH") if request is not None else None
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if limit is not None and (whole_number(length or 0) or 0) > limit:
            raise RequestDataTooBig("body larger than DATA_UPLOAD_MAX_MEMORY_SIZE")
        try:
            return super().parse(stream, media_type, parser_context)  # type: ignore[arg-type]
        except RecursionError as error:
            raise ParseError("nested too deep") from error
