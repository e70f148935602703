"""Is the service alive, and is it ready? For the machine that watches it, whatever name it calls us by."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from backend.core.health.findings import Gravity, Trouble, troubles
from backend.core.pages.keepers import public

KEPT_SECONDS = 5
"""How long an answer is kept by each process of the web, well below what those who watch wait between two questions."""
_looking = threading.Lock()
_lately: list[tuple[float, list[Trouble]]] = []
STATES = {Gravity.NOTICE: "pret", Gravity.DEGRADED: "degrade", Gravity.VITAL: "indisponible"}


@public
@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers; nothing else is touched."""
    return JsonResponse({"etat": "vivant"})


@public
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Whether work can be done, and what is wrong; degraded, a follow-up is still recorded."""
    found = _found_lately()
    worst = max((trouble.gravity for trouble in found), default=Gravity.NOTICE)
    problems = [{"code": trouble.code, "probleme": trouble.sentence} for trouble in found]
    return JsonResponse(
        {"etat": STATES[worst], "problemes": problems},
        status=503 if worst is Gravity.VITAL else 200,
        json_dumps_params={"ensure_ascii": False},
    )


def _found_lately() -> list[Trouble]:
    """What was found in the last seconds, looked for again by one caller at a time: looking writes, and anybody may ask."""
    with _looking:
        now = time.time()
        if not _lately or not 0 <= now - _lately[-1][0] < KEPT_SECONDS:
            found = [trouble for trouble in troubles(is_running=True) if trouble.gravity > Gravity.NOTICE]
            _lately[:] = [(now, found)]
        return _lately[-1][1]


def forget() -> None:
    """Look again at the next call."""
    _lately.clear()


_PAGES: dict[str, Callable[[HttpRequest], HttpResponse]] = {"/sante/vivant/": alive, "/sante/pret/": ready}


class HealthMiddleware:
    """Answers before the name of the host is looked at: a container is asked by its address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The two pages of health go no further; the others go on."""
        page = _PAGES.get(request.path_info) if request.method in {"GET", "HEAD"} else None
        return page(request) if page else self.get_response(request)
