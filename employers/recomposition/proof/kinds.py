"""What the jobs of each kind cannot exceed together; the kind of a job is the set of employers that share it.

All the jobs of one kind are added up: together they obey every rule of one job times their number, and how many of
them have a late day is one more number. Any plan is a solution of this linear model, so that no plan exceeds its
ceiling. With fractions of jobs that ceiling is loose; once it is said how many jobs each kind has, it comes close.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from employers.recomposition.facts.measures import COST_OF_ANOTHER_EMPLOYER, VALUE_OF_A_JOB
from employers.recomposition.facts.vocabulary import DAYPARTS
from employers.recomposition.proof.linear import Answer, LinearModel, Terms
from employers.recomposition.proof.model import share_hours, usable
from employers.recomposition.rules.job import EARLY_DAY, LATE_DAY, daypart_sets, room
from employers.recomposition.search.grid import Grid

Group = tuple[int, ...]  # ranks of the employers of a job
Counts = tuple[int, ...]  # jobs of each kind


class Kinds:
    """The linear model, to be asked again and again with other numbers of jobs."""

    def __init__(self, grid: Grid, most: int) -> None:
        self.groups = tuple(_groups(grid))
        self._model = LinearModel()
        self._kinds = [_add_kind(self._model, grid, group, most) for group in self.groups]
        self._model.row([(kind.jobs, 1.0) for kind in self._kinds], most=float(most))
        share_hours(self._model, grid, [kind.hours for kind in self._kinds])

    def ask(self, least: Counts, most: Counts) -> tuple[float, tuple[float, ...]] | None:
        """Ceiling of the plans with so many jobs of each kind, and the fractional numbers of jobs that reach it."""
        for kind, low, high in zip(self._kinds, least, most, strict=True):
            self._model.lowest[kind.jobs], self._model.highest[kind.jobs] = float(low), float(high)
        answer: Answer = self._model.solve(whole=False)
        if answer.x is None:
            return None
        return answer.value, tuple(float(answer.x[kind.jobs]) for kind in self._kinds)


def _groups(grid: Grid) -> Iterator[Group]:
    sites = sorted({int(grid.site[rank]) for rank in usable(grid)})
    for size in range(1, grid.territory.parameters.max_employers + 1):
        for group in combinations(sites, size):
            if all(grid.near[one, other] for one, other in combinations(group, 2)):
                yield group


@dataclass(frozen=True)
class _Kind:
    """Where the variables of the jobs of one kind sit: how many, how many late, half-hours and lines by task rank."""

    jobs: int
    late: int
    hours: dict[int, list[int]]
    lines: dict[int, int]

    def period(self, period: int, ranks: Sequence[int] | None = None) -> Terms:
        """Half-hours of these tasks (all by default) in one period."""
        return [(self.hours[rank][period], 1.0) for rank in (self.hours if ranks is None else ranks)]


def _add_kind(model: LinearModel, grid: Grid, group: Group, most: int) -> _Kind:
    gain = VALUE_OF_A_JOB - COST_OF_ANOTHER_EMPLOYER * (len(group) - 1)
    kind = _Kind(model.variable(float(most), gain=float(gain)), model.variable(float(most)), {}, {})
    for rank in usable(grid, group):
        kind.hours[rank] = [
            model.variable(float(hours), gain=float(grid.weight[rank])) for hours in grid.capacity[rank]
        ]
        kind.lines[rank] = model.variable(float(most))
    _line_rows(model, grid, kind, group)
    _hours_rows(model, grid, kind)
    _variety_rows(model, grid, kind, most)
    _day_rows(model, grid, kind)
    return kind


def _line_rows(model: LinearModel, grid: Grid, kind: _Kind, group: Group) -> None:
    """Hours only on the lines of a job, so many lines a job, at least one at each of its employers."""
    for rank, line in kind.lines.items():
        for variable, hours in zip(kind.hours[rank], grid.capacity[rank], strict=True):
            if hours:
                model.row([(variable, 1.0), (line, -float(min(hours, grid.max_total)))], most=0.0)
        model.row([*((one, 1.0) for one in kind.hours[rank]), (line, -float(grid.least_share))], least=0.0)
        model.row([(line, 1.0), (kind.jobs, -1.0)], most=0.0)
    lines = [(line, 1.0) for line in kind.lines.values()]
    model.row([*lines, (kind.jobs, -float(grid.territory.parameters.max_tasks))], most=0.0)
    for site in group:
        here = [(line, 1.0) for rank, line in kind.lines.items() if grid.site[rank] == site]
        model.row([*here, (kind.jobs, -1.0)], least=0.0)


def _hours_rows(model: LinearModel, grid: Grid, kind: _Kind) -> None:
    """Weekly hours and the cap on heavy ones in each period, the floor on skill over all of them."""
    cap, skilled = grid.territory.parameters.heavy_cap, Terms()
    for period in range(grid.periods):
        model.row([*kind.period(period), (kind.jobs, -float(grid.min_total))], least=0.0)
        model.row([*kind.period(period), (kind.jobs, -float(grid.max_total))], most=0.0)
        heavy = [(kind.hours[rank][period], float(grid.heavy[rank]) - cap) for rank in kind.hours]
        model.row(heavy, most=0.0)
        skilled += [
            (kind.hours[rank][period], float(grid.skill[rank]) - grid.skill_floor) for rank in kind.hours
        ]
    model.row(skilled, least=0.0)


def _variety_rows(model: LinearModel, grid: Grid, kind: _Kind, most: int) -> None:
    least = grid.territory.parameters.min_families
    if least < 2:
        return
    families: dict[int, Terms] = {}
    for rank, line in kind.lines.items():
        families.setdefault(int(grid.family[rank]), []).append((line, 1.0))
    seen = [model.variable(float(most)) for _ in families]
    for family, lines in zip(seen, families.values(), strict=True):
        model.row([(family, 1.0), (kind.jobs, -1.0)], most=0.0)
        model.row([*lines, (family, -1.0)], least=0.0)
    model.row([*((family, 1.0) for family in seen), (kind.jobs, -float(least))], least=0.0)


def _day_rows(model: LinearModel, grid: Grid, kind: _Kind) -> None:
    """Room for the hours in each set of parts of the day: so much a job, by whether its day is early or late."""
    model.row([(kind.late, 1.0), (kind.jobs, -1.0)], most=0.0)
    windows = {rank: grid.territory.tasks[rank].dayparts for rank in kind.lines}
    for parts in daypart_sets(frozenset(DAYPARTS)):
        inside = [rank for rank, window in windows.items() if window <= parts]
        early, late = float(room(parts & EARLY_DAY)), float(room(parts & LATE_DAY))
        for period in range(grid.periods):
            if grid.capacity[inside, period].sum() > min(early, late):
                hours = kind.period(period, inside)
                model.row([*hours, (kind.late, early - late), (kind.jobs, -early)], most=0.0)
    for rank, window in windows.items():
        if not window & EARLY_DAY:
            model.row([(kind.lines[rank], 1.0), (kind.late, -1.0)], most=0.0)
        if not window & LATE_DAY:
            model.row([(kind.lines[rank], 1.0), (kind.late, 1.0), (kind.jobs, -1.0)], most=0.0)
