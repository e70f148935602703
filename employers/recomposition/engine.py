"""From a territory to a plan of jobs: search, proof, and what people already decided.

Each island of a few employers is solved to the proof when time allows; larger ones are searched, under an immediate
ceiling. With seconds, a second process proves or searches too; with iterations, all runs here, one after the other,
and the same input, seed and limit give the same plan.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from employers.recomposition.facts.measures import covered, job_value
from employers.recomposition.facts.territory import Territory
from employers.recomposition.facts.vocabulary import Choices, Plan
from employers.recomposition.proof.exact import PROVED_EMPLOYERS, employers, is_small, plans
from employers.recomposition.proof.islands import immediate_ceiling, islands_of
from employers.recomposition.rules.checker import check_plan
from employers.recomposition.search.budget import Budget
from employers.recomposition.search.companion import Companion, Finding
from employers.recomposition.search.grid import free_grid
from employers.recomposition.search.run import Incumbent, Jobs, search

STEPS_PER_ITERATION, NODES_PER_ITERATION = 10, 100  # mixes of kinds of jobs, then branches of HiGHS for each
SEARCH_SHARE = 0.1  # of the time, where the search then leaves the processor to the proof
BETWEEN_TWO_LOOKS = 0.02  # seconds
AT_ONCE_SECONDS = (
    0.4  # for one question, and before the last one: a stop request waits no longer than twice this
)
MOST_HOURS_AT_ONCE = 600  # tasks times periods; beyond, one question could last longer than that
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
        self.islands = islands_of(self.grid)
        self.ceilings = [immediate_ceiling(part) for part in self.islands.parts]
        self.found: Jobs = ()  # the best jobs found on each island, whoever found them
        self.incumbent = Incumbent(self.grid, lambda jobs, _value: self._better(jobs))

    def plan(self, previous: Plan | None) -> Plan:
        """Search and prove; the plan with everything known of it."""
        start, self.incumbent.floor = self._start(previous)
        rng = np.random.default_rng(self.limits.seed)
        if self.budget.repeatable or self.limits.processes < 2:
            self._alone(rng, start)
        elif not self._at_once(rng, start):
            self._with_companion(rng, self.incumbent.jobs or start)
        return self._plan(self.incumbent.jobs or start)

    @property
    def ceiling(self) -> int:
        """What no plan of the hours left exceeds."""
        return sum(self.ceilings)

    @property
    def proved(self) -> bool:
        """Whether no better plan can exist."""
        return self.incumbent.value >= self.ceiling

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

    def _alone(self, rng: np.random.Generator, start: Jobs) -> None:
        search(self.grid, self.incumbent, self.budget, rng, start)
        if self.limits.iterations is None:
            self._prove_quickly()
        else:
            self._prove(
                STEPS_PER_ITERATION * self.limits.iterations,
                self.budget.should_stop,
                node_limit=NODES_PER_ITERATION * self.limits.iterations,
            )

    def _at_once(self, rng: np.random.Generator, start: Jobs) -> bool:
        """A small plan, searched for and proved before a second process would even have started."""
        if all(is_small(part) for part in self.islands.parts):
            search(self.grid, self.incumbent, Budget(None, 1, self.budget.should_stop), rng, start)
            self._prove_quickly()
        return self.proved

    def _prove_quickly(self) -> None:
        if self.grid.capacity.size > MOST_HOURS_AT_ONCE:
            return
        budget = Budget(AT_ONCE_SECONDS, None, self.budget.should_stop)
        self._prove(None, lambda: budget.over, time_limit=AT_ONCE_SECONDS)

    def _prove(self, steps: int | None, over: Callable[[], bool], **limits: float) -> None:
        """Learn from each step of the exact solver on each island of few employers, in this process."""
        for island, part in enumerate(self.islands.parts):
            if is_small(part) and employers(part) <= PROVED_EMPLOYERS:
                known = self.islands.value_of(self.islands.jobs_of(island, self.incumbent.jobs))
                for proof in islice(plans(part, known_value=known, **limits), steps):
                    self._learn(Finding(proof.jobs or (), island, int(proof.ceiling + 1e-6)))
                    if over():
                        return

    def _with_companion(self, rng: np.random.Generator, start: Jobs) -> None:
        seconds = (self.budget.seconds or 0.0) - self.budget.elapsed
        seed = self.limits.seed + 1
        with Companion(self.territory, self.choices, start, seconds=seconds, seed=seed) as companion:
            proving = all(employers(part) <= PROVED_EMPLOYERS for part in self.islands.parts)
            search(
                self.grid,
                self.incumbent,
                replace(
                    self.budget,
                    seconds=(SEARCH_SHARE if proving else 1.0) * (self.budget.seconds or 0.0),
                    should_stop=lambda: self._listen(companion),
                ),
                rng,
                start,
            )
            while not self._listen(companion):
                time.sleep(BETWEEN_TWO_LOOKS)

    def _listen(self, companion: Companion) -> bool:
        """Take what the second process found; whether the search must end."""
        for finding in companion.news():
            self._learn(finding)
        return self.proved or self.budget.over

    def _learn(self, finding: Finding) -> None:
        if finding.island is not None and finding.ceiling is not None:
            self.ceilings[finding.island] = min(self.ceilings[finding.island], finding.ceiling)
        if finding.jobs and not check_plan(
            self.territory, (*self.choices.pinned, *finding.jobs), self.choices
        ):
            self.found = self.islands.best_of_both(self.found, finding.jobs)
            self.incumbent.consider_jobs(self.islands.best_of_both(self.incumbent.jobs, self.found))

    def _better(self, jobs: Jobs) -> None:
        """Tell a better plan, once it also has what was ever found better on some island."""
        value = self.incumbent.value
        if len(self.islands.parts) > 1:
            self.found = self.islands.best_of_both(jobs, self.found)
            self.incumbent.consider_jobs(self.found)
        if self.incumbent.value == value:
            self._tell(jobs)

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
