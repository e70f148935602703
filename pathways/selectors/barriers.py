"""How each frein has weighed over time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from backend.core.actor import Actor
from pathways.enums import BarrierImpact, BarrierTheme
from pathways.models import Beneficiary
from pathways.selectors.following.person import barrier_readings_of


@dataclass(frozen=True, slots=True)
class BarrierPoint:
    """One reading: 0 lifted, 3 strong."""

    day: date
    impact: int

    @property
    def label(self) -> str:
        """« Fort »."""
        return BarrierImpact(self.impact).label


@dataclass(frozen=True, slots=True)
class BarrierCurve:
    """One frein spoken of at least once; `points` are oldest first, one a day."""

    theme: str
    label: str
    points: tuple[BarrierPoint, ...]

    @property
    def latest(self) -> BarrierPoint:
        """Where it stands."""
        return self.points[-1]

    @property
    def trend(self) -> str:
        """How it moved since the reading before, in words."""
        if self.latest.impact == BarrierImpact.LIFTED:
            return "Levé"
        if len(self.points) == 1:
            return "Première lecture"
        change = self.latest.impact - self.points[-2].impact
        if change == 0:
            return "Stable"
        return "S’allège" if change < 0 else "S’alourdit"


def barrier_curves(actor: Actor, beneficiary: Beneficiary) -> list[BarrierCurve]:
    """A curve per frein spoken of, the heaviest today first; a theme never spoken of is absent, never « none »."""
    by_theme: dict[str, dict[date, int]] = defaultdict(dict)
    for reading in barrier_readings_of(actor, beneficiary.pk):
        by_theme[reading.theme][reading.read_on] = reading.impact
    curves = [
        BarrierCurve(
            theme=theme,
            label=BarrierTheme(theme).label,
            points=tuple(BarrierPoint(day, impact) for day, impact in days.items()),
        )
        for theme, days in by_theme.items()
    ]
    return sorted(curves, key=lambda curve: (-curve.latest.impact, BarrierTheme.values.index(curve.theme)))
