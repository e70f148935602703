"""Searches for a plan as long as it is allowed to, and says each time a better one is found."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from employers.recomposition.facts.measures import covered
from employers.recomposition.facts.vocabulary import Job
from employers.recomposition.rules.checker import forbidden_pairs
from employers.recomposition.search.board import Board, board_of
from employers.recomposition.search.budget import Budget
from employers.recomposition.search.construct import construct, slots_for
from employers.recomposition.search.grid import Grid
from employers.recomposition.search.shuffle import step

Jobs = tuple[Job, ...]
HOTTEST, REHEATED, COLDEST = 100.0, 40.0, 3.0  # points of value that a change may lose, now and then
BONUS = 400.0  # points granted to each job while searching: long jobs leave no room for the next one
FIRST_CYCLE = 0.35  # share of the budget of the first cooling; each next one takes what is left by halves
SMALLEST_CROWD, LARGEST_CROWD = 96, 384
NEWS_EVERY = 8  # steps between two looks at the best plan


class Incumbent:
    """The best plan so far, which never covers fewer hours than the plan it must not disappoint."""

    def __init__(self, grid: Grid, on_better: Callable[[Jobs, int], None]) -> None:
        self._grid, self._on_better = grid, on_better
        self.floor = 0  # half-hours that the plan must cover
        self.jobs: Jobs = ()
        self.value = 0
        self.board: Board | None = None

    def consider(self, board: Board) -> None:
        """Keep the jobs of this board if they are worth more."""
        if board.total <= self.value:
            return
        board = board.copy()
        board.clear(
            slot
            for slot in np.flatnonzero(board.valid).tolist()
            if self._unwanted(board.job(self._grid, slot))
        )
        jobs = board.jobs(self._grid)
        if board.total > self.value and covered(jobs) >= self.floor:
            self.jobs, self.value, self.board = jobs, board.total, board
            self._on_better(jobs, self.value)

    def consider_jobs(self, jobs: Jobs) -> None:
        """The same for jobs found elsewhere."""
        self.consider(board_of(self._grid, jobs, spare=max(2, slots_for(self._grid) - len(jobs))))

    def rest(self) -> None:
        """What is done between two coolings: nothing here."""

    def _unwanted(self, job: Job) -> bool:
        """Whether people decided against this job; searches do not know of pairs of tasks or of refusals."""
        choices = self._grid.choices
        return job.tasks in choices.refused or bool(forbidden_pairs(self._grid.territory, job, choices))


def search(
    grid: Grid, incumbent: Incumbent, budget: Budget, rng: np.random.Generator, start: Sequence[Job] = ()
) -> None:
    """Construct a plan, then improve it in ever gentler cycles until the budget is over."""
    if not grid.capacity.any():
        return
    if start:
        incumbent.consider_jobs(tuple(start))
    board = construct(grid, rng, budget.should_stop)
    incumbent.consider(board)
    crowd = int(np.clip(8 * len(board.rows), SMALLEST_CROWD, LARGEST_CROWD))
    begun, hottest = budget.used, HOTTEST
    while not budget.over:
        ended = begun + max(0.02, (1 - begun) * FIRST_CYCLE)
        _cool(grid, board, incumbent, budget, rng, crowd=crowd, begun=begun, ended=ended, hottest=hottest)
        incumbent.rest()
        if incumbent.board is not None:
            board = incumbent.board.copy()
        begun, hottest = budget.used, REHEATED


def _cool(
    grid: Grid,
    board: Board,
    incumbent: Incumbent,
    budget: Budget,
    rng: np.random.Generator,
    *,
    crowd: int,
    begun: float,
    ended: float,
    hottest: float,
) -> None:
    """One cooling: changes that lose value become rarer and rarer."""
    while not budget.over and budget.used < ended:
        progress = min(1.0, (budget.used - begun) / (ended - begun))
        heat = hottest * (COLDEST / hottest) ** progress
        step(grid, board, rng, heat=heat, crowd=crowd, bonus=BONUS)
        budget.step()
        if budget.steps % NEWS_EVERY == 0:
            incumbent.consider(board)
    incumbent.consider(board)
