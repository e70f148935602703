"""What the frame itself gives to Ma journée: the alerts of every house, person by person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator

from backend.alerts.bands import Band, PersonRow, bands_of, people_waiting
from backend.alerts.registry import UNREAD
from backend.panels.registry import Reader, day_page, person_page

SHOWN_BY_BAND = 10
"""People of one band that the morning page shows at once: nobody sees forty people before ten o’clock."""

SHOWN_BY_PAGE = 50
"""People of one page of the whole list."""


@dataclass(frozen=True, slots=True)
class BandShown:
    """One band of the page: its first rows, and how many people it holds in all."""

    band: Band
    rows: list[PersonRow]
    count: int

    @property
    def left(self) -> int:
        """How many people of this band the page does not show."""
        return self.count - len(self.rows)

    @property
    def is_folded(self) -> bool:
        """What comes later is there for who asks."""
        return self.band is Band.LATER


@person_page.register(place="next", order=5)
@day_page.register(place="main", order=18)
class AlertsMissing:
    """Whoever relies on the list reads that it is not whole."""

    template = "web/partials/_unreadable.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """The sentence, when there is something to say."""
        return {"sentence": UNREAD} if reader.lacks_alerts else None


@day_page.register(place="main", order=20)
class ByColleague:
    """Who has most people waiting, in a structure too large to be read name by name; each line opens one list."""

    template = "web/day/_team.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """One line a colleague, until one is chosen."""
        return None if not reader.team or reader.whose else {"lines": reader.team}


@day_page.register(place="main", order=20)
class NotToLetSlip:
    """One row a person under « En retard », « Cette semaine », « Plus tard »; the first of each unless asked for all."""

    template = "web/day/_alerts.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """The bands that hold somebody, the first people of each; all of them, page by page, when asked."""
        if reader.team and not reader.whose:
            return None
        found = bands_of(reader.alerts, reader.today)
        everyone = [(band, row) for band, rows in found.items() for row in rows]
        page = Paginator(everyone, SHOWN_BY_PAGE).get_page(reader.page) if reader.is_whole else None
        chosen = None if page is None else list(page.object_list)
        shown = [
            BandShown(
                band,
                rows[:SHOWN_BY_BAND] if chosen is None else [row for where, row in chosen if where is band],
                len(rows),
            )
            for band, rows in found.items()
            if rows
        ]
        return {
            "bands": [each for each in shown if each.rows],
            "is_calm": not found[Band.LATE] and not found[Band.WEEK],
            "page": page,
            "whose": reader.whose,
        }


@day_page.register(place="line", order=20)
class HowManyPeople:
    """« 3 personnes à voir », in the line under the title: those the page shows unfolded."""

    template = "web/day/_alerts_counted.html"

    def load(self, reader: Reader) -> dict[str, Any]:
        """The count."""
        return {"count": people_waiting(reader.alerts, reader.today)}
