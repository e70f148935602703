"""How the provider is called: at the address of the settings, for a few seconds, and for an answer of a reasonable size."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import requests
from django.core.cache import cache
from django.utils.crypto import salted_hmac

CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 3, 5, 8
MAX_BYTES = 256 * 1024
GOOD_SECONDS, SILENT_SECONDS = 300, 20
"""How long what it says of itself is believed, and how long it is left alone once it did not answer."""


NoAnswer = requests.RequestException
"""Whatever goes wrong on the way to the provider and back."""


_SILENT = "silent"


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
            raise Silent("origin")
        until = time.monotonic() + WHOLE_SECONDS
        options |= {"timeout": (CONNECT_SECONDS, READ_SECONDS), "allow_redirects": False, "stream": True}
        answer = super().request(method, url, **options)
        found = bytearray()
        for part in answer.iter_content(8192):
            found += part
            if len(found) > MAX_BYTES or time.monotonic() > until:
                answer.close()
                raise Silent("length")
        answer._content, answer._content_consumed = bytes(found), True  # type: ignore[attr-defined]
        return answer


def remembered(issuer: str, ask: Callable[[], Any]) -> Any:
    """What a provider says of itself, asked now and then: when it is silent, one visitor waits for it, not all of them."""
    key = f"identities:{salted_hmac(__name__, issuer).hexdigest()}"
    known = cache.get(key)
    if known is not None:
        if known == _SILENT:
            raise Silent("silent")
        return known
    try:
        said = ask()
    except (NoAnswer, ValueError):
        cache.set(key, _SILENT, SILENT_SECONDS)
        raise
    cache.set(key, said, GOOD_SECONDS)
    return said
