"""The 480-hour clock of a worker of an association intermédiaire placed with private firms.

Code du travail, art. L5132-9: 480 hours over 24 months. Sources differ on « per firm » or « all firms »; the stricter
reading is kept: all private firms together. A dated derogation of the prefect, of at most three years, lifts it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LIMIT_HOURS = 480.0
WARNING_HOURS = 384.0  # four fifths: time to prepare what follows
WINDOW_MONTHS = 24


@dataclass(frozen=True)
class Week:
    """Hours worked in the week that starts on a Monday, with firms (counted) and with others (not counted)."""

    starts_on: date
    firm_hours: float
    other_hours: float = 0.0


@dataclass(frozen=True)
class Derogation:
    """A decision of the prefect, first and last day included."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Reading:
    """Hours counted once a week is added, and what to do about it."""

    counted: float
    warning: bool
    reached: bool
    refused: bool
    message: str


def read_clock(done: Sequence[Week], week: Week, derogations: Sequence[Derogation] = ()) -> Reading:
    """Hours with firms over the 24 months that end with `week`; refused beyond 480 without a derogation that day."""
    opens_on = _months_before(week.starts_on, WINDOW_MONTHS)
    counted = week.firm_hours + sum(
        one.firm_hours for one in done if opens_on < one.starts_on < week.starts_on
    )
    over = counted > LIMIT_HOURS and week.firm_hours > 0
    lifted = any(one.starts_on <= week.starts_on <= one.ends_on for one in derogations)
    return Reading(
        counted=counted,
        warning=counted >= WARNING_HOURS,
        reached=counted >= LIMIT_HOURS,
        refused=over and not lifted,
        message=_message(counted, refused=over and not lifted),
    )


def _message(counted: float, *, refused: bool) -> str:
    figure = f"{counted:g} h sur {LIMIT_HOURS:g} h en {WINDOW_MONTHS} mois auprès d'entreprises"
    if refused:
        return (
            f"{figure} : la limite est dépassée. Enregistrez une dérogation du préfet ou changez d'employeur."
        )
    if counted >= WARNING_HOURS:
        return f"{figure} : préparez la suite avec la personne et l'employeur."
    return f"{figure}."


def _months_before(day: date, months: int) -> date:
    """The same day of the month, some months earlier, or the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 - months
    first = date(index // 12, index % 12 + 1, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - timedelta(days=1))
