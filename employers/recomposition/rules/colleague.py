"""The week of the qualified colleague after handing tasks over: recomposition must not make it harder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from employers.recomposition.documents.words import percent_text

ALERT_POINTS = Fraction(10, 100)  # a heavier share by more than ten points is an alert; a house rule


@dataclass(frozen=True)
class Activity:
    """Part of a colleague's week: hours, and whether they are hard or devalued."""

    name: str
    hours: float
    heavy: bool


@dataclass(frozen=True)
class Review:
    """Heavy share of the week before and after, and what must happen before the proposal is « ready »."""

    before: Fraction
    after: Fraction
    alert: bool
    blocked: bool
    message: str

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way; an alert needs the team's agreement first."""
        return not self.alert and not self.blocked


def review_week(week: list[Activity], delegated: Mapping[str, float], use: list[Activity]) -> Review:
    """Compare the heavy share before and after; `delegated` hours by activity, `use` what the freed hours become.

    Freed hours without a declared use block the proposal: nobody can say what the colleague's week becomes.
    """
    kept = [Activity(one.name, one.hours - delegated.get(one.name, 0.0), one.heavy) for one in week]
    before, after = heavy_share(week), heavy_share(kept + use)
    if not use and sum(delegated.values()) > 0:
        return Review(
            before,
            after,
            alert=False,
            blocked=True,
            message="Indiquez ce que deviennent les heures libérées.",
        )
    alert = after - before > ALERT_POINTS
    rise = f"{float(after - before) * 100:+.1f}".replace(".", ",")
    change = f"La part pénible de la semaine passe de {percent_text(before)} à {percent_text(after)} ({rise} points)."
    return Review(
        before, after, alert, blocked=False, message=change + " L’accord de l’équipe est nécessaire." * alert
    )


def heavy_share(week: list[Activity]) -> Fraction:
    """Share of hard or devalued hours in a week; 0 for an empty week."""
    total = sum(Fraction(str(one.hours)) for one in week)
    heavy = sum((Fraction(str(one.hours)) for one in week if one.heavy), Fraction(0))
    return heavy / total if total else Fraction(0)
