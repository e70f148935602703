"""Recomposition on four sizes of invented territories: value beside first-fit-decreasing and the proved bound.

    python benchmarks/recomposition.py [--seeds 3] [--quick]

Times depend on the machine; ratios and gaps are what to compare.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from recomposition_first_fit import first_fit_decreasing

from employers.recomposition.engine import Limits, recompose
from employers.recomposition.facts.measures import covered, job_value
from employers.recomposition.facts.vocabulary import Plan
from employers.recomposition.invented.generator import invent_territory
from employers.recomposition.rules.checker import check_plan

SIZES = [(1, 15, 10.0), (3, 36, 60.0), (10, 120, 20.0), (50, 600, 60.0)]  # employers, tasks, seconds


def main() -> None:
    """Print one line per run and one summary per size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="a quarter of the time")
    parser.add_argument("--sizes", type=int, nargs="*", default=[size[0] for size in SIZES])
    options = parser.parse_args()
    for employers, tasks, seconds in SIZES:
        if employers in options.sizes:
            runs = [
                _run(employers, tasks, seconds / (4 if options.quick else 1), seed)
                for seed in range(1, options.seeds + 1)
            ]
            _summary(employers, tasks, runs)


def _run(employers: int, tasks: int, seconds: float, seed: int) -> tuple[Plan, float, float]:
    territory = invent_territory(employers=employers, tasks=tasks, seed=seed)
    baseline = sum(job_value(territory, job) for job in first_fit_decreasing(territory))
    told: list[float] = []
    plan = recompose(
        territory, limits=Limits(seconds=seconds, seed=seed), on_progress=lambda one: told.append(one.seconds)
    )
    assert check_plan(territory, plan.jobs) == []
    share = covered(plan.jobs) / sum(sum(task.half_hours) for task in territory.tasks)
    first = told[0] if told else plan.seconds
    ratio = plan.value / baseline if baseline else float("inf")
    print(
        f"{employers:3} employers {tasks:4} tasks seed {seed}: {plan.status:8} {len(plan.jobs):3} jobs {share:4.0%} covered, "
        f"value {plan.value}, first-fit {baseline} (x{ratio:.2f}), bound {plan.bound} (gap {plan.gap:.1%}), "
        f"first plan {first:.2f} s, end {plan.seconds:.1f} s",
        flush=True,
    )
    return plan, ratio, first


def _summary(employers: int, tasks: int, runs: list[tuple[Plan, float, float]]) -> None:
    both = (resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    memory = sum(usage.ru_maxrss for usage in both) / 1024  # this process and the proof beside it
    proved = sum(plan.status == "optimal" for plan, _, _ in runs)
    print(
        f"--- {employers} employers, {tasks} tasks: proved {proved}/{len(runs)}, median end "
        f"{median(plan.seconds for plan, _, _ in runs):.2f} s, median first plan {median(first for _, _, first in runs):.2f} s, "
        f"median ratio x{median(ratio for _, ratio, _ in runs):.2f}, median gap {median(plan.gap for plan, _, _ in runs):.1%}, "
        f"peak memory {memory:.0f} MB, {time.process_time():.0f} s of processor so far",
        flush=True,
    )


if __name__ == "__main__":
    main()
