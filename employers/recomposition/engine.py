"""From a territory to a plan of jobs: search, proof, and what people already decided.

Up to three employers the plan is solved to the proof when time allows. Beyond, it is searched for and a ceiling is
proved beside it. With seconds, the proof runs in a second process; with iterations, all runs here, one after the
other, and the same input, seed and limit give the same plan.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from .bounds import Ceiling, simple_ceiling
from .budget import Budget
from .checker import check_job, check_plan
from .exact import Proof, is_small, plans
from .grid import free_grid
from .measures import covered, job_value
from .prover import Prover
from .search import Incumbent, Jobs, search
from .territory import Territory
from .vocabulary import Choices, Job, Plan

STEPS_PER_ITERATION, NODES_PER_ITERATION = 10, 100  # mixes of kinds of jobs, then branches of HiGHS for each
ITERATIONS_PER_PRICE_ROUND, MOST_PRICE_ROUNDS = 5, 40
SEARCH_SHARE_OF_SMALL, BETWEEN_TWO_LOOKS = 0.1, 0.02  # share of the time, then seconds
AT_ONCE_SECONDS = 0.5  # a stop request waits no longer
Progress = Callable[[Plan], None]


@dataclass(frozen=True)
class Limits:
    """How long a run may last; `iterations` makes it repeatable and ignores the clock."""

    seconds: float = 20.0
    iterations: int | None = None
    seed: int = 1
    processes: int = 2


class ChoicesError(ValueError):
    """A pinned job that cannot stand on this territory."""


def recompose(
    territory: Territory,
    *,
    limits: Limits | None = None,
    choices: Choices | None = None,
    previous: Plan | None = None,
    on_progress: Progress | None = None,
    should_stop: Callable[[], bool] = lambda: False,
) -> Plan:
    """The best plan found within the limits; it never covers fewer hours than `previous` when that plan still stands.

    `on_progress` receives each better plan; `should_stop` is asked all along and ends the run with the best so far.
    Raises `ChoicesError` when a pinned job breaks a rule or a capacity.
    """
    return _Run(territory, limits or Limits(), choices or Choices(), on_progress, should_stop).plan(previous)


class _Run:
    """One recomposition from start to end."""

    def __init__(
        self,
        territory: Territory,
        limits: Limits,
        choices: Choices,
        on_progress: Progress | None,
        should_stop: Callable[[], bool],
    ) -> None:
        self.territory, self.limits, self.choices, self.on_progress = territory, limits, choices, on_progress
        seconds = None if limits.iterations is not None else limits.seconds
        self.budget = Budget(seconds, limits.iterations, should_stop)
        _refuse_broken_pins(territory, choices)
        self.pinned_value = sum(job_value(territory, job) for job in choices.pinned)
        self.grid = free_grid(territory, choices)
        self.ceiling = simple_ceiling(self.grid)
        self.proved = False

    def plan(self, previous: Plan | None) -> Plan:
        """Search and prove; the plan with everything known of it."""
        start, floor = self._start(previous)
        incumbent = Incumbent(self.grid, lambda jobs, _value: self._tell(jobs), floor)
        rng = np.random.default_rng(self.limits.seed)
        if self.budget.repeatable or self.limits.processes < 2:
            self._alone(incumbent, rng, start)
        elif not self._at_once(incumbent, rng, start):
            self._with_prover(incumbent, rng, incumbent.jobs or start)
        return self._plan(incumbent.jobs or start)

    def _start(self, previous: Plan | None) -> tuple[Jobs, int]:
        """Jobs to start from, and half-hours that the plan must cover: those of the previous plan if it stands."""
        if previous is None:
            return (), 0
        others = tuple(job for job in previous.jobs if job not in self.choices.pinned)
        stands = not check_plan(self.territory, (*self.choices.pinned, *others), self.choices)
        kept = others if stands else self._still_standing(others)
        return kept, covered(kept) if stands else 0

    def _still_standing(self, jobs: Jobs) -> Jobs:
        kept: Jobs = ()
        for job in jobs:
            if not check_plan(self.territory, (*self.choices.pinned, *kept, job), self.choices):
                kept = (*kept, job)
        return kept

    def _alone(self, incumbent: Incumbent, rng: np.random.Generator, start: Jobs) -> None:
        search(self.grid, incumbent, self.budget, rng, start)
        if is_small(self.grid):
            iterations = self.limits.iterations or 0
            steps, nodes = STEPS_PER_ITERATION * iterations, NODES_PER_ITERATION * iterations
            if self.budget.repeatable:
                self._prove(incumbent, steps=steps, node_limit=nodes)
            else:
                self._prove_quickly(incumbent)
        if not self.proved and self.budget.repeatable:
            ceiling = Ceiling(self.grid, rng, self.budget.should_stop, {"node_limit": 50})
            for value in ceiling.rounds(
                incumbent.jobs,
                most=min(MOST_PRICE_ROUNDS, (self.limits.iterations or 0) // ITERATIONS_PER_PRICE_ROUND),
            ):
                self._lower(value)

    def _at_once(self, incumbent: Incumbent, rng: np.random.Generator, start: Jobs) -> bool:
        """A small plan, searched for and proved before a second process would even have started."""
        if not is_small(self.grid):
            return False
        search(self.grid, incumbent, Budget(None, 1, self.budget.should_stop), rng, start)
        self._prove_quickly(incumbent)
        return self.proved

    def _prove_quickly(self, incumbent: Incumbent) -> None:
        budget = Budget(AT_ONCE_SECONDS, None, self.budget.should_stop)
        self._prove(incumbent, over=lambda: budget.over, time_limit=AT_ONCE_SECONDS)

    def _prove(
        self,
        incumbent: Incumbent,
        *,
        steps: int | None = None,
        over: Callable[[], bool] = lambda: False,
        **limits: float,
    ) -> None:
        """Learn from each step of the exact solver, in this process, until it ends or must stop."""
        for proof in islice(plans(self.grid, known_value=incumbent.value, **limits), steps):
            self._learn(incumbent, proof)
            if over() or self.budget.should_stop():
                return

    def _with_prover(self, incumbent: Incumbent, rng: np.random.Generator, start: Jobs) -> None:
        with Prover(self.territory, self.choices, start) as prover:
            share = SEARCH_SHARE_OF_SMALL if is_small(self.grid) else 1.0
            seconds = share * (self.budget.seconds or 0.0)
            search(
                self.grid,
                incumbent,
                replace(self.budget, seconds=seconds, should_stop=lambda: self._listen(prover, incumbent)),
                rng,
                start,
            )
            while not self._listen(prover, incumbent):
                time.sleep(BETWEEN_TWO_LOOKS)  # leaves the processor to the proof

    def _listen(self, prover: Prover, incumbent: Incumbent) -> bool:
        """Take what the prover found; whether the search must end."""
        for proof in prover.news():
            self._learn(incumbent, proof)
        return self.proved or self.budget.over

    def _learn(self, incumbent: Incumbent, proof: Proof) -> None:
        self._lower(int(proof.ceiling + 1e-6) if np.isfinite(proof.ceiling) else self.ceiling)
        if proof.jobs and not check_plan(self.territory, (*self.choices.pinned, *proof.jobs), self.choices):
            incumbent.consider_jobs(proof.jobs)
        self.proved = self.proved or (proof.proved and incumbent.value >= self.ceiling)

    def _lower(self, ceiling: int) -> None:
        self.ceiling = min(self.ceiling, ceiling)

    def _tell(self, jobs: Jobs) -> None:
        if self.on_progress is not None:
            self.on_progress(self._plan(jobs))

    def _plan(self, jobs: Jobs) -> Plan:
        everything = (*self.choices.pinned, *jobs)
        value = sum(job_value(self.territory, job) for job in everything)
        bound = max(value, self.ceiling + self.pinned_value)
        optimal = value == bound
        status = "optimal" if optimal and everything else "feasible" if everything else "none"
        return Plan(status, everything, value, bound, round(self.budget.elapsed, 3), self.limits.seed)


def _refuse_broken_pins(territory: Territory, choices: Choices) -> None:
    faults = check_plan(territory, choices.pinned)
    if faults:
        raise ChoicesError(f"Un emploi déjà convenu ne respecte plus les règles : {faults[0].message}.")


def acceptable(territory: Territory, job: Job) -> bool:
    """Whether one job, as edited by hand, keeps every rule."""
    return not check_job(territory, job)
