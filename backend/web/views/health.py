"""Is the service alive, and is it ready? For the machine that watches it, whatever name it calls us by."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from backend.core.health.findings import Gravity, troubles
from backend.core.pages.doors import public

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
    found = [trouble for trouble in troubles(is_running=True) if trouble.gravity > Gravity.NOTICE]
    worst = max((trouble.gravity for trouble in found), default=Gravity.NOTICE)
    problems = [{"code": trouble.code, "probleme": trouble.sentence} for trouble in found]
    return JsonResponse(
        {"etat": STATES[worst], "problemes": problems},
        status=503 if worst is Gravity.VITAL else 200,
        json_dumps_params={"ensure_ascii": False},
    )


_PAGES: dict[str, Callable[[HttpRequest], HttpResponse]] = {"/sante/vivant/": alive, "/sante/pret/": ready}


class HealthMiddleware:
    """Answers before the name of the host is looked at: a container is asked by its address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The two pages of health go no further; the others go on."""
        page = _PAGES.get(request.path_info) if request.method in {"GET", "HEAD"} else None
        return page(request) if page else self.get_response(request)
