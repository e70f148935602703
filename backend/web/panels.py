"""What the frame itself gives to Ma journée: the alerts of every house."""

from __future__ import annotations

from typing import Any

from backend.panels.registry import Reader, day_page


@day_page.register(place="main", order=20)
class NotToLetSlip:
    """Alerts, most urgent first."""

    template = "web/day/_alerts.html"

    def load(self, reader: Reader) -> dict[str, Any]:
        """Every alert of the day."""
        return {"alerts": reader.alerts}


@day_page.register(place="line", order=20)
class HowManyAlerts:
    """« 3 choses à voir », in the line under the title."""

    template = "web/day/_alerts_counted.html"

    def load(self, reader: Reader) -> dict[str, Any]:
        """The count."""
        return {"count": len(reader.alerts)}
