"""What who answers for a structure reads in the morning of files opened outside a caseload."""

from __future__ import annotations

from typing import Any

from backend.core.actor import READS_THE_TRAIL
from backend.panels.registry import Reader, day_page
from pathways.selectors.beyond import openings_read_by

SAID_DAYS = 7
SHOWN = 5


@day_page.register(place="main", order=15)
class OpenedBeyond:
    """The openings of the last week; nothing when there is none, one query then."""

    template = "pathways/day/_beyond.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """For who reads the trail of their structure."""
        if reader.actor.role not in READS_THE_TRAIL:
            return None
        openings = openings_read_by(reader.actor, days=SAID_DAYS)
        return {"openings": openings[:SHOWN]} if openings else None
