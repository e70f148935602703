"""What a job is made of, and where it may stand."""

from __future__ import annotations

from collections.abc import Iterator

from backend.core.findings import Finding
from employers.enums import ProposalStatus
from employers.rules.job_quality import MOST_EMPLOYERS


def composition_findings(*, tasks: int, employers: int) -> Iterator[Finding]:
    """A job without a task, or shared between more employers than a person can serve."""
    if not tasks:
        yield Finding(
            "no_task",
            "Choisissez au moins une tâche pour composer le poste.",
            field="tasks",
            is_contradiction=True,
        )
    if employers > MOST_EMPLOYERS:
        yield Finding(
            "too_many_employers",
            f"Un poste se partage entre {MOST_EMPLOYERS} employeurs au plus.",
            way_out="Retirez des tâches.",
            field="tasks",
        )


def status_findings(status: str) -> Iterator[Finding]:
    """A state that is none of ours."""
    if status not in ProposalStatus.values:
        yield Finding(
            "unknown_status",
            "Un poste est ouvert, pourvu ou clos.",
            way_out="Choisissez l’un des trois.",
            field="status",
            is_contradiction=True,
        )
