"""When a competence can have been seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backend.core.findings import Finding


def day_findings(*, assessed_on: date, today: date) -> Iterator[Finding]:
    """A reading dated after today: nobody has seen it yet."""
    if assessed_on > today:
        yield Finding(
            "in_the_future",
            "Une observation ne peut pas porter une date à venir.",
            way_out="Choisissez aujourd’hui ou un jour passé.",
            field="assessed_on",
            is_contradiction=True,
        )
