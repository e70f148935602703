"""What an answer leaves in the trail once it is made: a list of people read, a refusal. One line, and no name.

Whoever tries doors they may not open, or reads name after name, is seen by the same eyes as whoever opens files. Refusals are
bounded by the minute and by seat, and the same list read again within ten minutes says nothing more: nobody fills the trail. These lines never make an answer wait nor fail: while
somebody else holds the base, the list is shown and the log of the service says that a line is missing.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from backend.audit import trail
from backend.audit.models import Entry
from backend.core.actor import Actor
from backend.core.busy import is_busy, short_wait
from backend.core.pages.pace import REFUSAL, count, not_lately
from backend.core.pages.shown import people_shown

NAMES_LISTED = "names.listed"
"""A list of names on a screen."""
PEOPLE_LISTED = "people.listed"
"""What a tool reads of several people at once: as much as opening their files."""
REFUSED = "access.refused"
_REFUSALS = frozenset({401, 403, 404, 429})
_API = "/api/"
_SEVERAL = 2
_PERSON_PAGES: list[str] = []
_TRIED: set[str] = set()
_REFUSED_FORMS = frozenset({400, 422})
logger = logging.getLogger(__name__)


class AnswersMiddleware:
    """Reads the answer on its way out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Write what was shown, or refused."""
        response = self.get_response(request)
        actor: Actor | None = getattr(request, "actor", None)
        if response.status_code in _REFUSALS or (
            response.status_code in _REFUSED_FORMS and _route(request) in _TRIED
        ):
            _write_refusal(request, actor, response.status_code)
        elif actor is not None:
            _write_list(request, actor, response)
        return response


def people_are_led_to_by(*routes: str) -> None:
    """Say which pages are about one person: a page with links to those of several is a list of names."""
    _PERSON_PAGES.extend(route for route in routes if route not in _PERSON_PAGES)
    _links.cache_clear()


def tries_are_kept_of(*routes: str) -> None:
    """Say where even what is typed wrong is worth a line: it may be somebody guessing."""
    _TRIED.update(routes)


def numbers_of_people(people: set[int]) -> dict[str, Any]:
    """How a line that is about several people names them: their number, and their numbers."""
    return {"count": len(people), "people": sorted(people)}


def line(actor: Actor | None, action: str, *, user_id: int | None = None, **detail: Any) -> Entry:
    """A line about no object; of a stranger, it says the account that was aimed at when there is one."""
    if actor is None:
        return Entry(user_id=user_id, action=action, detail=detail)
    return Entry(
        user_id=actor.user_id,
        seat=actor.seat,
        role=actor.role,
        organisation_id=actor.organisation_id,
        action=action,
        detail=detail,
    )


def write(entry: Entry) -> None:
    """Append it if the base is free; else say in the log which kind of line is missing."""
    try:
        if connection.vendor == "sqlite":
            with short_wait():
                trail.append(entry)
        else:  # there, a writer waits for no other
            trail.append(entry)
    except DatabaseError as error:
        if not is_busy(error):
            raise
        logger.warning("trail: a line %s is missing, the base was busy", entry.action)


def write_some(kind_of_who: str, entry: Entry) -> None:
    """The same, up to so many a minute for whoever knocks; the last one says that more may follow."""
    pace = count(REFUSAL, kind_of_who)
    if pace.is_too_fast:
        return
    if pace.left == 0:
        entry.detail = {**entry.detail, "more": True}
    write(entry)


def _write_list(request: HttpRequest, actor: Actor, response: HttpResponse) -> None:
    """What a tool was given, as its view said; what a page names, as its links say: no page can forget to tell."""
    if request.path.startswith(_API):
        action, people = PEOPLE_LISTED, people_shown(request)
    else:
        action, people = NAMES_LISTED, _people_named(response)
        if len(people) < _SEVERAL:
            return
    numbers = numbers_of_people(people)
    if people and not_lately(f"{actor.seat} {action} {_route(request)} {numbers['people']}"):
        write(line(actor, action, route=_route(request), **numbers))


def _people_named(response: HttpResponse) -> set[int]:
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return set()
    return {int(number) for number in _links().findall(response.content)}


@cache
def _links() -> re.Pattern[bytes]:
    """« href="/personnes/12/ » and what leads further from there."""
    before = "|".join(re.escape(reverse(route, args=[0]).removesuffix("0/")) for route in _PERSON_PAGES)
    return re.compile(rf'href="(?:{before})([0-9]{{1,18}})/'.encode())


def _write_refusal(request: HttpRequest, actor: Actor | None, status: int) -> None:
    """Of somebody signed in, or of a key that opens nothing; who is not signed in yet is only led to the door."""
    route = _route(request)
    if not route or (actor is None and not (status == 401 and request.headers.get("Authorization"))):
        return
    who = actor.seat if actor else "a key"
    write_some(who, line(actor, REFUSED, status=status, route=route, method=request.method))


def _route(request: HttpRequest) -> str:
    """The name of the page, never its address: an address may hold what was typed."""
    return request.resolver_match.view_name if request.resolver_match else ""
