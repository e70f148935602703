"""A page made of panels: a place, an order, what each one loads for this reader, and its template.

    @person_page.register(place="rest", order=40)
    class Polycompetence:
        template = "competences/person/_competences.html"

        def load(self, reader: Reader) -> dict[str, Any] | None: ...

Registered from `AppConfig.ready()`, by importing the domain's `panels` module. Nothing else is discovered.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, TypeVar

from backend.alerts.bands import ColleagueTotals
from backend.alerts.registry import Alert
from backend.core.actor import Actor
from backend.core.sealing.encryption import UNREADABLE, Undecipherable

T = TypeVar("T")
P = TypeVar("P", bound="Callable[[], Panel]")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who opens the page, on which day, whose thread it is (None on a page about many), what waits.

    `lacks_alerts` when a key no longer opens what some are computed from. `is_whole` when the reader asked for everything rather than the first of each kind, `page` by page. `team` holds
    the totals of each colleague where the page would be too long to be read, `whose` the colleague then chosen.
    """

    actor: Actor
    today: date
    person: Any = None
    alerts: Sequence[Alert] = ()
    lacks_alerts: bool = False
    is_whole: bool = False
    page: str = "1"
    team: Sequence[ColleagueTotals] = ()
    whose: ColleagueTotals | None = None
    _known: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, read: Callable[[Reader], T]) -> T:
        """What several panels of the page need, read the first time one of them asks."""
        if read not in self._known:
            self._known[read] = read(self)
        found: T = self._known[read]
        return found


class Panel(Protocol):
    """One piece of a page."""

    template: str

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """What the template shows as `panel`; None when this reader has nothing to see here."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A panel that has something to show: the page includes `template` with `content` as `panel`."""

    template: str
    content: dict[str, Any]


class PanelPage:
    """The panels of one page, sorted by their order inside each place."""

    def __init__(self, *places: str) -> None:
        self._rows: dict[str, list[tuple[int, Panel]]] = {place: [] for place in places}

    def register(self, *, place: str, order: int) -> Callable[[P], P]:
        """Give the page a panel; `KeyError` when the page has no such place."""
        rows = self._rows[place]

        def add(panel: P) -> P:
            rows.append((order, panel()))
            rows.sort(key=lambda row: row[0])
            return panel

        return add

    def fill(self, reader: Reader) -> dict[str, list[Filled]]:
        """Every place with the panels this reader sees, in order."""
        return {place: _filled(rows, reader) for place, rows in self._rows.items()}


def _filled(rows: list[tuple[int, Panel]], reader: Reader) -> list[Filled]:
    loaded = [_loaded(panel, reader) for _, panel in rows]
    return [filled for filled in loaded if filled is not None]


def _loaded(panel: Panel, reader: Reader) -> Filled | None:
    """A panel whose codes do not open says so in its place: the others still stand (decision 0088)."""
    try:
        content = panel.load(reader)
    except Undecipherable:
        return Filled("web/partials/_unreadable.html", {"sentence": UNREADABLE})
    return None if content is None else Filled(panel.template, content)


person_page = PanelPage("next", "story", "rest")
"""A person's page: what comes next, the story, then everything else."""

day_page = PanelPage("line", "actions", "main", "side")
"""Ma journée: the day in one line, what to do, what waits on the left, the caseload on the right."""

own_page = PanelPage("main")
"""Mon parcours, as the person reads it."""

typed_page = PanelPage("main")
"""What was typed about a person, line by line, for whoever may correct it or take it back."""

skills_page = PanelPage("main")
"""What one person can do, trade by trade: what other domains make of it."""

team_skills_page = PanelPage("main")
"""What a team can do: what other domains make of it."""
