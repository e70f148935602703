"""The way to the data kept about a person, from their page; what limits their use is said there."""

from __future__ import annotations

from typing import Any

from backend.panels.registry import Reader, person_page
from pathways.permissions import reads_data_kept
from pathways.selectors.following.person import data_requests_of


@person_page.register(place="rest", order=80)
class DataKept:
    """Requests that wait, a limitation in force; one query."""

    template = "pathways/person/_data_kept.html"

    def load(self, reader: Reader) -> dict[str, Any] | None:
        """For whoever may open the page."""
        if not reads_data_kept(reader.actor):
            return None
        rows = data_requests_of(reader.actor, reader.person.pk)
        return {
            "person": reader.person,
            "waiting": [row for row in rows if row.is_waiting],
            "is_limited": any(row.is_limiting for row in rows),
        }
