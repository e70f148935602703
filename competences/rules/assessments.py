"""When a competence can have been seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from backend.core.findings import Finding
from backend.core.plausible import SEEN, window_findings


def day_findings(*, assessed_on: date, today: date, born_on: date | None = None) -> Iterator[Finding]:
    """A reading dated after today, which nobody has seen yet, or of a day nobody can mean."""
    yield from window_findings(SEEN, assessed_on, field="assessed_on", today=today, born_on=born_on)
    if assessed_on > today:
        yield Finding(
            "in_the_future",
            "Une observation ne peut pas porter une date à venir.",
            way_out="Choisissez aujourd’hui ou un jour passé.",
            field="assessed_on",
            is_contradiction=True,
        )
