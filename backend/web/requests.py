"""What a request carries once it has passed the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from backend.core.actor import Actor
from backend.core.values.numbers import whole_number

if TYPE_CHECKING:
    from backend.web.day import Day


class ActorRequest(HttpRequest):
    """A request of somebody who sits somewhere: the middlewares attach both, this only says so to the reader."""

    actor: Actor
    htmx: HtmxDetails
    passerelles_day: Day
    undo: str


FROM = "depuis"
"""Where a press came from, in the address of the page it opens."""


def where_from(request: HttpRequest, *, otherwise: str) -> str:
    """The page one goes back to once the gesture is done: the one it was made from when it said so, on this site only."""
    asked = request.GET.get(FROM, "")
    if asked == "journee":
        return reverse("web:day")
    return asked if is_ours(asked) else otherwise


def is_ours(address: str) -> bool:
    """Whether an address that came with a request leads to a page of this site, and nowhere else."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def number_in_query(request: HttpRequest, name: str) -> int | None:
    """The number of an object written in the address, None for anything else."""
    return whole_number(request.GET.get(name, ""))


def user_id_of(request: ActorRequest) -> int:
    """The signed-in account: whoever acts through a page has one, unlike the command line."""
    if request.actor.user_id is None:
        raise PermissionDenied
    return request.actor.user_id
