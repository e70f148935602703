"""Ma journée: the convention of the year, when it drifts."""

from __future__ import annotations

from typing import Any

from backend.organisations.permissions import reads_conventions
from backend.panels.registry import Reader, day_page
from reports.fte.figures import drifts


@day_page.register(place="side", order=30)
class Drift:
    """Said once the year drifts, and to whoever answers for the structure; nothing is counted where nothing was agreed."""

    template = "reports/day/_drift.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """The structures whose year drifts."""
        actor, year = reader.actor, reader.today.year
        if not reads_conventions(actor):
            return None
        drifting = drifts(actor, year)
        return {"year": year, "drifting": drifting} if drifting else None
