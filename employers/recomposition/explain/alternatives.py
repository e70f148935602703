"""Other plans worth discussing: each differs by at least three tenths of its hours, and none is the default winner.

For each concern, the jobs of the plan that serve it least are set aside, up to three tenths of the hours, and the
rest of the territory is recomposed around the jobs that stay.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from employers.recomposition.engine import Limits, recompose
from employers.recomposition.explain.why import robustness
from employers.recomposition.facts.measures import Measures, covered, measure
from employers.recomposition.facts.territory import Territory
from employers.recomposition.facts.vocabulary import Choices, Job, Plan

LEAST_DIFFERENCE = 0.30


@dataclass(frozen=True)
class Alternative:
    """A plan and the concern it serves."""

    name: str
    plan: Plan


def alternatives(
    territory: Territory, plan: Plan, *, limits: Limits | None = None, choices: Choices | None = None
) -> list[Alternative]:
    """Up to three plans around those jobs of `plan` that serve each concern best; the limits hold for each of them."""
    concerns: list[tuple[str, Callable[[Measures], float]]] = [
        ("le plus d’emplois", lambda job: -job.total),
        ("la meilleure qualité", lambda job: float(job.skill_share) - sum(job.heavy) / max(1, job.total)),
        ("la plus robuste", lambda job: robustness(job, territory.parameters) / len(job.employers)),
    ]
    found = []
    for name, merit in concerns:
        other = _around_the_best(territory, plan, merit, limits, choices or Choices())
        if other.jobs and difference(plan.jobs, other.jobs) >= LEAST_DIFFERENCE:
            found.append(Alternative(name, other))
    return found


def difference(base: tuple[Job, ...], other: tuple[Job, ...]) -> float:
    """Share of the hours of `other` that sit in jobs made of other tasks than those of `base`."""
    known = {job.tasks for job in base}
    total = covered(other)
    return covered(tuple(job for job in other if job.tasks not in known)) / total if total else 0.0


def _around_the_best(
    territory: Territory,
    plan: Plan,
    merit: Callable[[Measures], float],
    limits: Limits | None,
    choices: Choices,
) -> Plan:
    free = [job for job in plan.jobs if job not in choices.pinned]
    free.sort(key=lambda job: merit(measure(territory, job)))
    aside: list[Job] = []
    while free and covered(tuple(aside)) < LEAST_DIFFERENCE * covered(plan.jobs):
        aside.append(free.pop(0))
    while True:
        refused = choices.refused | {job.tasks for job in aside}
        asked = replace(choices, pinned=(*choices.pinned, *free), refused=refused)
        other = recompose(territory, limits=limits, choices=asked)
        if not free or difference(plan.jobs, other.jobs) >= LEAST_DIFFERENCE:
            return other
        aside.append(free.pop(0))
