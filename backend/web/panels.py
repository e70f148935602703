"""What the frame itself gives to Ma journée: the alerts of every house."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from backend.alerts.registry import Alert
from backend.panels.registry import Reader, day_page

SHOWN_BY_KIND = 10
"""Alerts of one kind that the morning page shows at once: nobody settles forty contracts before ten o’clock."""


@day_page.register(place="main", order=20)
class NotToLetSlip:
    """Alerts, most urgent first; the first of each kind unless everything is asked for."""

    template = "web/day/_alerts.html"

    def load(self, reader: Reader) -> dict[str, Any]:
        """The alerts shown, and how many are left out."""
        shown = reader.alerts if reader.is_whole else _first_of_each_kind(reader.alerts)
        return {"alerts": shown, "left_out": len(reader.alerts) - len(shown)}


def _first_of_each_kind(alerts: Sequence[Alert]) -> list[Alert]:
    seen: Counter[str] = Counter()
    first = []
    for alert in alerts:
        seen[alert.kind] += 1
        if seen[alert.kind] <= SHOWN_BY_KIND:
            first.append(alert)
    return first


@day_page.register(place="line", order=20)
class HowManyAlerts:
    """« 3 choses à voir », in the line under the title."""

    template = "web/day/_alerts_counted.html"

    def load(self, reader: Reader) -> dict[str, Any]:
        """The count."""
        return {"count": len(reader.alerts)}
