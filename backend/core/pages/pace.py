"""How often one seat may ask: a limit for each kind of request, counted by the minute, in the memory of each web process.

Nothing is written in the base for it: reading stays light, and a stopped broker changes nothing. An installation that
serves by several processes allows as many times the limit; what people read in a day is counted in the trail, for all of
them (`backend/audit/mass_reading.py`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

WINDOW_SECONDS = 60
LATELY_SECONDS = 600
"""What is done again within this time, the same by the same seat, says nothing more."""
KEPT_KEYS = 10_000
"""Beyond, those of past minutes are forgotten: nobody fills the memory by changing seats."""

API, SEARCH, EXPORT, REFUSAL = "api", "search", "export", "refusal"
"""What is counted apart; how many a minute: `PACE_OF_REQUESTS` in the settings."""

TOO_FAST = "Trop de demandes en une minute. Attendez un instant, puis réessayez."


@dataclass(frozen=True, slots=True)
class Pace:
    """Where one stands: the limit, what is left of it, and in how many seconds it is whole again."""

    limit: int
    left: int
    seconds: int

    @property
    def is_too_fast(self) -> bool:
        """Whether this very request is one too many."""
        return self.left < 0

    def headers(self) -> dict[str, str]:
        """The usual ones; `Retry-After` only when one has to wait."""
        said = {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(self.left, 0)),
            "RateLimit-Reset": str(self.seconds),
        }
        return {**said, "Retry-After": str(self.seconds)} if self.is_too_fast else said

    def mark(self, answer: Any) -> None:
        """Say it in the headers of an answer."""
        for name, value in self.headers().items():
            answer[name] = value


_counts: dict[tuple[str, str], tuple[int, int]] = {}
_lock = threading.Lock()


def count(kind: str, who: str, *, now: float | None = None) -> Pace:
    """Count one more request of this kind by this seat. `now` is in seconds, from any beginning."""
    moment = time.monotonic() if now is None else now
    window = int(moment // WINDOW_SECONDS)
    with _lock:
        if len(_counts) > KEPT_KEYS:
            _forget_before(window)
        former, done = _counts.get((kind, who), (window, 0))
        done = done + 1 if former == window else 1
        _counts[kind, who] = window, done
    seconds = int((window + 1) * WINDOW_SECONDS - moment) + 1
    limit = settings.PACE_OF_REQUESTS[kind]
    return Pace(limit, limit - done, min(seconds, WINDOW_SECONDS))


_last: dict[int, float] = {}


def not_lately(what: str, *, now: float | None = None) -> bool:
    """Whether this was not done in the last ten minutes, as far as this process knows; and remember that it is now."""
    moment, key = time.monotonic() if now is None else now, hash(what)
    with _lock:
        if moment - _last.get(key, float("-inf")) < LATELY_SECONDS:
            return False
        if len(_last) > KEPT_KEYS:
            _last.clear()
        _last[key] = moment
    return True


def forget() -> None:
    """Begin again, for the tests."""
    with _lock:
        _counts.clear()
        _last.clear()


def _account(request: HttpRequest) -> str:
    return f"user:{request.user.pk}"


def paced(
    kind: str, *, when: Callable[[HttpRequest], bool], by: Callable[[HttpRequest], str] = _account
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A page whose requests are counted, those that `when` names; a page that says to wait beyond the limit.

    `by` says for whom they are counted, where nobody is signed in.
    """

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not when(request):
                return view(request, *args, **kwargs)
            pace = count(kind, by(request))
            if pace.is_too_fast:
                words = {"seconds": pace.seconds, "words": TOO_FAST}
                answer = render(request, "web/errors/too_fast.html", words, status=429)
            else:
                answer = view(request, *args, **kwargs)
            pace.mark(answer)
            return answer

        return page

    return decorate


def is_sent(request: HttpRequest) -> bool:
    """Whether a page is sent rather than read: a search typed, an export asked for."""
    return request.method == "POST"


def _forget_before(window: int) -> None:
    for key in [key for key, (former, _) in _counts.items() if former < window]:
        del _counts[key]
