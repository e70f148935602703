"""Which version was read, which version is being changed: nobody's text is lost without a word."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from django.db import models
from rest_framework.request import Request
from rest_framework.utils.encoders import JSONEncoder

from backend.core.api.errors import PreconditionFailed, PreconditionRequired

_TAG = re.compile(r'"[\x21\x23-\x7e]{1,80}"')


def etag_of(row: Any, data: Any) -> str:
    """« "3" » for a row that counts its versions, a digest of what is shown for the others."""
    version = getattr(row, "version", None)
    if isinstance(row, models.Model) and isinstance(version, int):
        return f'"{version}"'
    shown = json.dumps(data, cls=JSONEncoder, sort_keys=True).encode()
    return f'"{hashlib.sha256(shown).hexdigest()[:32]}"'


def check_match(request: Request, current: str) -> None:
    """Refuse with 428 without `If-Match`, with 412 when it names another version than `current`."""
    header = request.headers.get("If-Match")
    if header is None or not header.strip():
        raise PreconditionRequired
    if header.strip() != "*" and current not in _TAG.findall(header):
        raise PreconditionFailed
