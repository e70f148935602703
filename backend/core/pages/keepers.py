"""What a page says of who may open it, for the middleware at the door to read."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from django.http import HttpRequest

Keeper = Callable[[HttpRequest], str | None]
_KEEPERS: list[Keeper] = []
View = TypeVar("View", bound=Callable[..., Any])


class SessionGap(StrEnum):
    """What a session signed in with a password still lacks; the door opens nothing to it meanwhile."""

    SECOND_FACTOR_MISSING = "second_factor_missing"
    SECOND_FACTOR_NOT_PROVED = "second_factor_not_proved"


def public(view: View) -> View:
    """Say that a page opens without signing in."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def before_second_factor(view: View) -> View:
    """Say that a page serves to set up the second factor, and so opens without it."""
    view.opens_before_second_factor = True  # type: ignore[attr-defined]
    return view


def without_seat(view: View) -> View:
    """Say that a page is about one's own account, and opens even when every seat has ended."""
    view.opens_without_seat = True  # type: ignore[attr-defined]
    return view


def writes_on_get(view: View) -> View:
    """Say that opening the page is itself recorded, and why the read-only guard stands aside."""
    view.writes_on_get = True  # type: ignore[attr-defined]
    return view


def only_reads(view: View) -> View:
    """Say that what the page is sent only asks: the read-only guard stands for a POST too."""
    view.only_reads = True  # type: ignore[attr-defined]
    return view


def keeps_what_was_sent(keeper: Keeper) -> None:
    """Say who keeps a form that arrives at a closed door, and where it is found again; called once at start."""
    if keeper not in _KEEPERS:
        _KEEPERS.append(keeper)


def kept_at_the_door(request: HttpRequest) -> str | None:
    """Have the form of a refused request kept; the address to come back to, None when nothing was kept."""
    return next((address for keeper in _KEEPERS if (address := keeper(request))), None)
