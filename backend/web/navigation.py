"""What each role finds in its menu: at most six entries, the count of what waits beside them.

Each house registers its own places from `AppConfig.ready()`; the frame draws them and knows none by name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from backend.core.actor import Actor, Role
from backend.web.counts import counted, known
from backend.web.requests import ActorRequest

MAX_ENTRIES = 6
MAX_TABS = 3
_FIRST = 0


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of a menu: its words, its page, whom it is for, and the pages where it stays lit.

    `first_for` are the roles whose day begins there, whatever the order. `searches` is what the search box of
    the rail says when it asks this place. `count` says how many things wait there, for this actor, on this day.
    """

    label: str
    route: str
    icon: str
    order: int
    shown_to: frozenset[Role]
    first_for: frozenset[Role] = frozenset()
    covers: tuple[str, ...] = ()
    searches: str = ""
    count: Callable[[Actor, date], int] | None = None

    def rank(self, role: Role) -> int:
        """Where the place stands in this role's menu."""
        return _FIRST if role in self.first_for else self.order


_PLACES: list[Place] = []
_GESTURES: list[Place] = []
_ACCOUNTS: list[Place] = []
_FEET: list[Place] = []


def register(*places: Place) -> None:
    """Add places to the menus; called once from `AppConfig.ready()`."""
    _PLACES.extend(place for place in places if place not in _PLACES)


def register_gesture(place: Place) -> None:
    """Add what stays under the thumb, on a phone and behind the key « n »."""
    if place not in _GESTURES:
        _GESTURES.append(place)


def register_account(place: Place) -> None:
    """Say where one's own account is: under every menu, whatever the role."""
    _ACCOUNTS[:] = [place]


def register_foot(place: Place) -> None:
    """Add what is said at the foot of every page, to whoever reads it, signed in or not."""
    if place not in _FEET:
        _FEET.append(place)


def foot() -> list[Place]:
    """What stands at the foot of every page beside the words of the service itself."""
    return sorted(_FEET, key=lambda place: place.order)


def places_of(role: Role) -> list[Place]:
    """The role's menu, in order."""
    found = [place for place in _PLACES if role in place.shown_to]
    return sorted(found, key=lambda place: place.rank(role))[:MAX_ENTRIES]


def is_told_what_waits(actor: Actor) -> bool:
    """Who has a menu where things wait."""
    return any(place.count is not None for place in places_of(actor.role))


def waiting_at(place: Place, actor: Actor, today: date) -> int:
    """How many things wait there: counted once for many pages, again when the user writes."""
    count = place.count
    return counted(actor, place.route, today, lambda: count(actor, today)) if count else 0


class Entry:
    """A place as one page shows it; what waits there is counted only if the menu is really drawn."""

    def __init__(self, place: Place, request: ActorRequest) -> None:
        self.label, self.icon, self.searches = place.label, place.icon, place.searches
        self.url = reverse(place.route)
        self._place, self._request = place, request

    @property
    def slug(self) -> str:
        """What tells this entry from the others in a page."""
        return self._place.route.replace(":", "-").replace("_", "-")

    @property
    def is_counted(self) -> bool:
        """Whether things may wait there."""
        return self._place.count is not None

    @cached_property
    def count(self) -> int | None:
        """How many things wait there; None while nobody counted: the page comes first, its menu is counted after.

        The place's own page counts at once: it reads what is counted anyway.
        """
        place, actor, today = self._place, self._request.actor, timezone.localdate()
        if place.count is None:
            return 0
        return waiting_at(place, actor, today) if self._is_shown else known(actor, place.route, today)

    def count_now(self) -> int:
        """How many things wait there, counted if need be."""
        return waiting_at(self._place, self._request.actor, timezone.localdate())

    @property
    def is_current(self) -> bool:
        """Whether the page shown belongs to this entry."""
        return self._is_shown or self._page.startswith(self._place.covers or ("\0",))

    @property
    def _is_shown(self) -> bool:
        return self._page == self._place.route

    @property
    def _page(self) -> str:
        match = self._request.resolver_match
        return match.view_name if match else ""


class Shell:
    """The frame around a page: menu, tabs, place."""

    def __init__(self, request: ActorRequest, actor: Actor) -> None:
        self._request, self._actor = request, actor

    @cached_property
    def entries(self) -> list[Entry]:
        """The menu of the actor's role."""
        return [Entry(place, self._request) for place in places_of(self._actor.role)]

    @cached_property
    def gesture(self) -> Entry | None:
        """What this role does most, one touch away."""
        mine = [place for place in _GESTURES if self._actor.role in place.shown_to]
        return Entry(mine[0], self._request) if mine else None

    @cached_property
    def tabs(self) -> list[Entry]:
        """What stays under the thumb on a phone, « Plus » excepted."""
        return [*self.entries[:2], self.gesture] if self.gesture else self.entries[:MAX_TABS]

    @property
    def is_counted_after(self) -> bool:
        """Whether something of the menu is still to be counted, once the page is shown."""
        return any(entry.count is None for entry in self.entries)

    @property
    def account(self) -> Entry:
        """One's own account, under every menu."""
        return Entry(_ACCOUNTS[0], self._request)

    @property
    def beyond_tabs(self) -> list[Entry]:
        """Entries of the menu that « Plus » holds on a phone."""
        return self.entries[2 if self.gesture else MAX_TABS :]

    @property
    def search(self) -> Entry | None:
        """The place the search box asks; None for a role that looks nobody up."""
        return next((entry for entry in self.entries if entry.searches), None)

    @property
    def place(self) -> str:
        """Where the actor sits, without repeating the role."""
        return self._actor.label.partition(" · ")[2]
