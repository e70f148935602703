"""Whom a page is for; for the others it does not exist. A page is read or sent, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed

from backend.core.actor import Actor

METHODS = ("GET", "HEAD", "POST")


def only(
    may: Callable[[Actor], bool],
) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Answer exactly as an absent page to whom `may` refuses: the right of the gesture, the service asks the same."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.actor is None or not may(request.actor):  # type: ignore[attr-defined]
                raise Http404
            if request.method not in METHODS:
                return HttpResponseNotAllowed(METHODS)
            return view(request, *args, **kwargs)

        guarded.may = may  # type: ignore[attr-defined]
        return guarded

    return decorate
