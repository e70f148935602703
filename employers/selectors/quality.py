"""The quality of a proposal, from its tasks as they were observed."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from employers.models import WorkTask
from employers.rules.job_quality import JobQuality, TaskFacts, job_quality
from pathways.rules.dated.book import RuleBook
from pathways.rules.dated.rows import CDDI_HOURS


def quality_of(tasks: Iterable[WorkTask], *, book: RuleBook) -> JobQuality | None:
    """What makes these tasks a good job or not, by the hours the law asks today; None without any task."""
    facts = [
        TaskFacts(
            season_hours=task.season_hours,
            employer=task.analysis.establishment.employer_id,
            is_heavy=task.is_hard or task.is_devalued,
            is_skill_building=task.is_skill_building,
        )
        for task in tasks
    ]
    least = float(book.hours(CDDI_HOURS, on=timezone.localdate()))
    return job_quality(facts, least_hours=least) if facts else None
