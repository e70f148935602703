"""What makes a job made of tasks acceptable: enough hours, not too hard, something to learn, not too fragile.

No text fixes these figures but the hours: they are house rules, in one place for the screen, the API, the service
that composes and the engine that searches. Hard hours are looked at season by season: a cap tested on the year only
lets all of them be packed into one.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from backend.core.values.numbers import added

MOST_EMPLOYERS = 3
"""A person cannot serve more masters than that."""
HEAVY_CAP = 0.40
"""Share of hard or devalued hours a season may hold."""
SKILL_FLOOR = 0.15
"""Share of hours that develop a competence, over the year."""


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """One task of the job: hours a week in each season, what they ask and give, whose they are."""

    season_hours: Sequence[float]
    employer: Hashable
    is_heavy: bool = False
    is_skill_building: bool = False


@dataclass(frozen=True, slots=True)
class JobQuality:
    """What is known of a job; seasons count from 0, winter first.

    `without_one` is the lowest week once the employer who leaves least (`weakest`) withdraws; None with one employer.
    """

    least_hours: float
    totals: tuple[float, ...]
    heavy_shares: tuple[float, ...]
    skill_share: float
    without_one: float | None
    weakest: Hashable | None

    @property
    def lowest_hours(self) -> float:
        """Hours of the emptiest season."""
        return min(self.totals)

    @property
    def lowest_season(self) -> int:
        """The emptiest season."""
        return self.totals.index(self.lowest_hours)

    @property
    def has_enough_hours(self) -> bool:
        """Whether every season reaches the floor of a CDDI."""
        return self.lowest_hours >= self.least_hours

    @property
    def heavy_share(self) -> float:
        """The share of hard or devalued hours of the worst season."""
        return max(self.heavy_shares)

    @property
    def heavy_season(self) -> int:
        """The worst season."""
        return self.heavy_shares.index(self.heavy_share)

    @property
    def is_not_too_heavy(self) -> bool:
        """Whether every season keeps under the cap; exactly the cap is accepted."""
        return self.heavy_share <= HEAVY_CAP + 1e-9

    @property
    def teaches(self) -> bool:
        """Whether enough hours develop a competence."""
        return self.skill_share >= SKILL_FLOOR - 1e-9

    @property
    def is_robust(self) -> bool | None:
        """Whether the job still holds without any one of its employers; None with one employer."""
        return None if self.without_one is None else self.without_one >= self.least_hours


def job_quality(tasks: Iterable[TaskFacts], *, least_hours: float) -> JobQuality:
    """The quality of a job of at least one task."""
    tasks = list(tasks)
    totals = _sums(tasks)
    heavy = _sums([task for task in tasks if task.is_heavy], seasons=len(totals))
    year, skilled = sum(totals), sum(sum(task.season_hours) for task in tasks if task.is_skill_building)
    left = {
        owner: min(_sums([task for task in tasks if task.employer != owner], seasons=len(totals)))
        for owner in dict.fromkeys(task.employer for task in tasks)
    }
    weakest = min(left, key=lambda owner: left[owner]) if len(left) > 1 else None
    return JobQuality(
        least_hours=least_hours,
        totals=totals,
        heavy_shares=tuple(part / total if total else 0.0 for part, total in zip(heavy, totals, strict=True)),
        skill_share=skilled / year if year else 0.0,
        without_one=None if weakest is None else left[weakest],
        weakest=weakest,
    )


def _sums(tasks: Sequence[TaskFacts], seasons: int = 0) -> tuple[float, ...]:
    if not tasks:
        return (0.0,) * seasons
    return tuple(added(hours) for hours in zip(*(task.season_hours for task in tasks), strict=True))
