"""What the frame itself gives to Ma journée: the alerts of every house, person by person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from backend.alerts.bands import Band, PersonRow, bands_of, people_waiting
from backend.panels.registry import Reader, day_page

SHOWN_BY_BAND = 10
"""People of one band that the morning page shows at once: nobody sees forty people before ten o’clock."""


@dataclass(frozen=True, slots=True)
class BandShown:
    """One band of the page: its first rows, and how many people it holds in all."""

    band: Band
    rows: list[PersonRow]
    count: int

    @property
    def is_folded(self) -> bool:
        """What comes later is there for who asks."""
        return self.band is Band.LATER


@day_page.register(place="main", order=20)
class NotToLetSlip:
    """One row a person under « En retard », « Cette semaine », « Plus tard »; the first of each unless asked for all."""

    template = "web/day/_alerts.html"

    def load(self, reader: Reader) -> dict[str, Any]:
        """The bands that hold somebody, and how many people are left out."""
        found = bands_of(reader.alerts, reader.today)
        shown = [
            BandShown(band, rows if reader.is_whole else rows[:SHOWN_BY_BAND], len(rows))
            for band, rows in found.items()
            if rows
        ]
        return {
            "bands": shown,
            "is_calm": not found[Band.LATE] and not found[Band.WEEK],
            "left_out": sum(each.count - len(each.rows) for each in shown),
        }


@day_page.register(place="line", order=20)
class HowManyPeople:
    """« 3 personnes à voir », in the line under the title: those the page shows unfolded."""

    template = "web/day/_alerts_counted.html"

    def load(self, reader: Reader) -> dict[str, Any]:
        """The count."""
        return {"count": people_waiting(reader.alerts, reader.today)}
