"""How the provider is called: at the address of the settings, for a few seconds, and for an answer of a reasonable size."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlsplit

import requests

CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 3, 5, 8
MAX_BYTES = 256 * 1024


NoAnswer = requests.RequestException
"""Whatever goes wrong on the way to the provider and back."""


class Silent(NoAnswer):
    """The provider did not answer in time, or answered beyond reason."""


def origin(address: str) -> str:
    """Scheme, machine and port of an address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}".lower()


class OnlyTheProvider(requests.Session):
    """A session that goes to one origin, follows nobody elsewhere and waits for nobody long."""

    def __init__(self, issuer: str) -> None:
        super().__init__()
        self._origin = origin(issuer)

    def request(self, method: Any, url: Any, **options: Any) -> requests.Response:  # type: ignore[override]
        """One answer, whole; `NoAnswer` when there is none."""
        if origin(str(url)) != self._origin:
            raise Silent("not the provider of the settings")
        until = time.monotonic() + WHOLE_SECONDS
        options |= {"timeout": (CONNECT_SECONDS, READ_SECONDS), "allow_redirects": False, "stream": True}
        answer = super().request(method, url, **options)
        found = bytearray()
        for part in answer.iter_content(8192):
            found += part
            if len(found) > MAX_BYTES or time.monotonic() > until:
                answer.close()
                raise Silent("too long")
        answer._content, answer._content_consumed = bytes(found), True  # type: ignore[attr-defined]
        return answer
