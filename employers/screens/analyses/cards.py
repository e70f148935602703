"""One task as a card, for the team and for the employer alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from competences.enums import Level
from employers.enums import Daypart
from employers.models import WorkTask
from employers.screens.week import SeasonCurve, hours_in_words, season_curve


@dataclass(frozen=True, slots=True)
class TaskCard:
    """One task as a card: hours first, the curve, moments, marks and competences."""

    task: WorkTask
    hours: str
    curve: SeasonCurve
    moments: str
    asked: list[tuple[str, str]]


def task_cards(tasks: Any) -> list[TaskCard]:
    """Cards of these tasks, in the order they were written; competences read in one query."""
    return [_card(task) for task in tasks.prefetch_related("requirements__competence").order_by("pk")]


def _card(task: WorkTask) -> TaskCard:
    return TaskCard(
        task=task,
        hours=hours_in_words(float(task.weekly_hours)),
        curve=season_curve(task.season_hours),
        moments=", ".join(Daypart(each).label.lower() for each in task.dayparts),
        asked=[
            (required.competence.label, Level(required.level).label) for required in task.requirements.all()
        ],
    )
