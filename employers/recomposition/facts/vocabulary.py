"""The words of recomposition: employers, the tasks they could hand over, people's capacities, jobs, plans.

Hours are kept as whole half-hours a week, one number per period, so that no sum is ever a rounding.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from employers.rules.job_quality import HEAVY_CAP, MOST_EMPLOYERS, SKILL_FLOOR
from pathways.rules.numbers import CDDI_LEAST_HOURS, LEGAL_WEEK_HOURS, PART_TIME_LEAST_HOURS

HALF_HOURS_PER_HOUR = 2
ROAD_FACTOR = 1.25  # a road is about a quarter longer than the straight line
DAYPARTS = "EMAS"  # early morning, morning, afternoon, evening
LICENCE_PREFIX = "permis"  # a licence is held or not: no gap is allowed


@dataclass(frozen=True)
class Competence:
    """One competence a task asks for, at a level from 0 to 3."""

    code: str
    level: int


@dataclass(frozen=True)
class Employer:
    """Somewhere work is done; coordinates in kilometres on a plane."""

    id: str
    name: str
    x_km: float
    y_km: float


@dataclass(frozen=True)
class Task:
    """One line of the task sheet: hours that may be handed over, and what they ask and give."""

    id: str
    employer: str
    name: str
    family: str
    dayparts: frozenset[str]
    half_hours: tuple[int, ...]  # a week, one per period
    hard: bool = False
    devalued: bool = False
    skill_building: bool = False
    competences: tuple[Competence, ...] = ()
    demands: frozenset[str] = frozenset()
    hourly_cost: float = 17.0

    @property
    def heavy(self) -> bool:
        """Hard or devalued: the hours whose share is capped in every period."""
        return self.hard or self.devalued


@dataclass(frozen=True)
class Person:
    """An anonymous capacity: what someone could do, never who they are."""

    id: str
    x_km: float
    y_km: float
    radius_km: float
    dayparts: frozenset[str]
    levels: tuple[tuple[str, int], ...] = ()
    exclusions: frozenset[str] = frozenset()
    families: frozenset[str] = frozenset()  # wishes: they inform, they exclude nobody

    @cached_property
    def level_of(self) -> dict[str, int]:
        """Level held per competence code; an absent code is level 0."""
        return dict(self.levels)


@dataclass(frozen=True)
class Parameters:
    """What makes a job acceptable here; every figure may be discussed and is kept with the run.

    The hours of the law are those the product comes with; `facts.of_the_day` reads them from the rule book of an
    installation. `min_hours` is the floor of a CDDI unless people ask for more. The quality figures (those of `rules.job_quality`, two families, six tasks, three people) are house rules.
    """

    min_hours: float = float(CDDI_LEAST_HOURS)  # a week, in every period
    max_hours: float = float(LEGAL_WEEK_HOURS)
    max_employers: int = MOST_EMPLOYERS
    max_km: float = 15.0  # by road, between any two employers of a job
    heavy_cap: float = HEAVY_CAP  # share of hard or devalued hours, in every period
    skill_floor: float = SKILL_FLOOR  # share of skill-building hours, over the year
    min_families: int = 2
    max_tasks: int = 6
    min_people: int = 3
    min_task_hours: float = 1.5  # a week on average, below which a task is not worth a line
    reference_cost: float = 17.0  # euros an hour, loaded cost of the new job
    cddi_hours: float = float(CDDI_LEAST_HOURS)  # a week, the least of a CDDI
    part_time_hours: float = float(PART_TIME_LEAST_HOURS)  # a week, the least of ordinary part time


USUAL = Parameters()
"""Where neither the document nor the rule book of an installation says otherwise."""


@dataclass(frozen=True)
class TaskShare:
    """The part of a task that goes into one job: half-hours a week, one number per period."""

    task: str
    half_hours: tuple[int, ...]


@dataclass(frozen=True)
class Job:
    """A job is nothing more than shares of tasks; all the rest is computed from them."""

    shares: tuple[TaskShare, ...]

    @cached_property
    def tasks(self) -> frozenset[str]:
        """Ids of the tasks in this job."""
        return frozenset(share.task for share in self.shares)


@dataclass(frozen=True)
class Choices:
    """What people decided, which no computation undoes."""

    pinned: tuple[Job, ...] = ()  # jobs already agreed: they stay as they are
    apart: frozenset[frozenset[str]] = frozenset()  # pairs of employers or of tasks never in one job
    locked: frozenset[str] = frozenset()  # tasks their holder keeps
    refused: frozenset[frozenset[str]] = frozenset()  # sets of tasks already refused as a job


@dataclass(frozen=True)
class Plan:
    """Jobs that can all exist together, with what is known of the best possible value."""

    status: str  # optimal (proved), feasible or none
    jobs: tuple[Job, ...]
    value: int
    bound: int  # no plan can be worth more
    seconds: float = 0.0
    seed: int = 1

    @property
    def gap(self) -> float:
        """How much better an unknown plan could still be, as a share of the bound."""
        return (self.bound - self.value) / self.bound if self.bound > 0 else 0.0
