"""A plan as the command answers it: jobs with their measures and reasons, and the hours left with theirs."""

from __future__ import annotations

from typing import Any

from employers.recomposition.documents.writing import hours, shares_document
from employers.recomposition.explain.unused import UnusedHours
from employers.recomposition.explain.why import binding_rules, robustness
from employers.recomposition.facts.measures import measure
from employers.recomposition.facts.territory import Territory
from employers.recomposition.facts.vocabulary import Job, Plan
from employers.recomposition.rules.contracts import contract_types

Document = dict[str, Any]
DIGITS = 4


def plan_document(territory: Territory, plan: Plan, unused: list[UnusedHours]) -> Document:
    """The whole answer, ready for JSON; hours a week, shares from 0 to 1."""
    return {
        "status": plan.status,
        "value": plan.value,
        "bound": plan.bound,
        "seconds": plan.seconds,
        "seed": plan.seed,
        "jobs": [job_document(territory, job, f"j{rank + 1}") for rank, job in enumerate(plan.jobs)],
        "unused": [
            {
                "task": one.task,
                "hours": hours(one.half_hours),
                "reason": one.reason,
                "nearest_fix": one.nearest_fix,
            }
            for one in unused
        ],
    }


def job_document(territory: Territory, job: Job, name: str) -> Document:
    """One job with everything that was measured on it."""
    measures, rules = measure(territory, job), territory.parameters
    return {
        "id": name,
        "employers": list(measures.employers),
        "tasks": shares_document(job),
        "hours": hours(measures.totals),
        "heavy_share": [
            round(float(measures.heavy_share(period)), DIGITS) for period in range(territory.periods)
        ],
        "skill_share": round(float(measures.skill_share), DIGITS),
        "families": len(measures.families),
        "people": measures.people,
        "value": measures.value,
        "robust": robustness(measures, rules),
        "why": binding_rules(measures, rules),
        "contracts": contract_types(min(measures.totals), rules),
    }
