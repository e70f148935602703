"""What each role finds in its menu: at most six entries, the count of what waits beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.urls import NoReverseMatch, reverse

from backend.core.actor import Actor, Role
from backend.web.day import day_of
from backend.web.requests import ActorRequest

MAX_ENTRIES = 6
MAX_TABS = 3


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of a menu: its words, its page, and the pages where it stays lit."""

    label: str
    route: str
    icon: str
    covers: tuple[str, ...] = ()
    count: Callable[[ActorRequest], int] | None = None


DAY = Place("Ma journée", "web:day", "sun", count=lambda request: day_of(request).waiting)
PEOPLE = Place("Personnes", "web:people", "people", covers=("web:person", "web:stay", "web:interview"))
NOTE = Place("Noter", "web:note", "pencil-square", covers=("web:follow_up",))
BETWEEN = Place(
    "Entre deux", "web:between", "signpost-split", count=lambda request: day_of(request).waiting_between
)
EMPLOYERS = Place(
    "Employeurs",
    "web:employers",
    "shop",
    covers=("web:employer", "web:establishment", "web:analys", "web:task", "web:proposal", "web:placement"),
)
EXITS = Place("Sorties", "web:exits", "graph-up", covers=("web:exits",))
TEAM = Place("Équipe", "web:team", "person-badge", covers=("web:team", "web:invitation", "web:import"))
OBSERVE = Place("Observer", "web:observe", "eye", covers=("web:observe",))
MY_PATHWAY = Place("Mon parcours", "web:my_pathway", "signpost")
NEEDS = Place("Mes besoins", "web:my_needs", "shop", covers=("web:profile",))
CONSENTS = Place("Mes accords", "web:my_consents", "check2-square", covers=("web:consent",))

MENUS: dict[Role, tuple[Place, ...]] = {
    Role.ADVISOR: (DAY, PEOPLE, BETWEEN, EMPLOYERS, EXITS),
    Role.SUPERVISOR: (OBSERVE, PEOPLE),
    Role.MANAGER: (DAY, PEOPLE, BETWEEN, EMPLOYERS, EXITS, TEAM),
    Role.GROUP_HEAD: (EXITS, PEOPLE, EMPLOYERS, TEAM),
    Role.NETWORK_HEAD: (EXITS,),
    Role.EMPLOYER: (NEEDS,),
    Role.BENEFICIARY: (MY_PATHWAY, CONSENTS),
    Role.ADMINISTRATOR: (TEAM,),
}
NOTE_ROLES = frozenset({Role.ADVISOR, Role.MANAGER})


class Entry:
    """A place as one page shows it; what waits there is counted only if the menu is really drawn."""

    def __init__(self, place: Place, request: ActorRequest) -> None:
        self.label, self.icon, self.route = place.label, place.icon, place.route
        self.url = reverse(place.route)
        self._place, self._request = place, request

    @cached_property
    def count(self) -> int:
        """How many things wait there."""
        return self._place.count(self._request) if self._place.count else 0

    @property
    def is_current(self) -> bool:
        """Whether the page shown belongs to this entry."""
        match = self._request.resolver_match
        name = match.view_name if match else ""
        return name == self._place.route or name.startswith(self._place.covers or ("\0",))


class Shell:
    """The frame around a page: menu, tabs, place."""

    def __init__(self, request: ActorRequest, actor: Actor) -> None:
        self._request, self._actor = request, actor

    @cached_property
    def entries(self) -> list[Entry]:
        """The menu of the actor's role; a page that this installation does not have is left out."""
        return self._open(MENUS.get(self._actor.role, ()))[:MAX_ENTRIES]

    @cached_property
    def tabs(self) -> list[Entry]:
        """What stays under the thumb on a phone, « Plus » excepted."""
        if self.notes:
            return [*self.entries[:2], *self._open((NOTE,))]
        return self.entries[:MAX_TABS]

    @property
    def beyond_tabs(self) -> list[Entry]:
        """Entries of the menu that « Plus » holds on a phone."""
        return self.entries[2 if self.notes else MAX_TABS :]

    @property
    def searches_people(self) -> bool:
        """Whether the role looks people up by name."""
        return any(entry.route == PEOPLE.route for entry in self.entries)

    @property
    def notes(self) -> bool:
        """Whether the role records follow-ups."""
        return self._actor.role in NOTE_ROLES

    @property
    def place(self) -> str:
        """Where the actor sits, without repeating the role."""
        return self._actor.label.partition(" · ")[2]

    def _open(self, places: tuple[Place, ...]) -> list[Entry]:
        found = []
        for place in places:
            try:
                found.append(Entry(place, self._request))
            except NoReverseMatch:
                continue
        return found
