"""What a request carries once it has passed the door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
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


def number_in_query(request: HttpRequest, name: str) -> int | None:
    """The number of an object written in the address, None for anything else."""
    return whole_number(request.GET.get(name, ""))


def user_id_of(request: ActorRequest) -> int:
    """The signed-in account: whoever acts through a page has one, unlike the command line."""
    if request.actor.user_id is None:
        raise PermissionDenied
    return request.actor.user_id
