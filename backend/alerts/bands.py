"""The alerts of a day as a morning page reads them: each person once, in three bands, the most urgent thing first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from backend.alerts.registry import Alert, Colleague
from backend.core.values.text import alphabetical

WEEK = timedelta(days=7)
"""What falls within seven days, the seventh included, is this week's."""


class Band(StrEnum):
    """How soon something is due."""

    LATE = "late"
    WEEK = "week"
    LATER = "later"

    @property
    def heading(self) -> str:
        """As the page says it."""
        return _TITLES[self]


_TITLES = {Band.LATE: "En retard", Band.WEEK: "Cette semaine", Band.LATER: "Plus tard"}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person and everything that waits about them, the most urgent first."""

    first: Alert
    others: tuple[Alert, ...]


def band_of(due_on: date, today: date) -> Band:
    """Late from the day after; this week up to seven days ahead."""
    if due_on < today:
        return Band.LATE
    return Band.WEEK if due_on <= today + WEEK else Band.LATER


def people_of(alerts: Iterable[Alert]) -> list[PersonRow]:
    """One row a person, in the order of their most urgent alert; the alerts come sorted."""
    theirs: dict[int, list[Alert]] = {}
    for alert in alerts:
        theirs.setdefault(alert.beneficiary_id, []).append(alert)
    return [PersonRow(found[0], tuple(found[1:])) for found in theirs.values()]


def bands_of(alerts: Iterable[Alert], today: date) -> dict[Band, list[PersonRow]]:
    """The rows of each band, empty ones included; a person stands in the band of their most urgent alert."""
    bands: dict[Band, list[PersonRow]] = {band: [] for band in Band}
    for row in people_of(alerts):
        bands[band_of(row.first.due_on, today)].append(row)
    return bands


def people_waiting(alerts: Iterable[Alert], today: date) -> int:
    """How many people something is late or due this week for: what the page shows unfolded, and the menu counts."""
    return len({alert.beneficiary_id for alert in alerts if band_of(alert.due_on, today) is not Band.LATER})


@dataclass(frozen=True, slots=True)
class ColleagueTotals:
    """How many people wait in each band for one colleague, with the alerts behind: every person counted once."""

    key: str
    name: str
    late: int
    week: int
    later: int
    alerts: tuple[Alert, ...]


def totals_of(found: Mapping[Colleague, list[Alert]], today: date) -> list[ColleagueTotals]:
    """One line a colleague, who has most people late first."""
    lines = []
    for who, alerts in found.items():
        counts = {band: len(rows) for band, rows in bands_of(alerts, today).items()}
        lines.append(
            ColleagueTotals(
                key=str(who.user_id or 0),
                name=who.name,
                late=counts[Band.LATE],
                week=counts[Band.WEEK],
                later=counts[Band.LATER],
                alerts=tuple(alerts),
            )
        )
    return sorted(
        lines, key=lambda line: (-line.late, -line.week, -line.later, alphabetical(line.name), line.key)
    )
