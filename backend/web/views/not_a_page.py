"""An address that records and shows nothing, opened as if it were a page: said in French, with the way to the page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

API = "/api/"


class NotAPageMiddleware:
    """Gives words to the empty 405 of a screen; the API says its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Reloading, or typing, the address a form was sent to leads somewhere; what is allowed stays said."""
        response = self.get_response(request)
        if response.status_code != 405 or response.content or request.path.startswith(API):
            return response
        page = render(request, "web/errors/not_a_page.html", {"back": page_above(request.path)}, status=405)
        page["Allow"] = response["Allow"]
        return page


def page_above(path: str) -> str:
    """The nearest address above this one that leads somewhere: `/postes/2/` for `/postes/2/demander/`."""
    parts = path.strip("/").split("/")[:-1]
    while parts:
        above = f"/{'/'.join(parts)}/"
        try:
            resolve(above)
        except Resolver404:
            parts.pop()
        else:
            return above
    return "/"
