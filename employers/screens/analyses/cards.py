"""One task as a card, for the team and for the employer alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from backend.web.templatetags.web import counted
from competences.enums import Level, LicenceKind
from employers.enums import AnalysisStatus, Daypart
from employers.models import WorkTask
from employers.screens.week import SeasonCurve, hours_in_words, season_curve


@dataclass(frozen=True, slots=True)
class Mark:
    """A quality of a task, in words and in the class of its pill."""

    label: str
    style: str


@dataclass(frozen=True, slots=True)
class TaskCard:
    """One task as a card: hours first, the curve, moments, marks and competences."""

    task: WorkTask
    hours: str
    curve: SeasonCurve
    moments: str
    marks: tuple[Mark, ...]
    asked: list[tuple[str, str]]


def team_marks(task: WorkTask) -> tuple[Mark, ...]:
    """What the team thinks of a task: inner marks first, they never leave its own screens."""
    hard = (Mark("pénible", "pill-alert"),) if task.is_hard else ()
    devalued = (Mark("dévalorisée", "pill-warning"),) if task.is_devalued else ()
    return (*hard, *devalued, *shared_marks(task))


def shared_marks(task: WorkTask) -> tuple[Mark, ...]:
    """What an employer reads of a task of theirs: what it brings and asks by law, never how it is judged."""
    skill = (Mark("développe une compétence", "pill-good"),) if task.is_skill_building else ()
    danger = (Mark("travail dangereux", "pill-alert"),) if task.dangerous_work else ()
    return (*skill, *danger, *(Mark(LicenceKind(kind).label, "") for kind in task.licences))


def task_cards(tasks: Any, *, marks: Callable[[WorkTask], tuple[Mark, ...]]) -> list[TaskCard]:
    """Cards of these tasks, in the order they were written; competences read in one query."""
    return [_card(task, marks) for task in tasks.prefetch_related("requirements__competence").order_by("pk")]


def what_goes_with(task: WorkTask) -> str:
    """What leaves with a task, said before it does: its hours, what it asks, and who reads it already."""
    asked = task.requirements.count()
    competences = f", {counted(asked, 'compétence demandée,compétences demandées')}" if asked else ""
    line = f"Avec elle partent ses heures ({hours_in_words(float(task.weekly_hours))}), ses saisons{competences}."
    if task.analysis.status == AnalysisStatus.RETURNED:
        line += " L’employeur lit déjà cette analyse : il ne verra plus cette tâche."
    return f"{line} Elle ne se retrouve pas ensuite."


def _card(task: WorkTask, marks: Callable[[WorkTask], tuple[Mark, ...]]) -> TaskCard:
    return TaskCard(
        task=task,
        hours=hours_in_words(task.average_hours),
        curve=season_curve(task.season_hours),
        moments=", ".join(Daypart(each).label.lower() for each in task.dayparts),
        marks=marks(task),
        asked=[
            (required.competence.label, Level(required.level).label) for required in task.requirements.all()
        ],
    )
