"""What the employers' side gives to a person's own page: who may see their profile."""

from __future__ import annotations

from typing import Any

from backend.panels.registry import Reader, own_page


@own_page.register(place="main", order=20)
class WhoMaySeeMyProfile:
    """The way to one's agreements."""

    template = "employers/consents/_door.html"

    def load(self, reader: Reader) -> dict[str, Any]:
        """A sentence and a link: the agreements have their own page."""
        return {}
