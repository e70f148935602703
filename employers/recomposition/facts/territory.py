"""Everything a recomposition looks at: a territory, its employers, tasks and people, and its rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from math import hypot

from employers.recomposition.facts.people import Able, common
from employers.recomposition.facts.vocabulary import ROAD_FACTOR, Employer, Parameters, Person, Task


@dataclass(frozen=True)
class Territory:
    """What was found in the firms around, and who lives nearby."""

    periods: int
    employers: tuple[Employer, ...]
    tasks: tuple[Task, ...]
    people: tuple[Person, ...]
    parameters: Parameters = field(default_factory=Parameters)

    @cached_property
    def employer_of(self) -> dict[str, Employer]:
        """Employers by id."""
        return {employer.id: employer for employer in self.employers}

    @cached_property
    def task_of(self) -> dict[str, Task]:
        """Tasks by id."""
        return {task.id: task for task in self.tasks}

    @cached_property
    def rank_of(self) -> dict[str, int]:
        """Rank of each task by id, in the order of `tasks`."""
        return {task.id: rank for rank, task in enumerate(self.tasks)}

    @cached_property
    def able(self) -> Able:
        """Who meets which requirement."""
        return Able(self.people)

    @cached_property
    def able_for(self) -> dict[str, int]:
        """For each task, the people who could hold it, as bits in the order of `people`."""
        return {task.id: self.able.for_task(task, self.employer_of[task.employer]) for task in self.tasks}

    def able_for_all(self, tasks: Iterable[str]) -> int:
        """People who could hold all of these tasks, as bits."""
        return common((self.able_for[task] for task in tasks), len(self.people))


def travel_km(one: Employer, other: Employer) -> float:
    """Kilometres by road between two employers, from the straight line."""
    return ROAD_FACTOR * hypot(one.x_km - other.x_km, one.y_km - other.y_km)
