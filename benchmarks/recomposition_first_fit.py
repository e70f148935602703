"""First-fit-decreasing, the baseline one would write in an afternoon: largest tasks first into the first job that takes them."""

from __future__ import annotations

from employers.recomposition.facts.measures import measure
from employers.recomposition.facts.territory import Territory
from employers.recomposition.facts.vocabulary import Job, TaskShare
from employers.recomposition.rules.checker import check_job
from employers.recomposition.rules.job import breaches

MAY_COME_LATER = ("hours", "skill", "variety")  # rules that a growing job may still come to keep


def first_fit_decreasing(territory: Territory) -> list[Job]:
    """Whole tasks, light ones first then heavy ones, each into the first unfinished job it does not spoil."""
    drafts: list[Job] = []
    for task in sorted(territory.tasks, key=lambda one: (one.heavy, -sum(one.half_hours))):
        share = TaskShare(task.id, task.half_hours)
        for rank, draft in enumerate(drafts):
            grown = Job((*draft.shares, share))
            if _may_grow(territory, grown):
                drafts[rank] = grown
                break
        else:
            if not task.heavy:
                drafts.append(Job((share,)))
    return [draft for draft in drafts if not check_job(territory, draft)]


def _may_grow(territory: Territory, job: Job) -> bool:
    found = breaches(measure(territory, job), territory.parameters)
    return all(one.rule in MAY_COME_LATER and "maximum" not in one.message for one in found)
