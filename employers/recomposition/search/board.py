"""A plan being worked on: a row of tasks per job, the hours each job takes, and the hours left to hand over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from employers.recomposition.facts.vocabulary import Job, TaskShare
from employers.recomposition.rules.job import EVENING
from employers.recomposition.search.fill import EMPTY, Filled, judge
from employers.recomposition.search.grid import Bools, Floats, Grid, Ints

UNFINISHED, LENIENCY = (
    0.8,
    0.65,
)  # a draft counts for a part of its value less a part of its faults: it may become a job


@dataclass
class Board:
    """J slots, some of them empty; a slot that breaks a rule is a draft, not a job."""

    rows: Ints  # (J, K)
    late: Ints  # (J,)
    hours: Ints  # (J, K, P)
    value: Floats  # (J,)
    faults: Floats  # (J,)
    left: Ints  # (n, P)

    @property
    def valid(self) -> Bools:
        """Slots that hold a job."""
        return self.faults <= 0

    @property
    def total(self) -> int:
        """Value of the jobs."""
        return int(self.value[self.valid].sum())

    def copy(self) -> Board:
        """The same board, to come back to."""
        return Board(
            self.rows.copy(),
            self.late.copy(),
            self.hours.copy(),
            self.value.copy(),
            self.faults.copy(),
            self.left.copy(),
        )

    def clear(self, slots: Iterable[int]) -> None:
        """Give back the hours of these slots."""
        for slot in slots:
            self._take(slot, +1)
            self.rows[slot], self.hours[slot], self.value[slot], self.faults[slot] = EMPTY, 0, 0.0, 1.0

    def put(self, slot: int, row: Ints, hours: Ints, late: int, value: float, faults: float) -> None:
        """Replace what a slot holds."""
        self._take(slot, +1)
        self.rows[slot], self.hours[slot], self.late[slot] = row, hours, late
        self.value[slot], self.faults[slot] = value, faults
        self._take(slot, -1)

    def _take(self, slot: int, sign: int) -> None:
        present = self.rows[slot] != EMPTY
        self.left[self.rows[slot][present]] += sign * self.hours[slot][present]

    def job(self, grid: Grid, slot: int) -> Job:
        """What a slot holds."""
        return job_at(grid, self.rows[slot], self.hours[slot])

    def jobs(self, grid: Grid) -> tuple[Job, ...]:
        """The finished jobs, in the order of their slots."""
        return tuple(self.job(grid, slot) for slot in np.flatnonzero(self.valid).tolist())


def worth(value: Floats, faults: Floats, bonus: float = 0.0) -> Floats:
    """What a slot counts for while searching: its value, or a part of it while it is still a draft.

    `bonus` is granted to each job on top of its value, so that a search prefers more jobs to longer ones.
    """
    draft = UNFINISHED * np.maximum(0.0, value + bonus - LENIENCY * faults)
    return np.where(faults <= 0, value + bonus * (value > 0), draft)


def empty_board(grid: Grid, slots: int) -> Board:
    """A board without any job."""
    lines = grid.territory.parameters.max_tasks
    return Board(
        rows=np.full((slots, lines), EMPTY, dtype=np.int64),
        late=np.zeros(slots, dtype=np.int64),
        hours=np.zeros((slots, lines, grid.periods), dtype=np.int64),
        value=np.zeros(slots),
        faults=np.ones(slots),
        left=grid.capacity.copy(),
    )


def board_of(grid: Grid, jobs: Iterable[Job], *, spare: int) -> Board:
    """A board holding these jobs, with some empty slots; the jobs must fit in the grid."""
    jobs = list(jobs)
    board = empty_board(grid, len(jobs) + spare)
    for slot, job in enumerate(jobs):
        row, hours, late = rows_of(grid, job)
        checked: Filled = judge(grid, row[None, :], hours[None], np.zeros((1, *hours.shape)))
        board.put(slot, row, hours, late, float(checked.value[0]), float(checked.faults[0]))
    return board


def rows_of(grid: Grid, job: Job) -> tuple[Ints, Ints, int]:
    """Task ranks, half-hours and kind of day of a job."""
    lines = grid.territory.parameters.max_tasks
    row = np.full(lines, EMPTY, dtype=np.int64)
    hours = np.zeros((lines, grid.periods), dtype=np.int64)
    for line, share in enumerate(job.shares):
        row[line] = grid.rank_of[share.task]
        hours[line] = share.half_hours
    evening = any(grid.territory.task_of[share.task].dayparts == EVENING for share in job.shares)
    return row, hours, int(evening)


def job_at(grid: Grid, row: Ints, hours: Ints) -> Job:
    """A row of tasks and its hours as a job, tasks in the order of the territory."""
    pairs = sorted(zip(row.tolist(), hours.tolist(), strict=True), key=lambda pair: int(pair[0]))
    return Job(
        tuple(
            TaskShare(grid.territory.tasks[task].id, tuple(given))
            for task, given in pairs
            if task != EMPTY and any(given)
        )
    )
