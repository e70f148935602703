"""What can be measured on a job: hours per period, heavy share, skill share, people, value."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from employers.recomposition.facts.territory import Territory, travel_km
from employers.recomposition.facts.vocabulary import Job, Parameters, Task

VALUE_OF_A_JOB = 200
COST_OF_ANOTHER_EMPLOYER = 60
VALUE_OF_A_HALF_HOUR = 10
SKILL_BONUS = 3
HEAVY_MALUS = 3
WEEKS_WORKED = 45  # a year


def half_hour_value(task: Task, parameters: Parameters) -> int:
    """What one half-hour a week of this task is worth in a job, rounded to the nearest integer."""
    freed = (task.hourly_cost - parameters.reference_cost) / 2
    bonus = SKILL_BONUS * task.skill_building - HEAVY_MALUS * task.heavy
    return round(VALUE_OF_A_HALF_HOUR + freed + bonus)


@dataclass(frozen=True)
class Measures:
    """One job seen with its territory; half-hours a week throughout."""

    tasks: tuple[Task, ...]
    shares: tuple[tuple[int, ...], ...]
    employers: tuple[str, ...]
    totals: tuple[int, ...]
    heavy: tuple[int, ...]
    skill: int  # over all periods
    families: frozenset[str]
    people: int
    furthest_km: float
    value: int

    @property
    def total(self) -> int:
        """Half-hours a week, added over all periods."""
        return sum(self.totals)

    def heavy_share(self, period: int) -> Fraction:
        """Share of hard or devalued hours in one period; 0 when nothing is worked."""
        return Fraction(self.heavy[period], self.totals[period]) if self.totals[period] else Fraction(0)

    def weekly_gain(self, reference_cost: float) -> float:
        """Euros a week of freed time, on average: hours at what they cost today less what the job costs.

        It is the value of time given back to qualified colleagues, not money saved.
        """
        lines = zip(self.tasks, self.shares, strict=True)
        return (
            sum((task.hourly_cost - reference_cost) * sum(share) for task, share in lines)
            / 2
            / len(self.totals)
        )

    @property
    def skill_share(self) -> Fraction:
        """Share of skill-building hours over all periods; 0 when nothing is worked."""
        return Fraction(self.skill, self.total) if self.total else Fraction(0)

    def left_without(self, employer: str) -> int:
        """Half-hours a week left in the poorest period if this employer withdraws."""
        staying = [
            share for task, share in zip(self.tasks, self.shares, strict=True) if task.employer != employer
        ]
        return min((sum(column) for column in zip(*staying, strict=True)), default=0)


def measure(territory: Territory, job: Job) -> Measures:
    """Everything the rules ask about a job whose tasks all belong to the territory."""
    tasks = tuple(territory.task_of[share.task] for share in job.shares)
    shares = tuple(share.half_hours for share in job.shares)
    employers = tuple(sorted({task.employer for task in tasks}))
    sites = [territory.employer_of[employer] for employer in employers]
    return Measures(
        tasks=tasks,
        shares=shares,
        employers=employers,
        totals=_column_sums(shares, territory.periods),
        heavy=_column_sums(
            [share for task, share in zip(tasks, shares, strict=True) if task.heavy], territory.periods
        ),
        skill=sum(sum(share) for task, share in zip(tasks, shares, strict=True) if task.skill_building),
        families=frozenset(task.family for task in tasks),
        people=territory.able_for_all(job.tasks).bit_count(),
        furthest_km=max((travel_km(one, other) for one, other in combinations(sites, 2)), default=0.0),
        value=job_value(territory, job),
    )


def job_value(territory: Territory, job: Job) -> int:
    """Value of a job: opening it, minus each further employer, plus every half-hour in every period."""
    tasks = [territory.task_of[share.task] for share in job.shares]
    hours = sum(
        half_hour_value(task, territory.parameters) * sum(share.half_hours)
        for task, share in zip(tasks, job.shares, strict=True)
    )
    employers = len({task.employer for task in tasks})
    return VALUE_OF_A_JOB - COST_OF_ANOTHER_EMPLOYER * (employers - 1) + hours


def covered(jobs: tuple[Job, ...]) -> int:
    """Half-hours a week that jobs take up, added over all periods."""
    return sum(sum(share.half_hours) for job in jobs for share in job.shares)


def _column_sums(rows: list[tuple[int, ...]] | tuple[tuple[int, ...], ...], periods: int) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*rows, strict=True)) if rows else (0,) * periods
